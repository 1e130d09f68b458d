"""From a submitted text to a decision. The page is locked in every verb, so that two of them come one by one."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.wiki import notices
from cms.wiki.content import page_with, text_in
from cms.wiki.deciders import is_translation, verdict_on
from cms.wiki.hindrances import refuse_while_hindered
from cms.wiki.merging import changed_fields, merge
from cms.wiki.models import Submission
from cms.wiki.queries.pages import (
    current_publication,
    live_content,
    lock_page,
    sides_of,
    standing_content,
)
from cms.wiki.queries.protection import protection_against
from cms.wiki.queries.submissions import in_review, open_submission, waiting_for_turn
from cms.wiki.rules import CHANGES_REQUESTED, SIGNIFICANCES, SUBMITTED, one_line, state_after

from .drafts import StaleText, own_submission
from .protection import Protected, refuse_while_locked

LONGEST_SUMMARY = 300


class Conflict(Exception):
    """The public text changed in the same fields since the author began. `fields` names them."""

    def __init__(self, submission: Submission, fields: list[str]):
        super().__init__(", ".join(fields))
        self.submission = submission
        self.fields = fields


class NothingChanged(Exception):
    """The text says what is public already."""


class AlreadyDecided(Exception):
    """Another moderator decided first, or the text changed since it was looked at. Nothing was written."""

    def __init__(self, submission: Submission):
        super().__init__(submission.state)
        self.submission = submission


# --- The author --------------------------------------------------------------------------------


@transaction.atomic
def submit_for_review(user, submission_id: int, version: int, summary: str, significance: str) -> Submission:
    """Hand an own text to the editors. It enters the page's workflow, or waits until the one before is decided.

    Raises `StaleText`, `Conflict`, `NothingChanged`, `rules.NotInThisState`, `Protected`, `PermissionDenied`, or
    `ValidationError` by field. Submitting twice is submitting once.
    """
    submission = own_submission(user, submission_id)
    if submission.state == SUBMITTED and submission.version == version:
        return submission
    after = state_after("submit", submission.state)
    if submission.version != version:
        raise StaleText(submission)
    page = submission.page
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    protection = protection_against(user, page)
    if protection is not None:
        raise Protected(protection)
    summary = checked_summary(summary, significance)
    content = up_to_date(submission, page)
    live = live_content(page)
    if live is not None and not changed_fields(live, content):
        raise NothingChanged
    page_with(page, content).full_clean()
    submission.content = content
    submission.base = current_publication(page.pk)
    submission.base_content = None if page.live else standing_content(page)
    submission.summary, submission.significance = summary, significance
    submission.state, submission.submitted_at = after, timezone.now()
    submission.reason, submission.decided_at, submission.decided_by = "", None, None
    submission.escalated_at = None
    submission.save()
    let_next_in(page)
    submission.refresh_from_db()
    notices.submitted(submission)
    return submission


def checked_summary(summary: str, significance: str) -> str:
    """The summary on one line. Raises `ValidationError` by field."""
    summary = one_line(summary)
    errors = {}
    if not summary:
        errors["summary"] = _("Say in a few words what you changed.")
    elif len(summary) > LONGEST_SUMMARY:
        errors["summary"] = _("Keep the summary under %(number)s characters.") % {"number": LONGEST_SUMMARY}
    if significance not in dict(SIGNIFICANCES):
        errors["significance"] = _("Choose how much it changes.")
    if errors:
        raise ValidationError(errors)
    return summary


def up_to_date(submission: Submission, page: Page) -> dict:
    """The submission's text joined with what became public since it was begun. Raises `Conflict`."""
    base, theirs = sides_of(submission, page)
    merged = merge(base, submission.content, theirs)
    if merged.conflicts:
        raise Conflict(submission, merged.conflicts)
    return merged.content


@transaction.atomic
def take_back(user, submission_id: int) -> Submission:
    """An author takes a submitted text back to go on writing; the next one waiting comes in."""
    submission = own_submission(user, submission_id)
    submission.state = state_after("take_back", submission.state)
    notices.withdrawn(submission)
    _leave_review(submission, user)
    let_next_in(submission.page)
    return submission


# --- The queue of a page -----------------------------------------------------------------------


