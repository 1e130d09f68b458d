"""Who was told what, for tests of following."""

from cms.notifications.models import Notification
from cms.notifications.services import set_preference
from forum.models import CategoryLevel, Post, Reading
from forum.notices import DECISIONS, MENTIONS, REVIEW, WATCHED
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
