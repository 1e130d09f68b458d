"""What an uploaded file really is. Pure: bytes in, or a message that says plainly what is wrong.

Names and types that a browser sends are claims; only the content counts (OWASP File Upload Cheat Sheet).
"""

import re
import warnings
import zipfile
from collections.abc import Callable
from typing import IO, Any, Union

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

Content = Union[IO[bytes], "File[Any]"]

HEAD = 4096  # bytes looked at to tell what a file is
SCALE_OF_CHECK = 8  # JPEG is decoded at an eighth of its size: enough to find that it is cut off
# Extension -> Pillow's name of the format.
PICTURE_FORMATS = {
    "avif": "AVIF",
    "gif": "GIF",
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
}
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|svg|script|iframe|\?xml|\?php|xsl:)", re.IGNORECASE)
_SVG = re.compile(rb"<\s*(?:\w+:)?svg[\s>/]", re.IGNORECASE)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa")

MESSAGES = {
    "empty": _("The file is empty."),
    "svg": _("This is a drawing in SVG, which can carry programs. Export it as PNG or WebP and upload that."),
    "markup": _("This is a web page, not an image, whatever its name says."),
    "not_image": _("This is not an image the site can read. Use JPEG, PNG, WebP, AVIF or GIF."),
    "damaged": _(
        "The image is damaged or cut off: it may not have been copied whole. Try the original again."
    ),
    "format": _(
        "The name ends in .%(extension)s but this is a %(format)s image. Rename it and upload it again."
    ),
    "pixels": _(
        "The image is too large to be worked with: %(pixels)s million pixels. "
        "Reduce it to %(limit)s million or fewer."
    ),
    "size": _("The file is too big (%(size)s). It can have at most %(limit)s."),
    "content": _(
        "What is in the file does not fit its name: it ends in .%(extension)s but is not such a file."
    ),
    "active": _(
        "This file contains a web page or a program. It could do harm to who opens it, so it is refused."
    ),
    "macros": _("This file contains macros. Save it without them and upload it again."),
    "broken": _("The file is damaged or cut off: it may not have been copied whole. Try the original again."),
    "name": _("Files ending in .%(extension)s are not taken."),
}


def refuse(code: str, **values) -> ValidationError:
    return ValidationError(MESSAGES[code], code=code, params=values or None)


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def check_size(size: int, limit: int | None) -> None:
    if limit is not None and size > limit:
        raise refuse("size", size=filesizeformat(size), limit=filesizeformat(limit))


# --- Pictures ---------------------------------------------------------------------------------


def check_picture(file: Content, name: str, max_pixels: int) -> None:
    """Raise `ValidationError` unless `file` is a whole image of the kind its name says, not too large.

    Reads the file from its start, wherever it stands, and leaves it there.
    """
    head = _head(file)
    if not head:
        raise refuse("empty")
    if _SVG.search(head) and _looks_like_text(head):
        raise refuse("svg")
    if _MARKUP.match(_text_start(head)):
        raise refuse("markup")
    expected = PICTURE_FORMATS.get(extension_of(name))
    try:
        _check_pixels_and_data(file, name, expected, max_pixels)
    finally:
        file.seek(0)


