"""Who works on a translation: one at a time, for as long as they do."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.translations import notices, rules
from cms.translations.models import TranslationTask
from cms.translations.queries.programmes import is_closed
from cms.translations.queries.rights import may_prioritise, may_review, may_translate
from cms.translations.queries.works import is_public

from .counting import need_of, recount


class AlreadyClaimed(Exception):
    """Somebody else works on it. `task` says who, and until when."""

    def __init__(self, task: TranslationTask):
        super().__init__(task.assignee_id)
        self.task = task


class NotInReach(Exception):
    """It cannot be worked on now: in review, or its source or language is no longer open."""


class LanguageClosed(NotInReach):
    """Nothing new is translated into the language; what was claimed before may be finished."""


def lock_task(task_id: int) -> TranslationTask:
    """The task with all it is measured by, kept from others until the transaction ends.

    Locked first, read then. In one statement PostgreSQL would give the task as it is after the wait, and what hangs on
    it as it was before: a baseline made meanwhile would be missing, and be made again from other words.
    """
    TranslationTask.objects.select_for_update().values_list("pk").get(pk=task_id)
    return TranslationTask.objects.select_related(
        "work__source_locale", "target_locale", "baseline", "assignee", "submission", "work__page"
    ).get(pk=task_id)


def require_translator(user, task: TranslationTask) -> None:
    """Raises `PermissionDenied` for who does not translate into the language."""
    if not may_translate(user, task.target_locale.language_code):
        raise PermissionDenied


def _open_for_work(task: TranslationTask) -> None:
    if not is_public(task.work) or task.in_review:
        raise NotInReach
    if task.assignee_id is None and is_closed(task.target_locale_id):
        raise LanguageClosed(task.target_locale.language_code)


@transaction.atomic
def claim(user: User, task_id: int) -> TranslationTask:
    """Take a translation on. Claiming what one holds already prolongs it.

    Raises `PermissionDenied`, `AlreadyClaimed`, `NotInReach`.
    """
    task = lock_task(task_id)
    require_translator(user, task)
    _open_for_work(task)
    if task.assignee_id not in (None, user.pk) and not _expired(task):
        raise AlreadyClaimed(task)
    _give(task, user)
    return recount(task)


def _expired(task: TranslationTask) -> bool:
    return task.claim_expires_at is not None and task.claim_expires_at <= timezone.now()


def _give(task: TranslationTask, user: User) -> None:
    now = timezone.now()
    if task.assignee_id != user.pk or task.claimed_at is None:
        task.claimed_at = now
    task.assignee = user
    keep_alive(task, now)


def keep_alive(task: TranslationTask, now=None) -> None:
    """Any saving is a sign of life: the claim holds from then. Not saved here."""
    now = now or timezone.now()
    task.touched_at, task.warned_at = now, None
    task.claim_expires_at = now + rules.claim_ends(settings.TRANSLATION_CLAIM_DAYS)


@transaction.atomic
def release(user: User, task_id: int) -> TranslationTask:
    """Give a translation back to the queue; what was written stays. The holder's, or a reviewer's, to do."""
    task = lock_task(task_id)
    if task.assignee_id != user.pk and not may_review(user, task.target_locale.language_code):
        raise PermissionDenied
    holder = task.assignee
    _let_go(task)
    recount(task)
    if holder is not None and holder.pk != user.pk:
        notices.released(task, holder, user)
    return task


def _let_go(task: TranslationTask) -> None:
    task.assignee = None
    task.claimed_at = task.claim_expires_at = task.warned_at = None


@transaction.atomic
def hand_over(user: User, task_id: int, successor: User) -> TranslationTask:
    """Pass a translation on. The holder may, or a reviewer; raises `PermissionDenied` if the other cannot translate."""
    task = lock_task(task_id)
    if task.assignee_id != user.pk and not may_review(user, task.target_locale.language_code):
        raise PermissionDenied
    require_translator(successor, task)
    _open_for_work(task)
    before = task.assignee
    task.claimed_at = None
    _give(task, successor)
    recount(task)
    notices.handed_over(task, user, before)
    return task


@transaction.atomic
def plan(user: User, task_id: int, priority: int, due_on: date | None) -> TranslationTask:
    """An editor says how much a translation matters, and until when it is wanted."""
    task = lock_task(task_id)
    if not (may_prioritise(user) or may_review(user, task.target_locale.language_code)):
        raise PermissionDenied
    task.priority, task.due_on = priority, due_on
    task.need = need_of(task)
    task.save(update_fields=["priority", "due_on", "need", "label"])
    return task


def end_idle_claims() -> None:
    """At every tick: remind holders whose claim is about to end, and let go of those that did."""
    now = timezone.now()
    held = TranslationTask.objects.filter(assignee__isnull=False, submitted_at__isnull=True)
    ending = now + rules.warn_before_end(settings.TRANSLATION_CLAIM_DAYS)
    for pk in list(
        held.filter(claim_expires_at__lte=ending, warned_at__isnull=True).values_list("pk", flat=True)
    ):
        _warn(pk, ending)
    for pk in list(held.filter(claim_expires_at__lte=now).values_list("pk", flat=True)):
        _end(pk, now)


@transaction.atomic
def _warn(task_id: int, ending) -> None:
    task = lock_task(task_id)
    expires = task.claim_expires_at
    if task.assignee_id is None or expires is None or expires > ending or task.warned_at is not None:
        return
    task.warned_at = timezone.now()
    if expires <= task.warned_at:
        # The scheduler slept over it: nobody loses a claim without having been told.
        task.claim_expires_at = task.warned_at + timedelta(days=1)
    task.save(update_fields=["warned_at", "claim_expires_at", "label"])
    notices.claim_ends_soon(task)


@transaction.atomic
def _end(task_id: int, now) -> None:
    task = lock_task(task_id)
    if (
        task.assignee_id is None
        or task.in_review
        or task.claim_expires_at is None
        or task.claim_expires_at > now
    ):
        return
    holder = task.assignee
    _let_go(task)
    recount(task)
    notices.claim_ended(task, holder)
