"""The receipts of an author: where each of their texts stands, who is next, and what is asked of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from cms.wiki.models import Submission
from cms.wiki.queries.submissions import recent_waits
from cms.wiki.queries.waiting import WaitingTexts, waiting_texts
from cms.wiki.rules import (
    CHANGES_REQUESTED,
    DECLINED,
    DRAFT,
    OPEN_STATES,
    SUBMITTED,
    place_in_queue,
    usual_wait,
)
from cms.wiki.wording import place_in_words, usual_wait_in_words, who_decides

DECLINED_SHOWN = timedelta(days=30)

# What is asked of the author; also where a text stands, for styling.
WRITE, REVISED, WAIT, WAIT_FOR_TURN = "draft", "revised", "moderation", "turn"
CHANGE, CHOOSE, READ_REASON = "changes", "conflict", "declined"


@dataclass(frozen=True, slots=True)
class Receipt:
    submission: Submission  # without its text
    title: str  # the author's own
    language: str
    state: str  # one of the keys above
    place: str  # in words; "" for what is not in the queue
    usual: str  # in words; "" where it is not in the queue or nothing was decided yet
    who: str  # who decides next, in words, by name where it is one person; "" for what is not in the queue
    group: str  # the same, but always the group

    @property
    def may_write(self) -> bool:
        return self.state in (WRITE, REVISED, CHANGE)

    @property
    def may_discard(self) -> bool:
        return self.may_write or self.state == CHOOSE

    @property
    def may_take_back(self) -> bool:
        return self.state in (WAIT, WAIT_FOR_TURN)


def receipts(user) -> list[Receipt]:
    """The texts `user` has under way and those declined in the last days, the last touched first.

    At most seven queries, one where nothing is under way.
    """
    mine = list(own_texts(user))
    in_queue = any(each.state == SUBMITTED for each in mine)
    waiting = waiting_texts() if in_queue else None
    usual = usual_wait_in_words(usual_wait(recent_waits())) if in_queue else ""
    return [receipt(each, waiting, usual) for each in mine]


def receipt_of(submission: Submission) -> Receipt:
    """The receipt of one text, which needs no more than its page beside it. At most six queries."""
    if submission.state != SUBMITTED:
        return receipt(submission, None, "")
    return receipt(submission, waiting_texts(), usual_wait_in_words(usual_wait(recent_waits())))


def own_texts(user) -> QuerySet[Submission]:
    declined = Q(state=DECLINED, decided_by__isnull=False, decided_at__gt=timezone.now() - DECLINED_SHOWN)
    return (
        Submission.objects.filter(Q(state__in=OPEN_STATES) | declined, author=user)
        .annotate(own_title=KT("content__title"))
        .defer("content", "base_content")
        .select_related("page__locale", "page__content_type", "decided_by")
        .order_by("-saved_at", "-pk")
    )


def receipt(submission: Submission, waiting: WaitingTexts | None, usual: str) -> Receipt:
    title = getattr(submission, "own_title", None) or submission.page.draft_title
    language = submission.page.locale.language_code
    text = waiting.text(submission.pk) if waiting else None
    if waiting is None or text is None:
        return Receipt(submission, title, language, state_of(submission), "", "", "", "")
    return Receipt(
        submission,
        title,
        language,
        state_of(submission),
        place_in_words(place_in_queue(text.pk, waiting.of_group(text.group))),
        usual,
        who_decides(text.group, waiting.others_than(text.author_id, text.group)),
        who_decides(text.group, []),
    )


def state_of(submission: Submission) -> str:
    if submission.state == SUBMITTED:
        return WAIT if submission.is_in_review else WAIT_FOR_TURN
    if submission.state == CHANGES_REQUESTED:
        # Sent back by nobody: the page was changed in the same places while it waited.
        return CHANGE if submission.decided_at else CHOOSE
    if submission.state == DRAFT:
        return REVISED if submission.page.live else WRITE
    return READ_REASON if submission.state == DECLINED and submission.decided_by_id else submission.state


def reviewed_revisions(revisions: Iterable[int | None]) -> QuerySet:
    """Which of these drafts of Wagtail's are the text of a submission."""
    known = [pk for pk in revisions if pk]
    return Submission.objects.filter(revision_id__in=known).values_list("revision_id", flat=True)
