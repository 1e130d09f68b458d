"""Who hears of something: queries of people, of any number, never lists of them.

Each says for all accounts at once what `rules` and `visibility` say for one: see `tests/forum/test_recipients.py`.
"""

from collections.abc import Iterable

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATOR_GROUP, FACILITATOR_GROUP
from cms.notifications.models import Notification
from forum.models import Category, CategoryLevel, CoFacilitator, Post, Reading, Topic
from forum.rules import Access, Level

STAFF = (FACILITATOR_GROUP, ADMINISTRATOR_GROUP)
_GROUPS = User.groups.through.objects


def not_suspended(people: QuerySet[User]) -> QuerySet[User]:
    return people.exclude(forum_member__suspended_until__gt=timezone.now())


def facilitators_of(category_id: int | None, languages: Iterable[str] = ()) -> QuerySet[User]:
    """Who looks after what is in one of `languages` there, administrators too; None: those of all of the forum."""
    staff = Q(is_superuser=True) | Q(pk__in=_GROUPS.filter(group__name__in=STAFF).values("user"))
    if category_id is not None:
        named = CoFacilitator.objects.filter(category=category_id, language__in=["", *languages])
        staff |= Q(pk__in=named.values("user"))
    return not_suspended(User.objects.filter(staff, is_active=True))


def readers_of(category: Category) -> QuerySet[User]:
    """The accounts that read what stands in `category`."""
    people = User.objects.filter(is_active=True)
    if category.access == Access.PUBLIC:
        return people
    if category.access == Access.GROUP:
        inside = Q(pk__in=_GROUPS.filter(group=category.group_id).values("user"))
        inside |= Q(is_superuser=True) | Q(pk__in=_GROUPS.filter(group__name__in=STAFF).values("user"))
        inside |= Q(pk__in=CoFacilitator.objects.filter(category=category).values("user"))
        people = people.filter(inside)
    return not_suspended(people)


def listeners(topic: Topic, category: Category) -> QuerySet:
    """Those who may be told of what is said in `topic`: who reads it, has not muted it, and wants its language."""
    people: QuerySet = readers_of(category).alias(
        mine=FilteredRelation("forum_readings", condition=Q(forum_readings__topic=topic.pk)),
        of_category=FilteredRelation("forum_levels", condition=Q(forum_levels__category=category.pk)),
    )
    return (
        people.alias(
            level=Coalesce("mine__level", "of_category__level", Value(Level.NORMAL)),
            languages=Cast("languages_read", TextField()),
        )
        .exclude(level=Level.MUTED)
        .exclude(
            Q(forum_member__only_languages_read=True)
            & ~Q(languages="[]")
            & ~Q(languages__contains=f'"{topic.language}"')
        )
    )


def watchers_of(topic: Topic, category: Category) -> QuerySet[User]:
    """Of `listeners`, those who watch `topic` by itself or with its category."""
    watching = Reading.objects.filter(topic=topic.pk, level=Level.WATCHING).values("user")
    with_category = CategoryLevel.objects.filter(category=category.pk, level=Level.WATCHING).values("user")
    return listeners(topic, category).filter(
        Q(pk__in=watching) | Q(pk__in=with_category), level=Level.WATCHING
    )


def who_have_not_read(people: QuerySet[User], post: Post) -> QuerySet[User]:
    """Without those who saw it on the site before there was time to tell them."""
    seen = Reading.objects.filter(user=OuterRef("pk"), topic=post.topic_id, last_read__gte=post.number)
    return people.filter(~Exists(seen))


def not_told_yet(people: QuerySet[User], kinds: Iterable[str], about: str, event: str) -> QuerySet[User]:
    told = Notification.objects.filter(
        recipient=OuterRef("pk"), kind__in=list(kinds), about=about, event=event
    )
    return people.filter(~Exists(told))
