"""What somebody chose to hear of, and what is new since they looked."""

from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from cms.core.prepared import Prepared
from forum.models import Category, CategoryLevel, Post, Topic
from forum.queries.unread import COUNTED, Count, with_level
from forum.rules import Level, PostState


class Following(NamedTuple):
    """`own`: chosen for the topic itself, for the `reason` given; None: that of its category holds."""

    own: int | None
    of_category: int
    reason: str = ""

    @property
    def level(self) -> int:
        return self.of_category if self.own is None else self.own


def followed_topic(topic_id: int, user) -> tuple[Topic, Following]:
    """One query. `Topic.DoesNotExist`."""
    topic = with_level(Topic.objects.visible_to(user), user).select_related("category").get(pk=topic_id)
    return topic, following_of(topic)


def following_of(topic: Topic) -> Following:
    """Of a topic that came with `queries.unread.with_level`. No query."""
    of_category = getattr(topic, "category_level", None)
    return Following(
        getattr(topic, "own_level", None),
        Level.NORMAL if of_category is None else of_category,
        getattr(topic, "reason", None) or "",
    )


def level_of_category(category: Category, user) -> int:
    found = _LEVEL.rows(user.pk, category.pk)
    return found[0][0] if found else Level.NORMAL


_LEVEL = Prepared(
    lambda user, category: (
        CategoryLevel.objects.filter(user=user.number, category=category.number)
        .order_by()
        .values_list("level")
    )
)


class News(NamedTuple):
    """How many posts came after a number, `COUNTED` at most, and the id of the first of them."""

    how_many: int
    first: int | None


def news_of(topic_id: int, after: int, user) -> News:
    """One query, and one for who they are. `Topic.DoesNotExist` where it is not theirs to read."""
    published = Post.objects.filter(topic=OuterRef("pk"), number__gt=after, state=PostState.PUBLISHED)
    newer = published.order_by("number").values("pk")
    topics = Topic.objects.visible_to(user).annotate(
        first_new=Subquery(newer[:1]), how_many_new=Count(newer[:COUNTED])
    )
    row = topics.filter(pk=topic_id).values_list("how_many_new", "first_new").first()
    if row is None:
        raise Topic.DoesNotExist
    return News(*row)
