"""Jobs that a worker had begun when it was killed: the package leaves them running for ever, here they wait again.

Each job writes within a transaction and may be run again, so that whatever of it happened, happened as a whole.
"""

import logging
import os
import socket
from datetime import timedelta

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger("ancrage.jobs")

GONE_AFTER = timedelta(hours=1)  # no job takes nearly as long
MOST_TRIES = 3  # one that ends its worker every time is given up


def worker_name() -> str:
    """Of this process, so that another one on this machine can tell whether it has ended."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def take_up_abandoned(me: str = "") -> int:
    """Let what dead workers had begun wait again; returns how many jobs. `me`: the name of a worker that begins now.

    A worker of this machine is dead if its process is; of any other that is known only when `GONE_AFTER` is over.
    """
    found = 0
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        worker = job.worker_ids[-1] if job.worker_ids else ""
        late = job.started_at is None or job.started_at < timezone.now() - GONE_AFTER
        # What stands under the name of a worker that has begun nothing yet is of one before it: containers begin
        # counting their processes anew.
        if late or worker == me or has_ended(worker):
            found += put_back(job)
    if found:
        logger.warning("%s jobs of workers that were killed wait again", found)
    return found


def has_ended(worker: str) -> bool:
    """Whether the worker of that name is known to have ended: of another machine nobody knows here."""
    host, _colon, number = worker.rpartition(":")
    if host != socket.gethostname()[:40] or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)  # asks whether there is such a process; sends it nothing
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def put_back(job: DBTaskResult) -> int:
    """1, or 0 where the job ended or was taken up by somebody else meanwhile."""
    still = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
    if len(job.worker_ids) < MOST_TRIES:
        return still.update(status=TaskResultStatus.READY)
    told = f"Its workers were killed {MOST_TRIES} times while they ran it: {', '.join(job.worker_ids)}"
    return still.update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), traceback=told)
