"""The moderators' queue: all that waits, with what they need to choose what to look at first."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cms.core.paging import Window
from cms.wiki.deciders import decides_on_all
from cms.wiki.models import Submission
from cms.wiki.queries.waiting import Waiting, WaitingTexts
from cms.wiki.rules import is_overdue
from cms.wiki.wording import who_decides

ROWS = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    submission: Submission  # without its text
    title: str
    language: str
    language_name: str
    waited: timedelta
    overdue: bool
    in_review: bool
    decidable: bool
    own: bool
    readable: bool
    decided_by: str  # who decides, in words
    others: int  # texts of the same page that wait too


def chosen(waiting: WaitingTexts, user, language: str = "", mine: bool = False) -> list[Waiting]:
    """What the filters leave of all that waits. `mine`: only what `user` may decide on now."""
    texts = waiting.decidable(user) if mine else waiting.texts
    return [text for text in texts if not language or text.language == language]


def rows_of(waiting: WaitingTexts, texts: list[Waiting], user, window: Window) -> list[QueueRow]:
    """The rows of `window`. One query."""
    shown = texts[window.start : window.stop]
    submissions = (
        Submission.objects.defer("content", "base_content")
        .select_related("page", "author")
        .in_bulk([text.pk for text in shown])
    )
    on_page: dict[int, int] = {}
    for text in waiting.texts:
        on_page[text.page_id] = on_page.get(text.page_id, 0) + 1
    reads_all, now = decides_on_all(user), timezone.now()
    rows = []
    for text in shown:
        if text.pk not in submissions:
            continue  # decided since
        submission, verdict = submissions[text.pk], waiting.verdict(text, user)
        own = text.author_id == user.pk
        rows.append(
            QueueRow(
                submission=submission,
                title=submission.page.title if submission.page.live else submission.page.draft_title,
                language=text.language,
                language_name=settings.LANGUAGE_NAMES.get(text.language, text.language),
                waited=now - text.submitted_at,
                overdue=is_overdue(now - text.submitted_at, settings.MODERATION_OVERDUE_DAYS),
                in_review=text.in_review,
                decidable=text.in_review and verdict.allowed,
                own=own,
                readable=reads_all or verdict.allowed or own,
                decided_by=who_decides(text.group, waiting.others_than(text.author_id, text.group)),
                others=on_page[text.page_id] - 1,
            )
        )
    return rows
