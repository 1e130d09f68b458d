"""Whom the wiki tells what, and when. The words are found in `cms.wiki.telling`, by kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from wagtail.models import Page

from cms.accounts.models import User
from cms.notifications.services import notify, settle
from cms.wiki.deciders import deciders, deciding_group, moderators_of_pages
from cms.wiki.models import PublishedRevision, Submission, Suggestion
from cms.wiki.queries.contributors import contributors_since_publication
from cms.wiki.queries.watching import watchers_of

WAITING, SUGGESTED, TEXTS, WATCHED = "wiki-waiting", "wiki-suggested", "wiki-texts", "wiki-watched"
EXCERPT = 280  # characters of a suggestion
_told_elsewhere: ContextVar[bool] = ContextVar("wiki_told_elsewhere", default=False)


@contextmanager
def told_elsewhere() -> Iterator[None]:
    """What is submitted or decided within is told by the app that calls, which knows more of it."""
    token = _told_elsewhere.set(True)
    try:
        yield
    finally:
        _told_elsewhere.reset(token)


def is_told_elsewhere() -> bool:
    return _told_elsewhere.get()


def submitted(submission: Submission) -> None:
    """To those who decide."""
    if is_told_elsewhere():
        return
    page = submission.page.specific
    notify(
        deciders(page, submission.author_id).values_list("pk", flat=True),
        WAITING,
        about_submission(submission),
        {**_data(submission), "said": "submitted", "group": deciding_group(page, submission.author_id)},
        event=_event("submitted", submission.submitted_at),
        actor=submission.author,
        actor_name=submission.author_name,
    )


def withdrawn(submission: Submission) -> None:
    """Nobody has to decide on it any more."""
    settle(WAITING, about_submission(submission))


def overtaken(submission: Submission) -> None:
    """To the author: the page changed in the same places, choose by field."""
    withdrawn(submission)
    if submission.author_id is not None:
        notify(
            [submission.author_id],
            TEXTS,
            about_submission(submission),
            {**_data(submission), "said": "overtaken", "own": True},
            event=f"overtaken:{submission.version}:{submission.base_id}",
        )


def decided(submission: Submission) -> None:
    """To the author, and with a reason to everybody who contributed since the last publication."""
    withdrawn(submission)
    if is_told_elsewhere():
        return
    data = {**_data(submission), "said": submission.state, "reason": submission.reason}
    if submission.author_id is not None:
        _tell_of_decision(submission, {submission.author_id}, {**data, "own": True})
    if submission.reason:
        others = contributors_since_publication(submission.page_id) - {submission.author_id}
        _tell_of_decision(submission, others, {**data, "own": False})


def _tell_of_decision(submission: Submission, recipients: set[int], data: dict) -> None:
    notify(
        recipients,
        TEXTS,
        about_submission(submission),
        data,
        event=_event(submission.state, submission.decided_at),
        actor=submission.decided_by,
    )


def overdue(submission: Submission) -> None:
    """To all editors, once: a text has waited longer than the site promises."""
    notify(
        moderators_of_pages().exclude(pk=submission.author_id).values_list("pk", flat=True),
        WAITING,
        about_submission(submission),
        {
            **_data(submission),
            "said": "overdue",
            "group": deciding_group(submission.page.specific, submission.author_id),
        },
        event=_event("overdue", submission.submitted_at),
        actor_name=submission.author_name,
    )


def suggested(suggestion: Suggestion) -> None:
    """To those who decide on the page: a reader proposes a correction."""
    page = suggestion.page.specific
    text = suggestion.text if len(suggestion.text) <= EXCERPT else suggestion.text[: EXCERPT - 1] + "…"
    notify(
        deciders(page).values_list("pk", flat=True),
        SUGGESTED,
        about_suggestion(suggestion),
        {
            "suggestion": suggestion.pk,
            "title": page.title,
            "lang": page.locale.language_code,
            "text": text,
            "group": deciding_group(page),
        },
        event="suggested",
        actor_name=suggestion.name,
    )


def handled(suggestion: Suggestion) -> None:
    """Nobody has to answer it any more."""
    settle(SUGGESTED, about_suggestion(suggestion))


def published(copy: PublishedRevision, page: Page, older: PublishedRevision | None) -> None:
    """To those who watch `page`, of its own type; never to who wrote or approved it. `older`: the copy before."""
    if not copy.was_public:
        return
    recipients = watchers_of(page, copy.language) - {copy.author_id, copy.approved_by_id}
    notify(
        [pk for pk in recipients if pk is not None],
        WATCHED,
        about_page(page.pk),
        {
            "page": page.pk,
            "version": copy.pk,
            "number": copy.number,
            "older": older.pk if older is not None and older.was_public else None,
            "title": copy.title,
            "lang": copy.language,
            "summary": copy.summary,
            "significance": copy.significance,
        },
        event=f"version:{copy.pk}",
        actor=copy.author if isinstance(copy.author, User) else None,
        actor_name=copy.author_name,
    )


def about_submission(submission: Submission) -> str:
    return f"submission:{submission.pk}"


def about_suggestion(suggestion: Suggestion) -> str:
    return f"suggestion:{suggestion.pk}"


def about_page(page_id: int) -> str:
    return f"page:{page_id}"


def _event(verb: str, moment: datetime | None) -> str:
    """What happened is told once; the same text handed in or decided again is another event."""
    return f"{verb}:{moment.isoformat() if moment else ''}"


def _data(submission: Submission) -> dict:
    return {
        "submission": submission.pk,
        "page": submission.page_id,
        "title": submission.content.get("title") or submission.page.title,
        "lang": submission.page.locale.language_code,
        "summary": submission.summary,
        "significance": submission.significance,
        "author": submission.author_name,
    }
