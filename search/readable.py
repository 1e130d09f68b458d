"""Which attached files are read, and what tells one state of a file from another."""

from cms.media.models import Attachment
from search import extracting


def kind_of(attachment: Attachment) -> str:
    """The kind of file it is, "" for one that is not read."""
    kind = attachment.file_extension.lower()
    return kind if kind in extracting.READERS else ""


def digest_of(attachment: Attachment) -> str:
    return f"{attachment.file_hash}:{attachment.file_size or 0}:{attachment.file.name}"[:80]
