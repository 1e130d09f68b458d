"""Reading attached files: in the background, each once, in a process that may fail."""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.media.models import Attachment
from search import extracting
from search.models import FileText, Waiting
from search.models.file_text import FAILED, READ
from search.readable import digest_of, kind_of
from search.tasks import read_attached

logger = logging.getLogger("ancrage.search")
MOST_BYTES = 25 * 1024 * 1024
SECONDS = 45  # by the clock; the process has its own limit of computing time
ENDS = {
    extracting.NO_TEXT: "empty",
    extracting.LOCKED: "locked",
    extracting.DAMAGED: "damaged",
}


def read_file(attachment_id: int) -> FileText | None:
    """Read a file, if it was not read yet as it is now, and have the pages that show it taken in again."""
    attachment = Attachment.objects.filter(pk=attachment_id).first()
    if attachment is None or not kind_of(attachment):
        return None
    digest = digest_of(attachment)
    known = FileText.objects.filter(pk=attachment_id).first()
    if known is not None and known.digest == digest:
        return known
    text, reason = extracted(attachment)
    with transaction.atomic():
        # Deleted meanwhile, there is nothing to keep.
        if not Attachment.objects.select_for_update().filter(pk=attachment_id).exists():
            return None
        found, _made = FileText.objects.update_or_create(
            attachment_id=attachment_id,
            defaults={
                "digest": digest,
                "state": FAILED if reason else READ,
                "reason": reason,
                "text": text,
                "read_at": timezone.now(),
            },
        )
        Waiting.objects.create(source="file", object=attachment_id)
    return found


def extracted(attachment: Attachment) -> tuple[str, str]:
    """(text, why there is none)."""
    if (attachment.get_file_size() or 0) > MOST_BYTES:
        return "", "large"
    handle, path = tempfile.mkstemp(suffix=f".{attachment.file_extension.lower()}")
    try:
        with os.fdopen(handle, "wb") as copy, attachment.file.open("rb") as original:
            for chunk in original.chunks():
                copy.write(chunk)
        return run(kind_of(attachment), path)
    except OSError:
        return "", "gone"
    finally:
        Path(path).unlink(missing_ok=True)


def run(kind: str, path: str) -> tuple[str, str]:
    """Read a file in a process of its own."""
    command = [sys.executable, "-m", "search.extracting", kind, path]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(settings.BASE_DIR), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", "slow"
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "replace").replace("\0", " "), ""
    logger.info("%s could not be read: %s", path, done.stderr.decode("utf-8", "replace")[-300:])
    # Ended by a signal, it had used up its time or its memory.
    return "", ENDS.get(done.returncode, "slow" if done.returncode < 0 else "damaged")


def read_again(attachment_ids: Iterable[int]) -> int:
    """Try again the files that could not be read; how many those are."""
    wanted = list(attachment_ids)
    FileText.objects.filter(pk__in=wanted, state=FAILED).delete()
    for pk in wanted:
        transaction.on_commit(partial(read_attached.enqueue, pk))
    return len(wanted)
