"""Lists of topics: the newest, those one has not read to the end, those without an answer, those one follows.

One query each, of as many rows as a page shows and one more; the next page begins after the last row of this one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet

from forum.models import Topic
from forum.places import Place
from forum.rules import TopicState
from forum.standing import standing_of

PER_PAGE = 25
LISTS = ("latest", "unread", "unanswered", "following")
FOR_MEMBERS = ("unread", "following")


@dataclass(frozen=True, slots=True)
class AskedList:
    name: str = "latest"
    language: str = ""
    category_id: int = 0
    after: Place | None = None


class TopicRow(NamedTuple):
    pk: int
    title: str
    language: str
    category_id: int
    pinned: bool
    closed: bool
    page_id: int | None
    posts_count: int
    highest_number: int
    bumped_at: datetime
    created_at: datetime
    author: str
    last_author: str
    last_number: int
    last_read: int | None  # by who asks; None: never opened

    def place(self, pins: bool) -> Place:
        return Place(self.pinned and pins, self.bumped_at, self.pk)


_COLUMNS = ("pk", "title", "language", "category_id", "pinned", "closed", "page_id", "posts_count")
_COLUMNS += ("highest_number", "bumped_at", "created_at")
_NAMES = ("author__display_name", "author__username", "author_name")
_LAST = tuple(f"last_post__{name}" for name in (*_NAMES, "number"))


def topic_rows(asked: AskedList, user) -> tuple[list[TopicRow], bool]:
    """The topics of one page of a list, and whether there are more."""
    who = standing_of(user)
    topics = Topic.objects.visible_to(user).filter(state=TopicState.OPEN)
    if who.known:
        topics = topics.alias(mine=FilteredRelation("readings", condition=Q(readings__user=who.user_id)))
    if asked.language:
        topics = topics.filter(language=asked.language)
    if asked.category_id:
        topics = topics.filter(category_id=asked.category_id)
    if asked.name == "unanswered":
        topics = topics.filter(posts_count=1)
    elif asked.name == "unread":
        topics = topics.filter(mine__last_read__gt=0, mine__last_read__lt=F("highest_number"))
    pins = bool(asked.category_id) and asked.name == "latest"
    columns = (*_COLUMNS, *_NAMES, *_LAST, *(("mine__last_read",) if who.known else ()))
    rows = list(_in_order(topics, asked.after, pins).values_list(*columns)[: PER_PAGE + 1])
    return [_row(row, who.known) for row in rows[:PER_PAGE]], len(rows) > PER_PAGE


def _in_order(topics: QuerySet, after: Place | None, pins: bool) -> QuerySet:
    if after is not None:
        older = Q(bumped_at__lte=after.moment) & ~Q(bumped_at=after.moment, pk__gte=after.pk)
        if pins and after.pinned:
            older = (Q(pinned=True) & older) | Q(pinned=False)
        elif pins:
            older &= Q(pinned=False)
        topics = topics.filter(older)
    return topics.order_by(*(["-pinned"] if pins else []), "-bumped_at", "-pk")


def _row(row: tuple, known: bool) -> TopicRow:
    plain, author, last = row[:11], row[11:14], row[14:18]
    return TopicRow(*plain, _name(*author), _name(*last[:3]), last[3] or 0, row[18] if known else None)


def _name(display_name: str | None, username: str | None, kept: str | None) -> str:
    """ "" for somebody whose account is gone and whose name did not stay."""
    return display_name or username or kept or ""
