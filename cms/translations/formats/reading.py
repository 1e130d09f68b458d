"""A file somebody uploads, whatever it is called: told by its content."""

import codecs

from django.utils.translation import gettext as _

from .po import read_po
from .values import LARGEST, FileRefused, IncomingFile
from .xliff_reading import read_xliff

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_file(name: str, content: bytes) -> IncomingFile:
    """Raises `FileRefused`. `name` only serves to speak of the file."""
    if len(content) > LARGEST:
        raise FileRefused(
            _("The file is larger than %(number)s MB. Send the file of one document only.")
            % {"number": LARGEST // 1_000_000}
        )
    begins = content.removeprefix(codecs.BOM_UTF8).lstrip()
    if not begins:
        raise FileRefused(_("The file is empty."))
    if begins.startswith(b"<") or (content.startswith(UTF_16) and b"<" in content[2:4]):
        return read_xliff(content)
    if b"msgid" in content:
        return read_po(content)
    raise FileRefused(
        _("“%(name)s” is neither a PO file nor an XLIFF 2.0 file.") % {"name": name[:100] or "?"}
    )