def let_next_in(page: Page) -> None:
    """If no text of the page is in review, the one that waits longest enters, brought up to what is public.

    One that conflicts goes back to its author, who chooses by field, and the next has its turn.
    """
    if in_review(page.pk) is not None:
        return
    for submission in list(waiting_for_turn(page.pk).select_related("author", "base")):
        try:
            content = up_to_date(submission, page)
        except Conflict:
            submission.state, submission.decided_at = CHANGES_REQUESTED, None
            submission.reason = ""
            submission.save(update_fields=["state", "decided_at", "reason"])
            notices.overtaken(submission)
            continue
        _enter_review(submission, page, content)
        return


def _enter_review(submission: Submission, page: Page, content: dict) -> None:
    stray = page.current_workflow_state
    if stray is not None:
        stray.cancel(user=submission.author)
    _set_aside_editors_draft(page)
    text = page_with(page, content)
    submission.revision = text.save_revision(user=submission.author, clean=False)
    _name_as_public(page, text)
    log(text, "wagtail.edit", user=submission.author, revision=submission.revision, content_changed=True)
    submission.content = content
    submission.base = current_publication(page.pk)
    submission.base_content = None if page.live else content
    submission.save(update_fields=["revision", "content", "base", "base_content"])
    workflow = text.get_workflow()
    if workflow is None:
        raise PermissionDenied("no moderation stands on this page")
    workflow.start(text, submission.author)


def _name_as_public(page: Page, text: Page) -> None:
    """Wagtail's lists, choosers and reports name a page by its newest draft, to whoever enters there. What is
    under review is for those who decide: a public page keeps the name that readers know, a translation that of its
    original until somebody approved it."""
    if page.live or is_translation(page):
        text.draft_title = page.title
        Page.objects.filter(pk=page.pk).update(draft_title=page.title)


def _set_aside_editors_draft(page: Page) -> None:
    """An editor's unpublished draft must not be buried under a submission: it becomes their own open text."""
    latest = page.latest_revision
    if not page.live or latest is None or not page.has_unpublished_changes or latest.user_id is None:
        return
    if Submission.objects.filter(revision_id=latest.pk).exists() or open_submission(page.pk, latest.user_id):
        return
    content = latest_content(latest)
    live = live_content(page)
    if live is None or not changed_fields(live, content):
        return
    Submission.objects.create(
        page_id=page.pk,
        author_id=latest.user_id,
        author_name=latest.user.shown_name,
        base=current_publication(page.pk),
        content=content,
        saved_at=timezone.now(),
    )


def latest_content(revision: Revision) -> dict:
    return text_in(revision.content)


def _leave_review(submission: Submission, user) -> None:
    """Take a submission out of the page's workflow, with what was changed in it on the way; the line of drafts
    goes back to what is public, so that a refused text is nobody's start."""
    page = submission.page
    page.refresh_from_db()
    if submission.revision_id is not None and page.latest_revision_id is not None:
        latest = page.latest_revision
        # What was saved since, a moderator changed in the text under review, unless it was published beside it.
        if latest.pk not in (submission.revision_id, page.live_revision_id):
            submission.content = latest_content(latest)
            submission.version += 1
    submission.revision = None
    submission.save()  # before the workflow ends: see `signal_handlers.on_workflow_cancelled`
    workflow = page.current_workflow_state
    if workflow is not None:
        workflow.cancel(user=user)
    restore_line(page)


def restore_line(page: Page) -> None:
    """Make the text that is public, or was last, the latest of Wagtail's drafts again; there may be none."""
    if page.live:
        public = type(page.specific)._base_manager.get(pk=page.pk)
    else:
        last = current_publication(page.pk)
        if last is None:
            return
        public = page_with(page, last.content)
    public.save_revision(user=None, changed=False, clean=False)
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False, draft_title=public.title)


# --- The editor --------------------------------------------------------------------------------


