"""`tick`: everything registered runs, whatever one of them does."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult
from wagtail.signals import page_published

from cms.core import scheduling
from tests.factories.documents import make_document


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(scheduling, "_registered", {})


@pytest.mark.django_db
@pytest.mark.usefixtures("registry")
def test_one_that_fails_is_logged_and_the_others_run(caplog):
    done = []
    scheduling.register_tick("first", lambda: done.append("first"))
    scheduling.register_tick("broken", lambda: 1 / 0)
    scheduling.register_tick("last", lambda: done.append("last"))
    outcomes = scheduling.run_tick()
    assert done == ["first", "last"]
    assert [(outcome.name, type(outcome.error)) for outcome in outcomes] == [
        ("first", type(None)),
        ("broken", ZeroDivisionError),
        ("last", type(None)),
    ]
    assert "broken failed" in caplog.text


@pytest.mark.django_db
@pytest.mark.usefixtures("registry")
def test_the_command_says_what_failed():
    scheduling.register_tick("broken", lambda: 1 / 0)
    with pytest.raises(CommandError, match="broken"):
        call_command("tick")


@pytest.mark.usefixtures("registry")
def test_registering_a_name_again_replaces_it():
    scheduling.register_tick("x", int)
    scheduling.register_tick("x", str)
    assert scheduling.registered() == {"x": str}


def test_list_names_what_would_be_done(capsys):
    call_command("tick", list=True)
    assert "publish and expire" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_tick_is_remembered():
    assert scheduling.seconds_since_last_tick() is None
    scheduling.run_tick()
    assert scheduling.seconds_since_last_tick() < 60


def test_publishes_and_expires_what_is_scheduled(site):
    past = timezone.now() - timedelta(minutes=1)
    coming = make_document(title="Coming", publish=False)
    coming.go_live_at = past
    coming.save_revision(approved_go_live_at=past)
    going = make_document(title="Going")
    type(going).objects.filter(pk=going.pk).update(expire_at=past)
    assert [outcome.error for outcome in scheduling.run_tick()] == [None] * len(scheduling.registered())
    coming.refresh_from_db()
    going.refresh_from_db()
    assert coming.live
    assert not going.live


def test_one_that_cannot_be_published_keeps_no_other_back(site, monkeypatch, caplog):
    past = timezone.now() - timedelta(minutes=1)
    pages = [make_document(title=title, publish=False) for title in ("Bad", "Good")]
    for page in pages:
        page.save_revision(approved_go_live_at=past)

    def fails(sender, instance, **kwargs):
        if instance.title == "Bad":
            raise ValueError("no")

    page_published.connect(fails)
    try:
        with pytest.raises(scheduling.NotAllPublished):
            scheduling.publish_scheduled()
    finally:
        page_published.disconnect(fails)
    for page in pages:
        page.refresh_from_db()
    # Nothing of the first has happened: it is tried again.
    assert [page.live for page in pages] == [False, True]
    assert "could not be published" in caplog.text
    scheduling.publish_scheduled()
    pages[0].refresh_from_db()
    assert pages[0].live


@pytest.mark.django_db
def test_jobs_that_are_done_are_kept_for_a_week_and_failed_ones_for_a_month(monkeypatch):
    backend = DatabaseBackend("default", {"QUEUES": ["default", "mail"]})
    monkeypatch.setattr(scheduling, "task_backends", {"default": backend})
    monkeypatch.setattr(
        "django_tasks_db.management.commands.prune_db_task_results.task_backends", {"default": backend}
    )

    def job(status: str, days: int, queue: str) -> None:
        finished = timezone.now() - timedelta(days=days)
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="a.job",
            backend_name="default",
            queue_name=queue,
            status=status,
            finished_at=None if status == "READY" else finished,
            run_after=timezone.now() - timedelta(days=days),
        )

    for days in (6, 8, 31):
        job("SUCCESSFUL", days, "mail")
        job("FAILED", days, "default")
        job("READY", days, "mail")
    scheduling.forget_finished_jobs()
    left = sorted(DBTaskResult.objects.values_list("status", flat=True))
    assert left == ["FAILED", "FAILED", "READY", "READY", "READY", "SUCCESSFUL"]
