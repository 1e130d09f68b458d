"""/healthz and /readyz."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.core import health
from cms.core.scheduling import run_tick


def job(**fields):
    return DBTaskResult.objects.create(
        **{"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x.y", "backend_name": "default", **fields}
    )


def test_alive_without_the_database(client, django_assert_num_queries):
    response = client.get("/healthz")  # the test has no access to a database: asking it would fail
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@override_settings(ALLOWED_HOSTS=["ancrage.example.org"], SECURE_SSL_REDIRECT=True)
def test_a_probe_comes_by_address_and_without_tls(client):
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200


@pytest.mark.django_db
def test_ready_names_each_service(client):
    run_tick()
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "services": {
            "database": "ok", "cache": "ok", "migrations": "ok", "scheduler": "ok", "worker": "ok",
            "search entries": "ok",
        },
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["database", "cache", "migrations"])
def test_not_ready_without_what_pages_need_and_no_secret_told(client, monkeypatch, name):
    def broken():
        raise DatabaseError("password=hunter2")

    monkeypatch.setitem(health.NEEDED, name, broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "fail"
    assert response.json()["services"][name] == "fail"
    assert "hunter2" not in response.text


@pytest.mark.django_db
def test_pending_migrations_are_said(client, monkeypatch):
    health.no_migrations_pending.cache_clear()
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [("core", "0099")]
    )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["services"]["migrations"] == "fail: pending: run manage.py migrate"


@pytest.mark.django_db
def test_a_silent_scheduler_or_worker_is_late_but_pages_are_served(client):
    cache.clear()
    old = job(run_after=timezone.now() - timedelta(hours=1))
    DBTaskResult.objects.filter(pk=old.pk).update(enqueued_at=timezone.now() - timedelta(hours=1))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "late"
    assert response.json()["services"]["scheduler"].startswith("fail: no tick")
    assert response.json()["services"]["worker"].startswith("fail: jobs have waited")


@pytest.mark.django_db
def test_a_job_planned_for_later_is_not_late(client):
    job(run_after=timezone.now() + timedelta(hours=1))
    assert client.get("/readyz").json()["services"]["worker"] == "ok"
