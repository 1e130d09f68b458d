"""The immutable copy that is taken whenever a page is published, whatever road led there."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.core.visibility import public_row
from cms.wiki import notices
from cms.wiki.content import content_of
from cms.wiki.merging import changed_fields
from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.queries.pages import lock_page
from cms.wiki.rules import SUBSTANCE
from cms.wiki.texts import page_text

from .watching import watch_own


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a publication that comes from no submission. `author` None: whoever saved the text."""

    summary: str = ""
    significance: str = SUBSTANCE
    author: User | None = None
    author_name: str = ""
    approved_by: User | None = None
    approved_alone: bool = False
    co_authors: list[str] = field(default_factory=list)


_note: ContextVar[Note | None] = ContextVar("publication_note", default=None)


@contextmanager
def publishing(note: Note) -> Iterator[None]:
    """What is published within is recorded with `note`."""
    token = _note.set(note)
    try:
        yield
    finally:
        _note.reset(token)


@transaction.atomic
def record_publication(page: Page, revision: Revision | None) -> PublishedRevision | None:
    """Take the copy of `page`, of its own type, as it was just published from `revision`.

    None where it says the same as the last copy: a page that was taken down and comes back is no new version.
    """
    lock_page(page.pk)
    if revision is not None and page.latest_revision_id == revision.pk and page.draft_title != page.title:
        # While it was under review, the page kept the name that readers knew.
        Page.objects.filter(pk=page.pk).update(draft_title=page.title)
    last = PublishedRevision.objects.filter(page_id=page.pk).order_by("-number").first()
    content = content_of(page)
    submission = _submission_of(page, revision)
    if last and not changed_fields(last.content, content):
        return None
    note = _note.get() or _note_of(submission, revision)
    size = page_text(page).word_count
    copy = PublishedRevision.objects.create(
        page_id=page.pk,
        number=last.number + 1 if last else 1,
        published_at=page.last_published_at or timezone.now(),
        title=page.title,
        content=content,
        language=page.locale.language_code,
        author=note.author,
        author_name=note.author_name or (note.author.shown_name if note.author else ""),
        co_authors=note.co_authors,
        summary=note.summary,
        significance=note.significance,
        size=size,
        size_change=size - last.size if last else size,
        approved_by=note.approved_by,
        approved_alone=note.approved_alone,
        reverted_to=submission.reverts_to if submission else None,
        was_public=public_row(page.live, page.locale.language_code, page.path),
        revision_id=revision.pk if revision else None,
    )
    if note.author is not None:
        watch_own(note.author, page.pk)
    notices.published(copy, page, last)
    return copy


def _submission_of(page: Page, revision: Revision | None) -> Submission | None:
    """The submission whose text this is, if it went through one."""
    if revision is None:
        return None
    return (
        Submission.objects.filter(page_id=page.pk, revision_id=revision.pk)
        .select_related("author", "decided_by", "reverts_to", "suggestion")
        .first()
    )


def _note_of(submission: Submission | None, revision: Revision | None) -> Note:
    if submission is None:
        return Note(author=revision.user if revision else None)
    if submission.suggestion is not None:
        # The words are a reader's: credited to the name they gave; who worked them in is named beside it.
        return Note(
            summary=submission.summary,
            significance=submission.significance,
            author_name=submission.suggestion.name,
            approved_by=submission.decided_by,
            approved_alone=submission.decided_alone,
            co_authors=[submission.author_name, *submission.co_authors],
        )
    return Note(
        summary=submission.summary,
        significance=submission.significance,
        author=submission.author,
        author_name=submission.author_name,
        approved_by=submission.decided_by,
        approved_alone=submission.decided_alone,
        co_authors=list(submission.co_authors),
    )
