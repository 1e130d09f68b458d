"""/healthz: this process answers. /readyz: what it needs is there, each service by name.

Both answer before anything else is asked (host names, redirects to https, sessions, languages): probes come
from inside, by address, and must not depend on what they probe.
"""

import functools
import logging
from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from cms.core.scheduling import seconds_since_last_tick

logger = logging.getLogger("ancrage.health")

SCHEDULER_LATE = 5 * 60  # seconds since the last tick
WORKER_LATE = timedelta(minutes=10)  # that a job has waited for a worker


class Fault(Exception):
    """A service answers, and what it says is wrong. The text is shown to anyone: no secrets."""


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_cache() -> None:
    cache.set("readyz", "ok", 60)
    if cache.get("readyz") != "ok":
        raise Fault("does not keep what it is given")


@functools.cache
def no_migrations_pending() -> bool:
    """Kept once true: neither the code of this process nor an applied migration goes back."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Fault("pending: run manage.py migrate")
    return True


def check_scheduler() -> None:
    since = seconds_since_last_tick()
    if since is None or since > SCHEDULER_LATE:
        raise Fault("no tick in the last five minutes")


def check_worker() -> None:
    before = timezone.now() - WORKER_LATE
    due = Q(run_after__lt=before) | Q(run_after=get_date_max(), enqueued_at__lt=before)
    if DBTaskResult.objects.ready().filter(due).exists():
        raise Fault("jobs have waited for more than ten minutes")


# Without the first three no page can be served: 503. Without the others pages are served, and something is late.
NEEDED: dict[str, Callable[[], object]] = {
    "database": check_database,
    "cache": check_cache,
    "migrations": no_migrations_pending,
}
WISHED: dict[str, Callable[[], object]] = {"scheduler": check_scheduler, "worker": check_worker}


def register_wished(name: str, check: Callable[[], object]) -> None:
    """A service without which pages are served. `check()` raises `Fault` with what is wrong, in words for anyone."""
    WISHED[name] = check


def state_of(name: str, check: Callable[[], object]) -> str:
    """ "ok", or "fail" with what is known; the particulars of an error go to the log only."""
    try:
        check()
    except Fault as fault:
        return f"fail: {fault}"
    except Exception:
        logger.exception("readiness: %s", name)
        return "fail"
    return "ok"


def healthz(request: HttpRequest) -> JsonResponse:
    return never_kept({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    needed = {name: state_of(name, check) for name, check in NEEDED.items()}
    wished = (
        {name: state_of(name, check) for name, check in WISHED.items()} if needed["database"] == "ok" else {}
    )
    ready = set(needed.values()) == {"ok"}
    late = any(state != "ok" for state in wished.values())
    status = "fail" if not ready else "late" if late else "ok"
    return never_kept({"status": status, "services": needed | wished}, code=200 if ready else 503)


def never_kept(answer: dict, *, code: int = 200) -> JsonResponse:
    return JsonResponse(answer, status=code, headers={"Cache-Control": "no-store"})


class HealthMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz":
            return healthz(request)
        if request.path_info == "/readyz":
            return readyz(request)
        return self.get_response(request)
