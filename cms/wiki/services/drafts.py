"""An author's own text for a page, while they write it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.wiki.merging import merge
from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.queries.pages import current_publication, lock_page, sides_of, standing_content
from cms.wiki.queries.submissions import open_submission
from cms.wiki.rules import state_after


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had before them when they began to write: their own text in its version, or the public one.

    Ids; 0 for none. `version` counts the savings of the submission.
    """

    submission: int = 0
    version: int = 0
    base: int = 0

    def __str__(self) -> str:
        return f"{self.submission}.{self.version}.{self.base}"

    @classmethod
    def read(cls, token: str) -> "Seen | None":
        """The inverse of `str()`; None for anything else."""
        parts = token.split(".")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            return None
        return cls(*map(int, parts))


class StaleText(Exception):
    """The text was saved by another window in the meantime. `submission` is what stands now."""

    def __init__(self, submission: Submission):
        super().__init__("saved elsewhere in the meantime")
        self.submission = submission


class TextUnderWay(Exception):
    """Somebody has a text for the page already, and one is enough."""


@transaction.atomic
def keep_draft(user, page: Page, content: dict[str, Any], seen: Seen | None) -> Submission:
    """Keep `content` as the text of `user` for `page`. The first saving opens a submission.

    Raises `StaleText` if `seen` is not what stands now (nothing is written then), and
    `rules.NotInThisState` while the text is with the editors.
    """
    lock_page(page.pk)
    submission = open_submission(page.pk, user.pk)
    if submission is None:
        return _open(user, page, content, seen)
    if seen and (seen.submission, seen.version) != (submission.pk, submission.version):
        raise StaleText(submission)
    state_after("save", submission.state)
    return _write(submission, content)


def _open(user, page: Page, content: dict[str, Any], seen: Seen | None) -> Submission:
    base = current_publication(page.pk)
    if seen and seen.base and (base is None or base.pk != seen.base):
        # Begun before the last publication: what it was written from is what was seen then.
        base = page.published_revisions.filter(pk=seen.base).first() or base
    return Submission.objects.create(
        page_id=page.pk,
        author=user,
        author_name=user.shown_name,
        base=base,
        base_content=None if base else standing_content(page),
        content=content,
        saved_at=timezone.now(),
    )


def _write(submission: Submission, content: dict[str, Any], **changes) -> Submission:
    submission.content = content
    submission.version += 1
    submission.saved_at = timezone.now()
    for name, value in changes.items():
        setattr(submission, name, value)
    submission.save(update_fields=["content", "version", "saved_at", *changes])
    return submission


@transaction.atomic
def resolve_conflict(user, submission_id: int, version: int, choices: dict[str, str]) -> Submission:
    """Bring a text up to what is public now. `choices`: for each field that both changed, "mine" or "theirs".

    A field without a choice keeps the author's text. Raises `StaleText` if the text has another version than
    `version`, and `PermissionDenied` for anybody but its author.
    """
    submission = own_submission(user, submission_id)
    if submission.version != version:
        raise StaleText(submission)
    state_after("save", submission.state)
    page = submission.page
    base, theirs = sides_of(submission, page)
    merged = merge(base, submission.content, theirs)
    content = dict(merged.content)
    for name in merged.conflicts:
        if choices.get(name) == "theirs":
            content[name] = theirs.get(name)
    return _write(submission, content, base=current_publication(page.pk), base_content=_draft(page, theirs))


def _draft(page: Page, standing: dict[str, Any]) -> dict[str, Any] | None:
    """What to keep as the base of a text for a page that was never public."""
    return None if page.live else standing


@transaction.atomic
def keep_apart(user, page: Page, content: dict[str, Any], base_content: dict[str, Any]) -> Submission:
    """Keep the text of somebody whose page was saved by another in the meantime, beside that other's.

    `base_content` is the draft that both began with; the author chooses between the two before they submit.
    Raises `rules.NotInThisState` where they have a text with the editors already.
    """
    lock_page(page.pk)
    submission = open_submission(page.pk, user.pk)
    if submission is None:
        submission = _open(user, page, content, None)
        submission.base_content = base_content
        submission.save(update_fields=["base_content"])
        return submission
    state_after("save", submission.state)
    return _write(submission, content)


@transaction.atomic
def start_from(user, page: Page, copy: PublishedRevision) -> Submission:
    """Begin a text that brings back an earlier version. Raises `TextUnderWay` if `user` has one under way."""
    lock_page(page.pk)
    if open_submission(page.pk, user.pk) is not None:
        raise TextUnderWay
    submission = _open(user, page, copy.content, None)
    submission.reverts_to = copy
    submission.save(update_fields=["reverts_to"])
    return submission


@transaction.atomic
def discard_draft(user, submission_id: int) -> None:
    """Put an own text away; it stays on record, and is nobody's start any more."""
    submission = own_submission(user, submission_id)
    submission.state = state_after("discard", submission.state)
    # Nobody else decided on it, whatever they asked for before.
    submission.decided_at, submission.decided_by = timezone.now(), None
    submission.save(update_fields=["state", "decided_at", "decided_by"])


def own_submission(user, submission_id: int) -> Submission:
    """The submission, its page locked. Raises `Submission.DoesNotExist`, or `PermissionDenied` if not `user`'s."""
    page_id = Submission.objects.values_list("page_id", flat=True).get(pk=submission_id)
    lock_page(page_id)
    submission = Submission.objects.select_related("page", "base", "author").get(pk=submission_id)
    if submission.author_id != user.pk:
        raise PermissionDenied
    return submission
