"""Who was told what, for tests of following."""

from collections.abc import Iterable
from typing import NamedTuple

from cms.notifications.models import Notification
from cms.notifications.services import set_preference
from forum.models import CategoryLevel, Post, Reading, Topic
from forum.notices import DECISIONS, MENTIONS, REVIEW, WATCHED
from forum.queries.unread import with_unread
from forum.rules import Level
from forum.standing import standing_of
from tests.factories.documents import make_user

KINDS = {WATCHED: "watched", MENTIONS: "mentions", REVIEW: "review", DECISIONS: "decisions"}


def make_reader(name: str = "", *, level=None, topic=None, category=None, **fields):
    """A member who holds a level of a topic or of a category, and has read nothing."""
    user = make_user(name=name, **fields)
    if topic is not None:
        Reading.objects.create(
            user=user, topic=topic, level=level, reason="chosen" if level is not None else ""
        )
    if category is not None:
        CategoryLevel.objects.create(user=user, category=category, level=level)
    return user


def mention(user) -> str:
    return f"[@{user.shown_name}](/forum/m/{user.pk}/)"


def quote(post: Post) -> str:
    return f"> [{post.author}](/forum/p/{post.pk}/):\n> what was said\n\n"


def told(user) -> list[tuple[str, str]]:
    """[(kind, how)] of what `user` was told, oldest first."""
    rows = Notification.objects.filter(recipient=user).order_by("pk")
    return [(KINDS[row.kind], row.data.get("how") or row.data.get("said", "")) for row in rows]


def unread(user) -> int:
    return Notification.objects.filter(recipient=user, read_at=None).count()


def daily(user) -> None:
    for kind in (WATCHED, MENTIONS):
        set_preference(user, kind, frequency="daily")


class Unread(NamedTuple):
    """`first`: number of the first unread post, None where all is read. `how_many`: 0 where they do not follow."""

    level: int
    last_read: int
    first: int | None
    how_many: int


def unread_of(topics: Iterable[Topic | int], user) -> dict[int, Unread]:
    """By topic, as the lists show it. One query, whatever their number; none for nobody."""
    ids = [topic if isinstance(topic, int) else topic.pk for topic in topics]
    if not ids or not standing_of(user).known:
        return {}
    rows = with_unread(Topic.objects.visible_to(user).filter(pk__in=ids), user).values_list(
        "pk", "level", "last_read", "first_unread", "unread"
    )
    return {
        pk: Unread(level, last_read, first, count if level >= Level.TRACKING else 0)
        for pk, level, last_read, first, count in rows
    }
