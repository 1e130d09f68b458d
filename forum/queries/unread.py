"""What somebody follows and has not read: for lists of topics, as parts of the list's own query.

The level that holds for a topic is the one chosen for it, else that of its category, else normal. Unread is counted
where somebody tracks or watches; where the first unread post is, is known of every topic they have opened.
"""

from django.db.models import F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from forum.models import Post
from forum.rules import Level, PostState
from forum.standing import standing_of

COUNTED = 100  # that many or more: the number says no more


class Count(Subquery):
    """How many rows a query with a limit finds."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def with_level(topics: QuerySet, user) -> QuerySet:
    """Each with `last_read` (0: never opened) and `level`, of somebody who is known. Joins at most one row each.

    Besides `own_level` and `category_level`, None where none was chosen, and the `reason` of the first.
    """
    user_id = standing_of(user).user_id
    return topics.alias(
        mine=FilteredRelation("readings", condition=Q(readings__user=user_id)),
        of_category=FilteredRelation("category__levels", condition=Q(category__levels__user=user_id)),
    ).annotate(
        last_read=Coalesce("mine__last_read", 0),
        level=Coalesce("mine__level", "of_category__level", Value(Level.NORMAL)),
        own_level=F("mine__level"),
        category_level=F("of_category__level"),
        reason=F("mine__reason"),
    )


def with_unread(topics: QuerySet, user) -> QuerySet:
    """Besides: `first_unread`, the number of the first post they have not read (None: all read), and `unread`.

    `unread`: how many, `COUNTED` at most, whatever the level. Costs the same in a topic of any length.
    """
    return with_first_unread(topics, user).annotate(unread=Count(_unread().values("pk")[:COUNTED]))


def with_first_unread(topics: QuerySet, user) -> QuerySet:
    """`with_level`, and the number of the first post they have not read (None: all read)."""
    return with_level(topics, user).annotate(first_unread=Subquery(_unread().values("number")[:1]))


def _unread() -> QuerySet:
    """Of the topic around it."""
    return Post.objects.filter(
        topic=OuterRef("pk"), number__gt=OuterRef("last_read"), state=PostState.PUBLISHED
    ).order_by("number")


def without_muted(topics: QuerySet, user, *, asked_category: int = 0) -> QuerySet:
    """A list without what they muted. A category that is asked for by name is shown, muted or not."""
    if not standing_of(user).known:
        return topics
    level = F("mine__level") if asked_category else F("level")
    return with_level(topics, user).alias(here=Coalesce(level, Value(Level.NORMAL))).exclude(here=Level.MUTED)


def followed(topics: QuerySet, user) -> QuerySet:
    """Those they track or watch: by themselves or with their category. Nobody follows nothing."""
    if not standing_of(user).known:
        return topics.none()
    return with_level(topics, user).filter(level__gte=Level.TRACKING)


def not_read_to_the_end(topics: QuerySet, user) -> QuerySet:
    """Those with unread posts that they follow, or have opened once; nothing muted."""
    if not standing_of(user).known:
        return topics.none()
    return with_level(topics, user).filter(
        Q(level__gte=Level.TRACKING) | Q(level=Level.NORMAL, last_read__gt=0),
        last_post__number__gt=F("last_read"),
    )
