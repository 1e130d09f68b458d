"""From a translator's drafts to a decision. Nothing of it is public, or in anybody's memory, before the approval."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.accounts.models import User
from cms.translations import notices, rules
from cms.translations.models import SegmentDraft, TranslatedText, TranslationTask
from cms.translations.outlets import give_address, start_workflow, target_for
from cms.translations.queries.findings import findings_of
from cms.translations.queries.media import replacements_of
from cms.translations.queries.texts import latest_drafts, media_standings, survey_of
from cms.translations.queries.works import target_of
from cms.translations.rendering import render
from cms.translations.replacing import as_submitted
from cms.wiki import services as wiki
from cms.wiki.content import content_of
from cms.wiki.deciders import verdict_on
from cms.wiki.models import Submission
from cms.wiki.notices import told_elsewhere
from cms.wiki.rules import ADDITION, CHANGES_REQUESTED, DRAFT, SUBMITTED, SUBSTANCE, TYPO

from .claiming import NotInReach, keep_alive, lock_task
from .counting import recount
from .drafting import require_hand
from .works import original_as_public

LONGEST_REASON = 5000  # characters, as on the wiki's own screens


class Incomplete(Exception):
    """Some segments have no words yet. `keys`: theirs."""

    def __init__(self, keys: list[str]):
        super().__init__(f"{len(keys)} without words")
        self.keys = keys


class Faulty(Exception):
    """Checks found errors. `findings`: key of a segment → what was found."""

    def __init__(self, findings: dict[str, list]):
        super().__init__(f"{len(findings)} with errors")
        self.findings = findings


class NothingToSubmit(Exception):
    """The translation says what is public already."""


class DecidedMeanwhile(Exception):
    """Somebody decided first, or the translation was taken back. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Rendered:
    target: Any  # the page or entry with the translated words, not saved
    texts: dict[str, str]
    drafts: dict[str, SegmentDraft]


def rendered(task: TranslationTask) -> Rendered:
    """The translation as it would be published. Raises `Incomplete`, `SourceGone`, `NoParentYet`."""
    original = original_as_public(task.work)
    drafts = latest_drafts(task)
    found = survey_of(task, drafts)
    if not found.complete:
        raise Incomplete([each.segment.key for each in found.standings if not each.text])
    texts = found.texts()
    target = target_for(task.work, original, task.target_locale)
    render(original, target, texts, links_of(task, drafts), replacements_of(task))
    give_address(target)
    return Rendered(target, texts, drafts)


def links_of(task: TranslationTask, drafts: dict[str, SegmentDraft]) -> dict[str, dict[str, str]]:
    """Key → the addresses chosen for links: of the drafts, else of what is published."""
    chosen = {known_key(row): row.get("links", {}) for row in task.baseline.segments} if task.baseline else {}
    return {**chosen, **{key: draft.links for key, draft in drafts.items()}}


def known_key(row: dict) -> str:
    return rules.Known(row["path"], row["source"], row["target"]).key


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
    text = _written(task, user, made)
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


def _written(task: TranslationTask, user: User, made: Rendered) -> TranslatedText:
    before = {known_key(row): row for row in task.baseline.segments} if task.baseline else {}
    links = links_of(task, made.drafts)
    rows = []
    for row in task.work.segments:
        key = known_key({"path": row["path"], "source": row["text"], "target": ""})
        draft, old = made.drafts.get(key), before.get(key, {})
        drafted = draft is not None and draft.text == made.texts[key]
        rows.append(
            {
                "path": row["path"],
                "source": row["text"],
                "block": row["block"],
                "target": made.texts[key],
                "author": draft.author_name if drafted and draft else old.get("author", ""),
                "origin": draft.origin if drafted and draft else old.get("origin", rules.SAME_PAGE),
                "links": links.get(key, {}),
            }
        )
    return TranslatedText(
        task=task,
        source_version=task.work.version,
        segments=rows,
        media=as_submitted(media_standings(task)),
        translators=_translators(rows, user),
    )


def _translators(rows: list[dict], user: User) -> list[str]:
    """Names, who wrote most words first; whoever hands it in at least."""
    words: dict[str, int] = {}
    for row in rows:
        if row["author"]:
            words[row["author"]] = words.get(row["author"], 0) + len(row["target"].split())
    return sorted(words, key=lambda name: -words[name]) or [user.shown_name]


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
        again = _written(task, user, made)
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
