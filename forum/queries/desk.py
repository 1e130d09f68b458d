"""What somebody finds of the forum on their desk."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import QuerySet

from forum.models import ReviewItem, Topic
from forum.models.topic import slug_of
from forum.queries.mine import WaitingPost, waiting_posts
from forum.queries.unread import COUNTED, followed, not_read_to_the_end, with_unread
from forum.rules import ReviewState, TopicState
from forum.standing import standing_of

LISTED = 6


class UnreadTopic(NamedTuple):
    """`unread`: how many posts, `queries.unread.COUNTED` at most."""

    pk: int
    title: str
    language: str
    first_unread: int
    unread: int

    @property
    def slug(self) -> str:
        return slug_of(self.title)


@dataclass(frozen=True, slots=True)
class ForumDesk:
    """`to_decide`: how many things wait for their decision, `COUNTED` at most; None for who decides on none."""

    unread: list[UnreadTopic] = field(default_factory=list)
    more_unread: bool = False
    waiting: list[WaitingPost] = field(default_factory=list)
    to_decide: int | None = None

    def __bool__(self) -> bool:
        return bool(self.unread or self.waiting or self.to_decide is not None)


def forum_desk(user) -> ForumDesk:
    """Three queries at most, and one for who they are."""
    who = standing_of(user)
    topics = Topic.objects.visible_to(user).filter(state=TopicState.OPEN)
    rows: QuerySet = (
        with_unread(not_read_to_the_end(followed(topics, user), user), user)
        .order_by("-bumped_at", "-pk")
        .values_list("pk", "title", "language", "first_unread", "unread")[: LISTED + 1]
    )
    unread = [UnreadTopic(*row) for row in rows if row[3]]
    to_decide = None
    if who.moderates_any():
        items = ReviewItem.objects.visible_to(user).filter(state=ReviewState.WAITING)
        to_decide = items.order_by().values("pk")[:COUNTED].count()
    return ForumDesk(unread[:LISTED], len(unread) > LISTED, waiting_posts(user, LISTED), to_decide)