def _to_decide(user, submission_id: int, seen_revision: int | None, verb: str) -> tuple[Submission, bool]:
    """The submission in review, its page locked, and whether `user` decides on their own text for want of others.

    Raises `AlreadyDecided` where it is not what the moderator looked at, `PermissionDenied` where they may not.
    """
    page_id = Submission.objects.values_list("page_id", flat=True).get(pk=submission_id)
    lock_page(page_id)
    submission = Submission.objects.select_related("page", "author", "revision").get(pk=submission_id)
    verdict = verdict_on(submission.page.specific, user, submission.author_id)
    if not verdict.allowed:
        raise PermissionDenied
    if submission.state != SUBMITTED or submission.revision_id is None:
        raise AlreadyDecided(submission)
    if seen_revision is not None and submission.page.latest_revision_id != seen_revision:
        raise AlreadyDecided(submission)
    state_after(verb, submission.state)
    return submission, verdict.alone


@transaction.atomic
def approve(user, submission_id: int, seen_revision: int | None = None, significance: str = "") -> Submission:
    """Publish a submitted text. `seen_revision`: the revision the moderator looked at; `significance` corrects
    the author's.

    Raises `AlreadyDecided` (nothing is written), `PermissionDenied`, `Protected` while the page is locked, and
    `Hindered`.
    """
    submission, alone = _to_decide(user, submission_id, seen_revision, "approve")
    page = submission.page
    refuse_while_locked(page.pk)
    refuse_while_hindered(page, submission)
    latest = page.latest_revision
    if latest is not None and latest.pk != submission.revision_id:
        # A moderator revised it on the way: what was looked at is what is published.
        submission.content = latest_content(latest)
        submission.revision = latest
        if latest.user is not None and latest.user_id != submission.author_id:
            submission.co_authors = [*submission.co_authors, latest.user.shown_name]
    submission.state = state_after("approve", submission.state)
    submission.significance = significance or submission.significance
    submission.decided_at, submission.decided_by, submission.decided_alone = timezone.now(), user, alone
    submission.save()
    task_state = page.current_workflow_task_state
    if task_state is None:
        raise AlreadyDecided(submission)
    task_state.approve(user=user)
    notices.decided(submission)
    page.refresh_from_db()
    let_next_in(page)
    return submission


@transaction.atomic
def request_changes(user, submission_id: int, reason: str, seen_revision: int | None = None) -> Submission:
    """Send a text back to its author, with what is missing. Raises as `approve`, and `ValidationError`."""
    return _send_back(user, submission_id, reason, seen_revision, "request_changes")


@transaction.atomic
def decline(user, submission_id: int, reason: str, seen_revision: int | None = None) -> Submission:
    """Refuse a text for good, with the reason. It stays on record. Raises as `approve`, and `ValidationError`."""
    return _send_back(user, submission_id, reason, seen_revision, "decline")


def _send_back(user, submission_id: int, reason: str, seen_revision: int | None, verb: str) -> Submission:
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Give the reason: those who wrote the text will read it.")})
    submission, alone = _to_decide(user, submission_id, seen_revision, verb)
    submission.state = state_after(verb, submission.state)
    submission.reason = reason
    submission.decided_at, submission.decided_by, submission.decided_alone = timezone.now(), user, alone
    _leave_review(submission, user)
    notices.decided(submission)
    let_next_in(submission.page)
    return submission


@transaction.atomic
def stopped_elsewhere(workflow_state, user) -> None:
    """One of Wagtail's own screens ended the workflow of a page: its submission goes back to its author."""
    submission = in_review(int(workflow_state.object_id))
    if submission is None:
        return
    lock_page(submission.page_id)
    submission.state = state_after("take_back", submission.state)
    notices.withdrawn(submission)
    _leave_review(submission, user)
    let_next_in(submission.page)


@transaction.atomic
def published_elsewhere(page: Page, revision_id: int | None) -> None:
    """Another text of the page was published while one is in review: that one is joined with it anew, or goes
    back to its author where both meet."""
    submission = in_review(page.pk)
    if submission is None or submission.revision_id == revision_id:
        return
    _leave_review(submission, submission.author)
    let_next_in(Page.objects.get(pk=page.pk))


def decide_page(task_state, user, action: str, reason: str) -> None:
    """A decision from one of Wagtail's own screens."""
    page = task_state.workflow_state.content_object
    submission = in_review(page.pk)
    if submission is None:
        raise PermissionDenied("this page has no submission in review")
    if action == "approve":
        approve(user, submission.pk)
    elif action == "reject":
        request_changes(user, submission.pk, reason)
