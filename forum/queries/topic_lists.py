"""Lists of topics: the newest, those one has not read to the end, those without an answer, those one follows.

One query each, of as many rows as a page shows and one more; the next page begins after the last row of this one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q, QuerySet

from cms.core.prepared import Prepared, Slot
from forum.eyes import KINDS, Eyes, eyes_of
from forum.models import Topic
from forum.places import Place
from forum.queries.unread import followed, not_read_to_the_end, with_unread, without_muted
from forum.rules import NOBODY, Level, Standing, TopicState
from forum.standing import standing_of

PER_PAGE = 25
LISTS = ("latest", "unread", "unanswered", "following", "hidden")
FOR_MEMBERS = ("unread", "following")


@dataclass(frozen=True, slots=True)
class AskedList:
    name: str = "latest"
    language: str = ""
    category_id: int = 0
    after: Place | None = None

    @property
    def pins(self) -> bool:
        """Whether pinned topics stand first."""
        return bool(self.category_id) and self.name == "latest"


class TopicRow(NamedTuple):
    pk: int
    title: str
    language: str
    category_id: int
    state: str
    pinned: bool
    closed: bool
    page_id: int | None
    posts_count: int
    bumped_at: datetime
    author: str  # "" for a former member
    last_author: str
    last_number: int
    level: int
    first_unread: int | None
    unread: int
    last_read: int

    def place(self, pins: bool) -> Place:
        return Place(self.pinned and pins, self.bumped_at, self.pk)


_COLUMNS = (
    *("pk", "title", "language", "category_id", "state", "pinned", "closed", "page_id", "posts_count"),
    "bumped_at",
)
_NAMES = ("author__display_name", "author__username", "author_name")
_LAST = tuple(f"last_post__{name}" for name in (*_NAMES, "number"))
_MINE = ("level", "first_unread", "unread", "last_read")
_NOT_MINE = (Level.NORMAL, None, 0, 0)


def topic_rows(asked: AskedList, user) -> tuple[list[TopicRow], bool]:
    """The topics of one page of a list, and whether there are more."""
    eyes = eyes_of(user)
    if asked.after is not None:
        rows = list(_query(asked, standing_of(user)))
    else:
        values: list[int | str] = [standing_of(user).user_id] if eyes.known else []
        values += [value for value in (asked.language, asked.category_id) if value]
        kind = (asked.name, bool(asked.language), bool(asked.category_id))
        rows = _first_page(eyes, *kind).converted(*values)
    return [_row(row) for row in rows[:PER_PAGE]], len(rows) > PER_PAGE


@lru_cache(maxsize=KINDS)
def _first_page(eyes: Eyes, name: str, of_language: bool, of_category: bool) -> Prepared:
    """What most ask for, compiled once. Runs with the number of who asks, where they are known, then what is said."""

    def build(*slots: Slot) -> QuerySet:
        given = iter(slots)
        who = eyes.standing(next(given).number) if eyes.known else NOBODY
        language = next(given).text if of_language else ""
        return _query(AskedList(name, language, next(given).number if of_category else 0), who)

    return Prepared(build)


def _query(asked: AskedList, who: Standing) -> QuerySet:
    topics = _of_list(Topic.objects.visible_to(who), asked, who)
    if asked.language:
        topics = topics.filter(language=asked.language)
    if asked.category_id:
        topics = topics.filter(category_id=asked.category_id)
    columns = (*_COLUMNS, *_NAMES, *_LAST)
    if who.known:
        topics, columns = with_unread(topics, who), (*columns, *_MINE)
    return _in_order(topics, asked).values_list(*columns)[: PER_PAGE + 1]


def _of_list(topics: QuerySet, asked: AskedList, user) -> QuerySet:
    if asked.name == "hidden":
        return topics.filter(state__in=TopicState.UNSEEN)
    topics = topics.filter(state=TopicState.OPEN)
    if asked.name == "unread":
        return not_read_to_the_end(topics, user)
    if asked.name == "following":
        return followed(topics, user)
    if asked.name == "unanswered":
        topics = topics.filter(posts_count=1)
    return without_muted(topics, user, asked_category=asked.category_id)


def _in_order(topics: QuerySet, asked: AskedList) -> QuerySet:
    after = asked.after
    if after is not None:
        older = Q(bumped_at__lte=after.moment) & ~Q(bumped_at=after.moment, pk__gte=after.pk)
        if asked.pins and after.pinned:
            older = (Q(pinned=True) & older) | Q(pinned=False)
        elif asked.pins:
            older &= Q(pinned=False)
        topics = topics.filter(older)
    return topics.order_by(*(["-pinned"] if asked.pins else []), "-bumped_at", "-pk")


def _row(row: tuple) -> TopicRow:
    size = len(_COLUMNS)
    plain, author, last = row[:size], row[size : size + 3], row[size + 3 : size + 7]
    names = (name_of(*author), name_of(*last[:3]), last[3] or 0)
    return TopicRow._make((*plain, *names, *(row[size + 7 :] or _NOT_MINE)))


def name_of(display_name: str | None, username: str | None, kept: str | None) -> str:
    """As `User.shown_name` says it, from a row; "" for somebody whose account is gone and whose name did not stay."""
    return display_name or username or kept or ""


def topics_about(work, user) -> Iterable[TopicRow]:
    """Those about a work of the library, whatever its language, the newest first. One query."""
    topics = Topic.objects.visible_to(user).filter(work=work, state=TopicState.OPEN)
    rows = topics.order_by("-bumped_at", "-pk").values_list(*_COLUMNS, *_NAMES, *_LAST)[:PER_PAGE]
    return [_row(row) for row in rows]