def _check_pixels_and_data(file: Content, name: str, expected: str | None, max_pixels: int) -> None:
    try:
        with warnings.catch_warnings():
            # Pillow only warns up to twice its own limit; ours is checked below before anything is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=sorted({*PICTURE_FORMATS.values()}))
    except Image.DecompressionBombError:
        raise refuse("pixels", pixels=_("hundreds of"), limit=max_pixels // 1_000_000) from None
    except UnidentifiedImageError:
        raise refuse("damaged" if _begins_as_picture(_head(file)) else "not_image") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise refuse("damaged") from error
    with picture:
        if expected != picture.format:
            raise refuse("format", extension=extension_of(name), format=picture.format)
        try:
            frames = getattr(picture, "n_frames", 1)
        except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
            raise refuse("damaged") from error
        pixels = picture.width * picture.height * frames
        if pixels > max_pixels:
            raise refuse("pixels", pixels=pixels // 1_000_000, limit=max_pixels // 1_000_000)
        try:
            picture.draft(None, (picture.width // SCALE_OF_CHECK, picture.height // SCALE_OF_CHECK))
            for frame in range(frames):
                picture.seek(frame)
                picture.load()
        except Exception as error:
            # Decoders raise whatever their library raises; a file they cannot decode is not a whole image.
            raise refuse("damaged") from error


# --- Attached files ---------------------------------------------------------------------------


def check_attachment(file: Content, name: str) -> None:
    """Raise `ValidationError` unless the content of `file` is what its name says, and harmless by itself."""
    extension = extension_of(name)
    check = CHECKS.get(extension)
    if check is None:
        raise refuse("name", extension=extension or "?")
    head = _head(file)
    if not head:
        raise refuse("empty")
    if head.startswith(_PROGRAMS) or _MARKUP.match(_text_start(head)):
        raise refuse("active")
    try:
        problem = check(file, head)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise refuse("broken") from error
    finally:
        file.seek(0)
    if problem:
        raise refuse(problem, extension=extension)


def _is_pdf(file: Content, head: bytes) -> str:
    # Readers accept the mark within the first kilobyte; so do we, but nothing before it may be markup.
    if b"%PDF-" not in head[:1024]:
        return "content"
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 2048))
    return "" if b"%%EOF" in file.read() else "broken"


def _zip_with(*required: str) -> Callable[[Content, bytes], str]:
    """An Office Open XML package (ECMA-376): a zip with these parts and without macros."""

    def check(file: Content, head: bytes) -> str:
        if not head.startswith(b"PK\x03\x04"):
            return "content"
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            return "macros"
        found = all(any(name.startswith(part) for name in names) for part in required)
        return "" if found else "content"

    return check


def _open_document(kind: str) -> Callable[[Content, bytes], str]:
    """An OpenDocument file: its first part, `mimetype`, says what it is (OASIS ODF 1.3, part 2, 3.3)."""

    def check(file: Content, head: bytes) -> str:
        if not head.startswith(b"PK\x03\x04"):
            return "content"
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if "mimetype" not in names or package.getinfo("mimetype").file_size > 200:
                return "content"
            said = package.read("mimetype").decode("ascii", "replace").strip()
        if any(name.startswith(("Basic/", "Scripts/")) for name in names):
            return "macros"
        return "" if said == f"application/vnd.oasis.opendocument.{kind}" else "content"

    return check


def _is_zip(file: Content, head: bytes) -> str:
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "content"
    with zipfile.ZipFile(file) as package:
        package.namelist()
    return ""


def _is_rtf(file: Content, head: bytes) -> str:
    return "" if head.startswith(b"{\\rtf") else "content"


def _is_text(file: Content, head: bytes) -> str:
    return "" if _looks_like_text(head) else "content"


CHECKS: dict[str, Callable[[Content, bytes], str]] = {
    "pdf": _is_pdf,
    "docx": _zip_with("[Content_Types].xml", "word/"),
    "xlsx": _zip_with("[Content_Types].xml", "xl/"),
    "pptx": _zip_with("[Content_Types].xml", "ppt/"),
    "odt": _open_document("text"),
    "ods": _open_document("spreadsheet"),
    "odp": _open_document("presentation"),
    "key": _zip_with("Index"),
    "zip": _is_zip,
    "rtf": _is_rtf,
    "txt": _is_text,
    "csv": _is_text,
}


def _begins_as_picture(head: bytes) -> bool:
    return (
        head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or head[4:12] in (b"ftypavif", b"ftypavis")
    )


def _head(file: Content) -> bytes:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head


def _text_start(head: bytes) -> bytes:
    """The first characters as ASCII, without marks of encoding, spaces and comments before them."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\f\v\0")
    while text.startswith(b"<!--"):
        text = text.partition(b"-->")[2].lstrip(b" \t\r\n\f\v\0")
    return text


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # Bytes of control that no text has; everything above ASCII may be any of the old encodings.
    return not any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
