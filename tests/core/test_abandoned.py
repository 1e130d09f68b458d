"""What becomes of jobs whose worker was killed. That a real one is: `tests/translations/test_killed.py`."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.core import abandoned
from cms.core.abandoned import MOST_TRIES, put_back, take_up_abandoned, worker_name

pytestmark = pytest.mark.django_db
HOST = worker_name().rpartition(":")[0]


def job(*workers: str, minutes: int = 1, status: str = "RUNNING") -> DBTaskResult:
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="a.job",
        backend_name="default",
        status=status,
        worker_ids=list(workers),
        started_at=timezone.now() - timedelta(minutes=minutes),
        run_after=timezone.now() - timedelta(minutes=minutes),
    )


def status(one: DBTaskResult) -> str:
    one.refresh_from_db()
    return one.status


@pytest.fixture
def ended() -> str:
    """The name of a worker that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return f"{HOST}:{process.pid}"


def test_what_a_dead_worker_of_this_machine_had_begun_waits_again(ended):
    left = job("elsewhere:1", ended)
    assert take_up_abandoned() == 1
    assert status(left) == "READY"
    assert DBTaskResult.objects.ready().get() == left


def test_what_others_are_at_stays_theirs(ended):
    busy = [job(f"{HOST}:{os.getpid()}"), job(f"{HOST}:{os.getppid()}"), job("elsewhere:1"), job(f"{HOST}:x")]
    done = job(ended, status="SUCCESSFUL")
    assert take_up_abandoned() == 0
    assert {status(each) for each in busy} == {"RUNNING"}
    assert status(done) == "SUCCESSFUL"


def test_after_an_hour_nobody_is_taken_to_be_at_it():
    left = job("elsewhere:1", minutes=61)
    assert take_up_abandoned() == 1
    assert status(left) == "READY"


def test_who_begins_now_has_begun_nothing():
    """In a container every worker is process 1."""
    left = job(worker_name())
    assert take_up_abandoned(worker_name()) == 1
    assert status(left) == "READY"


def test_what_ends_its_worker_every_time_is_given_up_and_says_so(ended):
    left = job(*[ended] * MOST_TRIES)
    assert take_up_abandoned() == 1
    assert status(left) == "FAILED"
    assert "killed 3 times" in left.traceback
    assert left.finished_at is not None


def test_what_ended_meanwhile_is_left_alone(ended):
    left = job(ended)
    DBTaskResult.objects.filter(pk=left.pk).update(status="SUCCESSFUL")
    assert put_back(left) == 0
    assert status(left) == "SUCCESSFUL"


def test_a_worker_that_begins_takes_it_up_under_a_name_of_its_own(ended, monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    left = job(ended)
    begun = []
    monkeypatch.setattr(
        "cms.core.management.commands.db_worker.packaged.Command.handle",
        lambda self, **options: begun.append(options["worker_id"]),
    )
    call_command("db_worker", batch=True)
    assert status(left) == "READY"
    assert begun == [worker_name()]
    assert abandoned.has_ended(worker_name()) is False
