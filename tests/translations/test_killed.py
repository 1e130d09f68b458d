"""Real processes, ended by the machine in the midst of their work: the next ones finish it, and nothing is twice."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import MemoryEntry, TranslatedText, TranslationTask, Work
from cms.wiki.models import PublishedRevision
from initiatives.models import Event
from tests.wiki.publishing import publish

from .event_to_translate import make_event
from .translating import public, take_in, task_of, translate

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = ["db_worker", "--queue-name", "*", "--batch", "--no-startup-delay", "--no-reload", "--interval", "0"]


@pytest.fixture
def event(site):
    return make_event()


@pytest.fixture(autouse=True)
def _jobs_wait_for_a_worker(settings):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
    }


def environment(**more: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.translations.blocking_settings",
        "DATABASE_URL": database_url(),
        **more,
    }


def database_url() -> str:
    """Of the database that this test has written to."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    user = ":".join(quote(known[name], safe="") for name in ("USER", "PASSWORD") if known[name])
    return f"postgres://{user}@{quote(known['HOST'], safe='')}:{known['PORT'] or 5432}/{known['NAME']}"


def manage(*arguments: str) -> None:
    """Run to the end, as the supervisor would start it again."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=django_settings.BASE_DIR, env=environment(), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    bump_stamp()


def work_here() -> None:
    """What a worker does, where nobody ends it: that needs no process of its own."""
    kept = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    call_command(*WORKER)
    for each, handler in kept.items():
        signal.signal(each, handler)
    bump_stamp()


def killed(arguments: list[str], place: str) -> None:
    """Start it, let it come to `place`, and end it as a machine without memory does."""
    hears, says = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=django_settings.BASE_DIR, env=environment(BLOCK_AT=place, BLOCK_PIPE=str(says)), pass_fds=[says],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    os.close(says)
    try:
        # Nothing comes, and the pipe ends, where it never gets there.
        reached = os.read(hears, 1)
    finally:
        os.close(hears)
        process.send_signal(signal.SIGKILL)
        said, _nothing = process.communicate()
    assert reached == b"x", said.decode()
    assert process.returncode == -signal.SIGKILL


def is_consistent() -> bool:
    out = StringIO()
    bump_stamp()
    call_command("check_translations", stdout=out)  # raises where anything is wrong
    return "consistent" in out.getvalue()


def counts() -> dict[str, int]:
    models = (Work, TranslationTask, TranslatedText, MemoryEntry, PublishedRevision, StringTranslation, Event)
    return {model.__name__: model._base_manager.count() for model in models}


@pytest.fixture
def french(event, translator, reviewer):
    """A published translation, with nothing left to do for a worker."""
    page = translate(translator, reviewer, task_of(event, "fr"))
    work_here()
    assert is_consistent()
    assert not DBTaskResult.objects.ready().exists()
    return page


def all_is_done() -> bool:
    return set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


@pytest.mark.parametrize("place", ["before 1", "after 2"])
def test_a_worker_killed_while_it_takes_in_what_was_published(event, french, place):
    before = counts()
    publish(event, note_significance="addition", conclusions="<p>We agreed on bread.</p>")
    killed(WORKER, f"cms.translations.services.works:settle {place}")
    # It happened as a whole or not at all.
    assert task_of(event, "fr").label == "published"
    assert Work.objects.get(translation_key=event.translation_key).version == 1
    manage(*WORKER)
    assert (task_of(event, "fr").label, task_of(event, "fr").segments_changed) == ("outdated", 1)
    assert all_is_done()
    assert is_consistent()
    assert counts() == before | {"PublishedRevision": before["PublishedRevision"] + 1}


def test_a_worker_killed_while_it_hands_a_translation_to_the_library(event, translator, reviewer):
    translate(translator, reviewer, task_of(event, "fr"))
    killed(WORKER, "cms.translations.tasks:share_with_library after 1")
    assert not StringTranslation.objects.exists()
    manage(*WORKER)
    words = list(StringTranslation.objects.values_list("data", flat=True))
    assert sorted(words) == sorted(row["target"] for row in task_of(event, "fr").baseline.segments)
    assert all_is_done()
    assert is_consistent()


@pytest.mark.parametrize(
    "place",
    [
        "cms.translations.signal_handlers:record_translation before 1",
        "cms.wiki.signal_handlers:record_publication after 1",
    ],
    ids=["before it is noted", "once it has a version"],
)
def test_a_scheduler_killed_in_the_midst_of_a_publication(event, french, place):
    before = counts()
    page = public(french)
    page.title = "Un atelier"
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    killed(["tick"], place)
    assert public(french).title == "FR Workshop"
    assert counts() == before
    manage("tick")
    manage(*WORKER)
    assert public(french).title == "Un atelier"
    known = {row["path"]: row["target"] for row in task_of(event, "fr").baseline.segments}
    assert known["title"] == "Un atelier"
    assert PublishedRevision.objects.filter(page=french).count() == 2
    assert all_is_done()
    assert is_consistent()
    assert counts()["TranslatedText"] == before["TranslatedText"] + 1
    assert counts()["MemoryEntry"] == before["MemoryEntry"]


def test_what_was_cut_short_is_found_though_nobody_took_it_up(event, french):
    """Where jobs are lost altogether, a restored backup say, the check mends what they were to do."""
    publish(event, title="Workshops")
    DBTaskResult.objects.all().delete()
    out = StringIO()
    call_command("check_translations", "--repair", stdout=out)
    assert "its text is not today's" in out.getvalue()
    assert task_of(event, "fr").label == "outdated"
    assert is_consistent()
    take_in(event)
