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
from functools import partial

from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from wagtail.models import DraftStateMixin, Page, Revision

from cms.core.abandoned import take_up_abandoned

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


class NotAllPublished(Exception):
    """Some of what was scheduled could not go live, or come down; the rest has. The log says why."""


def publish_scheduled() -> None:
    """What has expired comes down, drafts whose time has come go live. Raises `NotAllPublished`.

    As Wagtail's command of that name does, but each as a whole: where the process is killed half-way, what was to
    follow (the public copy, what translations are measured by) would never happen. One that fails keeps no other back.
    """
    now = timezone.now()
    failed = 0
    for model in (Page, *(each for each in apps.get_models() if is_entry_with_drafts(each))):
        for row in list(model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at")):
            failed += not done_as_a_whole(
                row, partial(row.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
            )
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        failed += not done_as_a_whole(
            revision, partial(revision.publish, log_action="wagtail.publish.scheduled")
        )
    if failed:
        raise NotAllPublished(failed)


def is_entry_with_drafts(model) -> bool:
    return issubclass(model, DraftStateMixin) and not issubclass(model, Page)


def done_as_a_whole(what: object, verb: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            verb()
    except Exception:
        logger.exception("%r could not be published or taken down as scheduled", what)
        return False
    return True


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


def take_up_jobs() -> None:
    """What a worker had begun when it was killed waits again."""
    if isinstance(task_backends["default"], DatabaseBackend):
        take_up_abandoned()
