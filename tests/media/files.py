"""Files for tests, good and bad."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image


def picture(kind: str = "PNG", size=(64, 48), **options) -> bytes:
    made = BytesIO()
    # Noise, so that a cut falls into image data.
    Image.effect_noise(size, 80).convert("RGB").save(made, kind, **options)
    return made.getvalue()


def picture_with_place() -> bytes:
    """A JPEG that says, in Exif, where it was taken and that it was held sideways."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (49.0, 36.0, 0.0)
    return picture("JPEG", exif=exif)


def bomb(width: int = 40_000, height: int = 40_000) -> bytes:
    """A PNG of a few hundred bytes that claims to be 1,600 million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 999))
        + chunk(b"IEND", b"")
    )


def package(*names: str, mimetype: str = "") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        if mimetype:
            written.writestr("mimetype", mimetype)
        for name in names:
            written.writestr(name, "<x/>")
    return made.getvalue()


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!-- a comment -->\n<!DOCTYPE html><html><script>alert(1)</script></html>"
DOCX = package("[Content_Types].xml", "word/document.xml")
ODT = package("content.xml", mimetype="application/vnd.oasis.opendocument.text")
