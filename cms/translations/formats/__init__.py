"""Translations out of the site and back in: PO and XLIFF. Pure: values in, bytes out, and the reverse."""

from .fitting import Fitted, fit
from .po import read_po, write_po
from .values import (
    CHANGED,
    DRAFT,
    LARGEST,
    MISSING,
    PUBLISHED,
    FileRefused,
    IncomingFile,
    IncomingUnit,
    OutgoingFile,
    OutgoingUnit,
    Problem,
)
from .xliff import read_xliff, write_xliff


def read_file(content: bytes) -> IncomingFile:
    """Read a file by what it holds, whatever its name. Raises `FileRefused`."""
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return read_xliff(content) if start.startswith(b"<") else read_po(content)


__all__ = [
    "CHANGED",
    "DRAFT",
    "LARGEST",
    "MISSING",
    "PUBLISHED",
    "FileRefused",
    "Fitted",
    "IncomingFile",
    "IncomingUnit",
    "OutgoingFile",
    "OutgoingUnit",
    "Problem",
    "fit",
    "read_file",
    "read_po",
    "read_xliff",
    "write_po",
    "write_xliff",
]
