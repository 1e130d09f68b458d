"""From a translator's drafts to a decision. Nothing of it is public, or in anybody's memory, before the approval."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.accounts.models import User
from cms.translations import notices
from cms.translations.models import SegmentDraft, TranslatedText, TranslationTask
from cms.translations.outlets import start_workflow
from cms.translations.queries.findings import findings_of
from cms.translations.queries.texts import media_standings
from cms.translations.queries.works import target_of
from cms.translations.replacing import as_submitted
from cms.wiki import services as wiki
from cms.wiki.content import content_of
from cms.wiki.deciders import verdict_on
from cms.wiki.models import Submission
from cms.wiki.notices import told_elsewhere
from cms.wiki.rules import ADDITION, CHANGES_REQUESTED, DRAFT, SUBMITTED, SUBSTANCE, TYPO

from .claiming import NotInReach, keep_alive, lock_task
from .composing import rendered, written_text
from .counting import recount
from .drafting import require_hand
from .works import original_as_public

LONGEST_REASON = 5000  # characters, as on the wiki's own screens


class Faulty(Exception):
    """Checks found errors. `findings`: key of a segment → what was found."""

    def __init__(self, findings: dict[str, list]):
        super().__init__(f"{len(findings)} with errors")
        self.findings = findings


class NothingToSubmit(Exception):
    """The translation says what is public already."""


class DecidedMeanwhile(Exception):
    """Somebody decided first, or the translation was taken back. Nothing was written."""


@transaction.atomic
def submit_translation(user: User, task_id: int, note: str = "") -> TranslationTask:
    """Hand a complete translation to the reviewers of its language. Submitting twice is submitting once.

    Raises `Incomplete`, `Faulty`, `NothingToSubmit`, `SourceGone`, `NoParentYet`, `wiki.TextUnderWay`,
    `wiki.Conflict`, and as `drafting.require_hand`.
    """
    task = lock_task(task_id)
    if task.in_review and task.submitted_by_id == user.pk:
        return task
    require_hand(user, task)
    if task.in_review:
        # A reviewer writes in it; who handed it in, and may therefore not decide on it, stays who they are.
        raise NotInReach
    made = rendered(task)
    errors = findings_of(task, made.texts).errors()
    if errors:
        raise Faulty(errors)
    text = written_text(task, user, made)
    if isinstance(made.target, Page):
        _submit_page(task, user, made.target, note)
        text.submission = task.submission
    else:
        text.revision_id = start_workflow(made.target, user).pk
    text.save()
    task.submitted_at, task.submitted_by, task.reason = timezone.now(), user, ""
    recount(task)
    notices.submitted(task)
    return task


def _submit_page(task: TranslationTask, user: User, target: Any, note: str) -> None:
    with translation.override(task.target_locale.language_code):
        summary = note.replace("\0", "").strip() or _summary(task)
    try:
        with told_elsewhere():
            task.submission = wiki.hand_in(
                user,
                Page.objects.get(pk=target.pk),
                content_of(target),
                summary[:300],
                _significance(task),
                task.submission,
            )
    except wiki.NothingChanged as error:
        raise NothingToSubmit from error


def _summary(task: TranslationTask) -> str:
    if task.baseline is None:
        return _("Translation of version %(number)s of the original.") % {"number": task.work.version}
    return _("Translation brought up to version %(number)s of the original.") % {"number": task.work.version}


def _significance(task: TranslationTask) -> str:
    if task.baseline is None:
        return SUBSTANCE
    return task.significance or (ADDITION if task.segments_changed else TYPO)


@transaction.atomic
def take_back(user: User, task_id: int) -> TranslationTask:
    """The translator goes on writing."""
    task = lock_task(task_id)
    if not task.in_review:
        raise DecidedMeanwhile
    if task.submitted_by_id != user.pk:
        raise PermissionDenied
    if task.submission is not None:
        wiki.take_back(user, task.submission.pk)
        return lock_task(task_id)
    _stop_entry(task, user)
    return back_to_writing(task, "")


def _stop_entry(task: TranslationTask, user: User) -> None:
    target = target_of(task.work, task.target_locale_id)
    state = getattr(target, "current_workflow_state", None)
    if state is not None:
        state.cancel(user=user)


def back_to_writing(task: TranslationTask, reason: str) -> TranslationTask:
    """Out of review, into the hands of who submitted it."""
    notices.out_of_review(task)
    task.submitted_at, task.reason = None, reason
    if task.assignee_id is None:
        task.assignee = task.submitted_by
    if task.assignee_id is not None:
        keep_alive(task)
    return recount(task)


@transaction.atomic
def follow_submission(submission: Submission) -> None:
    """The wiki took a submitted page out of review, on whatever screen: its translation is written on."""
    found = TranslationTask.objects.filter(submission=submission, submitted_at__isnull=False).first()
    if found is None:
        return
    reason = submission.reason
    if submission.state == CHANGES_REQUESTED and not reason:
        reason = _(
            "The page itself was changed in the same places meanwhile. Look at it again, and hand it in."
        )
    back_to_writing(lock_task(found.pk), "" if submission.state == DRAFT else reason)


@transaction.atomic
def send_back(user: User, task_id: int, reason: str) -> TranslationTask:
    """Ask the translator for changes, and say which. Raises `DecidedMeanwhile`, `PermissionDenied`, `ValidationError`."""
    task, target = _to_decide(user, task_id)
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise ValidationError({"reason": _("Say what is missing: the translator will read it.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError(
            {"reason": _("Keep the reason under %(number)s characters.") % {"number": LONGEST_REASON}}
        )
    if task.submission_id is not None:
        with told_elsewhere():
            wiki.request_changes(user, task.submission_id, reason)  # and `follow_submission` gives it back
        task = lock_task(task_id)
    else:
        target.current_workflow_task_state.reject(user=user)
        back_to_writing(task, reason)
    notices.sent_back(task, user)
    return task


@transaction.atomic
def approve_translation(user: User, task_id: int) -> TranslationTask:
    """Publish a submitted translation, with what the reviewer changed in it. What follows is `record_translation`.

    Raises `DecidedMeanwhile`, `PermissionDenied`, `SourceGone`, `Faulty`, `Incomplete`, and as `wiki.approve`.
    """
    task, target = _to_decide(user, task_id)
    original_as_public(task.work)
    text = task.translated_texts.order_by("-pk").first()
    if text is None:
        raise DecidedMeanwhile
    if _reviewed_on_the_way(task, text):
        made = rendered(task)
        errors = findings_of(task, made.texts).errors()
        if errors:
            raise Faulty(errors)
        revision = made.target.save_revision(user=user, log_action=True)
        again = written_text(task, user, made)
        text.segments, text.media, text.translators = again.segments, again.media, again.translators
        text.source_version = task.work.version
        text.revision_id = revision.pk
    text.reviewed_by, text.reviewer_name = user, user.shown_name
    text.save()
    if task.submission_id is not None:
        with told_elsewhere():
            wiki.approve(user, task.submission_id)
    else:
        target.current_workflow_task_state.approve(user=user)
    task.refresh_from_db()
    return task


def _reviewed_on_the_way(task: TranslationTask, text: TranslatedText) -> bool:
    """Whether a reviewer has saved a segment, or chosen another picture or file, since it was submitted."""
    if text.media is not None and text.media != as_submitted(media_standings(task)):
        return True
    return SegmentDraft.objects.filter(task=task, created_at__gt=text.created_at).exists()


def _to_decide(user: User, task_id: int) -> tuple[TranslationTask, Any]:
    task = lock_task(task_id)
    target = target_of(task.work, task.target_locale_id)
    if not task.in_review or target is None:
        raise DecidedMeanwhile
    if not verdict_on(target, user, task.submitted_by_id).allowed:
        raise PermissionDenied
    if task.submission is not None and task.submission.state != SUBMITTED:
        raise DecidedMeanwhile
    if task.submission is not None and task.submission.revision_id is None:
        raise NotInReach  # another text of the page is in review first
    return task, target
