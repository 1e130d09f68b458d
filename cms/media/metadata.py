"""Takes out of an image what its maker may not know is in it: where, when, with what. Pure."""

import struct

PNG_MARK = b"\x89PNG\r\n\x1a\n"
# Chunks of PNG that say something about the file rather than how it looks (PNG, third edition, 11.3).
PNG_PRIVATE = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
# JPEG: APP1 holds Exif and XMP, APP13 Photoshop's, COM comments. APP0, APP2 (colour profile), APP14 stay.
JPEG_PRIVATE = {0xE1, 0xED, 0xFE}


def without_metadata(data: bytes) -> bytes:
    """The same JPEG or PNG, losslessly, without Exif, XMP, comments and dates; other formats as they are.

    Turn the picture upright first: Exif also says how it was held.
    """
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(PNG_MARK):
        return _png(data)
    return data


def _jpeg(data: bytes) -> bytes:
    kept, position = [data[:2]], 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xDA:  # the scan begins: only image data follows
            break
        (length,) = struct.unpack(">H", data[position + 2 : position + 4])
        if marker not in JPEG_PRIVATE:
            kept.append(data[position : position + 2 + length])
        position += 2 + length
    kept.append(data[position:])
    return b"".join(kept)


def _png(data: bytes) -> bytes:
    kept, position = [PNG_MARK], len(PNG_MARK)
    while position + 12 <= len(data):
        (length,) = struct.unpack(">I", data[position : position + 4])
        end = position + 12 + length
        if data[position + 4 : position + 8] not in PNG_PRIVATE:
            kept.append(data[position:end])
        position = end
    return b"".join(kept)
