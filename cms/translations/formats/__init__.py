"""Translations out of the site and back in: PO and XLIFF. Pure: values in, bytes out, and the reverse."""

from .fitting import Fitted, fit
from .po import read_po, write_po
from .reading import read_file
from .values import (
    CHANGED,
    DRAFT,
    LARGEST,
    MISSING,
    MOST_UNITS,
    PUBLISHED,
    FileRefused,
    IncomingFile,
    IncomingUnit,
    OutgoingFile,
    OutgoingUnit,
    Problem,
)
from .xliff import write_xliff
from .xliff_reading import read_xliff

__all__ = [
    "CHANGED",
    "DRAFT",
    "LARGEST",
    "MISSING",
    "MOST_UNITS",
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
