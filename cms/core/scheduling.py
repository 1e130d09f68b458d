"""What happens with time. `manage.py tick` runs every registered function once a minute.

An app registers in `ready()`:

    register_tick("events: close registrations", close_registrations)

A function takes nothing and must be safe to run late, twice, or beside itself on another machine. One that
fails is logged and does not keep the others from running.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.core.management import call_command
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend

logger = logging.getLogger("ancrage.tick")

HEARTBEAT = "scheduler-heartbeat"
HEARTBEAT_KEPT = 60 * 60 * 24
JOBS_KEPT, FAILED_JOBS_KEPT = 7, 30  # days

_registered: dict[str, Callable[[], object]] = {}


@dataclass(frozen=True)
class Outcome:
    name: str
    seconds: float
    error: Exception | None = None


def register_tick(name: str, function: Callable[[], object]) -> None:
    """Run `function()` at every tick. `name` says what it does; registering a name again replaces it."""
    _registered[name] = function


def registered() -> dict[str, Callable[[], object]]:
    """Name → function, in the order of registration."""
    return dict(_registered)


def run_tick() -> list[Outcome]:
    """Run everything registered, once, in order."""
    outcomes = [run_one(name, function) for name, function in _registered.items()]
    try:
        cache.set(HEARTBEAT, time.time(), HEARTBEAT_KEPT)
    except Exception:
        logger.exception("the scheduler's heartbeat could not be kept")
    return outcomes


def run_one(name: str, function: Callable[[], object]) -> Outcome:
    start = time.monotonic()
    try:
        function()
    except Exception as error:
        logger.exception("%s failed", name)
        return Outcome(name, time.monotonic() - start, error)
    return Outcome(name, time.monotonic() - start)


def seconds_since_last_tick() -> float | None:
    """None where no tick is known of."""
    last = cache.get(HEARTBEAT)
    return None if last is None else max(0.0, time.time() - last)


def publish_scheduled() -> None:
    """Wagtail's own command: drafts whose time has come go live, what has expired comes down."""
    call_command("publish_scheduled")


def forget_finished_jobs() -> None:
    """Jobs that are done are kept for a while, to look into what went wrong, and then deleted."""
    if isinstance(task_backends["default"], DatabaseBackend):
        call_command(
            "prune_db_task_results",
            queue_name="*",
            min_age_days=JOBS_KEPT,
            failed_min_age_days=FAILED_JOBS_KEPT,
            verbosity=0,
        )
