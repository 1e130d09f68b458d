"""`manage.py repair_forum`: everything that is counted, counted anew; in steps, beside people who write.

A step compares without locking. What differs is looked at again under the lock that its writers take: what was only
written meanwhile is no fault.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum

from forum.models import Category, Mark, Member, Post, Reading, Topic
from forum.rules import MarkKind, PostState, TopicState, state_with
from forum.services.numbering import lock_topic, save_counters
from forum.services.repairing_members import mend, off_among

TOPICS_AT_ONCE = 200
POSTS_AT_ONCE = 5000
READINGS_AT_ONCE = 5000
MEMBERS_AT_ONCE = 500
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """What was counted wrong, where, and what is right."""

    where: str
    what: str
    was: Any
    right: Any

    def __str__(self) -> str:
        return f"{self.where}: {self.what} was {self.was}, is {self.right}"


def repair_forum(write: bool, say: Say) -> Iterator[Fault]:
    """What is off, and mended once it was named if `write`. `say` is told how far it has come.

    Topics first: what categories count are the topics' own counts.
    """
    yield from repair_topics(write, say)
    yield from repair_categories(write, say)
    yield from repair_marks(write, say)
    yield from repair_readings(write, say)
    yield from repair_members(write, say)


def steps(model: type[models.Model], size: int, name: str, say: Say) -> Iterator[tuple[int, int]]:
    """(first, last): ranges of at most `size` ids that hold all rows of `model`."""
    highest = model._base_manager.aggregate(highest=Max("pk"))["highest"] or 0
    for first in range(1, highest + 1, size):
        yield first, min(first + size - 1, highest)
        say(f"{name}: {min(first + size - 1, highest)} of {highest}")


# --- topics


def repair_topics(write: bool, say: Say) -> Iterator[Fault]:
    for step in steps(Topic, TOPICS_AT_ONCE, "topics", say):
        for topic in right_topics().filter(pk__range=step).order_by("pk"):
            if differences(topic):
                yield from _repair_topic(topic.pk, write)


def right_topics():
    """Topics with what is right beside what they say; a query for any number of them."""
    posts = Post.objects.filter(topic=OuterRef("pk")).order_by()
    published = posts.filter(state=PostState.PUBLISHED)
    how_many = published.values("topic").annotate(found=Count("pk")).values("found")
    newest = published.order_by("-number")
    return Topic.objects.annotate(
        right_count=Subquery(how_many),
        right_last=Subquery(newest.values("pk")[:1]),
        right_bumped=Subquery(newest.values("published_at")[:1]),
        right_highest=Subquery(posts.filter(number__isnull=False).order_by("-number").values("number")[:1]),
    )


def differences(topic: Any) -> dict[str, tuple[Any, Any]]:
    """{field: (was, is)} of a topic of `right_topics`."""
    count = topic.right_count or 0
    right = {
        "posts_count": count,
        "highest_number": max(topic.highest_number, topic.right_highest or 0),
        "last_post_id": topic.right_last,
        "bumped_at": topic.right_bumped or topic.created_at,
        "state": state_with(topic.state, count),
    }
    return {
        name: (getattr(topic, name), value) for name, value in right.items() if getattr(topic, name) != value
    }


@transaction.atomic
def _repair_topic(topic_id: int, write: bool) -> list[Fault]:
    topic = lock_topic(topic_id)
    off = differences(right_topics().get(pk=topic_id))
    if off and write:
        for name, (_was, right) in off.items():
            setattr(topic, name, right)
        save_counters(topic)
    return [Fault(f"topic {topic_id}", name, was, right) for name, (was, right) in off.items()]


# --- categories


def repair_categories(write: bool, say: Say) -> Iterator[Fault]:
    for pk in list(Category.objects.order_by("pk").values_list("pk", flat=True)):
        yield from _repair_category(pk, write)
    say("categories: all")


@transaction.atomic
def _repair_category(category_id: int, write: bool) -> list[Fault]:
    """Whoever changes what a topic counts changes its category after it, and waits for this lock."""
    category = Category.objects.select_for_update().get(pk=category_id)
    found = Topic.objects.filter(category_id=category_id, state=TopicState.OPEN).aggregate(
        topics_count=Count("pk"), posts_count=Sum("posts_count")
    )
    off = {}
    for name, value in found.items():
        if getattr(category, name) != (value or 0):
            off[name] = (getattr(category, name), value or 0)
            setattr(category, name, value or 0)
    if off and write:
        category.save(update_fields=list(off))
    return [Fault(f"category {category.slug}", name, was, right) for name, (was, right) in off.items()]


# --- marks


def repair_marks(write: bool, say: Say) -> Iterator[Fault]:
    for step in steps(Post, POSTS_AT_ONCE, "marks", say):
        marked = Post.objects.filter(pk__range=step).exclude(marks={})
        said = dict(marked.order_by().values_list("pk", "marks"))
        given = given_marks(Q(post__pk__range=step))
        for pk in sorted(said.keys() | given.keys()):
            if said.get(pk, {}) != given.get(pk, {}):
                yield from _repair_marks_of(pk, write)


def given_marks(of: Q) -> dict[int, dict[str, int]]:
    """{post: {kind: how many}} of the marks that are shown."""
    rows = Mark.objects.filter(of, kind__in=MarkKind.SHOWN).order_by()
    found: dict[int, dict[str, int]] = {}
    for post_id, kind, how_many in rows.values_list("post_id", "kind").annotate(Count("pk")):
        found.setdefault(post_id, {})[kind] = how_many
    return found


@transaction.atomic
def _repair_marks_of(post_id: int, write: bool) -> list[Fault]:
    post = Post.objects.select_for_update().only("pk", "marks").get(pk=post_id)
    right = given_marks(Q(post=post_id)).get(post_id, {})
    if post.marks == right:
        return []
    if write:
        Post.objects.filter(pk=post_id).update(marks=right)
    return [Fault(f"post {post_id}", "marks", post.marks, right)]


# --- readings


def repair_readings(write: bool, say: Say) -> Iterator[Fault]:
    """Nobody has read posts that are not there: what comes next would never be unread to them."""
    beyond = Reading.objects.filter(last_read__gt=F("topic__highest_number"))
    for step in steps(Reading, READINGS_AT_ONCE, "readings", say):
        found = beyond.filter(pk__range=step).order_by("pk")
        for pk, was, right in list(found.values_list("pk", "last_read", "topic__highest_number")):
            if write:
                highest = Topic.objects.filter(pk=OuterRef("topic")).values("highest_number")
                beyond.filter(pk=pk).update(last_read=Subquery(highest))
            yield Fault(f"reading {pk}", "last_read", was, right)


# --- members


def repair_members(write: bool, say: Say) -> Iterator[Fault]:
    for step in steps(Member, MEMBERS_AT_ONCE, "members", say):
        for member, off in list(off_among(*step)):
            if write:
                mend(member.pk)
            for name, (was, right) in off.items():
                yield Fault(f"member {member.pk}", name, was, right)
