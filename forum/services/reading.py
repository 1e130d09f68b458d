"""How far somebody has read, and how much they want to hear of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import DateTimeField, PositiveSmallIntegerField, Value
from django.utils import timezone

from cms.notifications.models import Notification
from cms.notifications.services import mark_read
from forum.errors import demand
from forum.models import Category, CategoryLevel, Member, Post, Reading, Topic
from forum.notices import OF_POSTS, WATCHED, about_topic
from forum.queries.unread import not_read_to_the_end
from forum.rules import Level, Refusal, level_of
from forum.standing import forget_standing, standing_of

# On SQLite (3.24 or newer) and PostgreSQL alike. `last_read` is only raised; a level that is there stays.
_COLUMNS = "INSERT INTO forum_reading (user_id, topic_id, last_read, level, reason, read_at)"
_RAISE = """
ON CONFLICT (user_id, topic_id) DO UPDATE SET
    last_read = CASE WHEN excluded.last_read > forum_reading.last_read
                     THEN excluded.last_read ELSE forum_reading.last_read END,
    read_at = excluded.read_at,
    reason = CASE WHEN forum_reading.level IS NULL THEN excluded.reason ELSE forum_reading.reason END,
    level = COALESCE(forum_reading.level, excluded.level)
"""


def raise_reading(
    user_id: int,
    topic_id: int,
    number: int,
    *,
    level: int | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Note that somebody has read up to post `number`, in one query; never less far than before.

    `level`, with its `reason`, holds where they have none yet.
    """
    moment = connection.ops.adapt_datetimefield_value(at or timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_COLUMNS} VALUES (%s, %s, %s, %s, %s, %s) {_RAISE}",
            [user_id, topic_id, number, level, reason if level is not None else "", moment],
        )


# The same, where both are known: how far is only raised, and of two levels the stronger holds.
_CARRY = """
INSERT INTO forum_reading (user_id, topic_id, last_read, level, reason, read_at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (user_id, topic_id) DO UPDATE SET
    last_read = CASE WHEN excluded.last_read > forum_reading.last_read
                     THEN excluded.last_read ELSE forum_reading.last_read END,
    reason = CASE WHEN excluded.level IS NOT NULL
                   AND (forum_reading.level IS NULL OR excluded.level > forum_reading.level)
                  THEN excluded.reason ELSE forum_reading.reason END,
    level = CASE WHEN excluded.level IS NOT NULL
                  AND (forum_reading.level IS NULL OR excluded.level > forum_reading.level)
                 THEN excluded.level ELSE forum_reading.level END
"""


def carry_readings(topic_id: int, rows: list[tuple[int, int, int | None, str]]) -> None:
    """How far members have read a topic, and how they follow it: (user, number, level, reason) of each."""
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.executemany(
            _CARRY,
            [(user_id, topic_id, read, level, reason, moment) for user_id, read, level, reason in rows],
        )


def note_read(user, topic_id: int, number: int) -> int:
    """From the browser: read up to `number`, or to the topic's last post if that is nearer. Returns how far.

    What they were told of these posts is read as well, and not mailed any more. Three queries, five where there was
    something. `Topic.DoesNotExist` where it is not theirs to read.
    """
    topic = Topic.objects.visible_to(user).only("highest_number").get(pk=topic_id)
    reached = max(0, min(number, topic.highest_number))
    raise_reading(user.pk, topic.pk, reached)
    know(user, OF_POSTS, about_topic(topic.pk), number__lte=reached)
    return reached


@transaction.atomic
def mark_all_read(user, until: datetime, category_id: int = 0) -> int:
    """All that is unread in what they follow or have opened, in one category or in all. Returns how many topics.

    What was posted after `until`, when the list was shown, stays unread. One statement, and those of `know`.
    """
    demand("" if standing_of(user).known else Refusal.LOG_IN)
    topics = not_read_to_the_end(Topic.objects.visible_to(user), user).filter(bumped_at__lte=until)
    if category_id:
        topics = topics.filter(category=category_id)
    rows = topics.order_by("pk").values_list(
        Value(user.pk),
        "pk",
        "highest_number",
        Value(None, output_field=PositiveSmallIntegerField()),
        Value(""),
        Value(timezone.now(), output_field=DateTimeField()),
    )
    try:
        select, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"{_COLUMNS} {select} {_RAISE}", parameters)
        count = cursor.rowcount
    where: dict[str, Any] = {"topic__category": category_id} if category_id else {}
    know(user, OF_POSTS, published_at__lte=until, **where)
    return count


def know(user, kinds: Iterable[str], about: str = "", **posts: object) -> int:
    """What they were told of these posts counts as read. One query where there is nothing, else three."""
    told = Notification.objects.filter(recipient=user, kind__in=list(kinds), read_at=None)
    if about:
        told = told.filter(about=about)
    of_post = {pk: data["post"] for pk, data in told.values_list("pk", "data")}
    if not of_post:
        return 0
    known = set(Post.objects.filter(pk__in=set(of_post.values()), **posts).values_list("pk", flat=True))
    return mark_read(user, ids=[pk for pk, post_id in of_post.items() if post_id in known])


@transaction.atomic
def follow_topic(user, topic_id: int, level: int | None) -> None:
    """Choose a level for one topic; None: that of its category again. `Topic.DoesNotExist`, `ValueError`.

    What they were told and would not be told at the new level is not mailed any more.
    """
    check_level(level)
    demand("" if standing_of(user).known else Refusal.LOG_IN)
    topic = Topic.objects.visible_to(user).only("pk", "category_id").get(pk=topic_id)
    reading, _made = Reading.objects.get_or_create(user=user, topic=topic)
    reading.level, reading.reason = level, "chosen" if level is not None else ""
    reading.save(update_fields=["level", "reason"])
    of_category = None
    if level is None:
        of_category = CategoryLevel.objects.filter(user=user, category=topic.category_id).first()
    holds = level_of(level, of_category.level if of_category else None)
    know(user, kinds_ended_by(holds), about_topic(topic.pk), topic=topic.pk)


@transaction.atomic
def follow_category(user, category_id: int, level: int) -> None:
    """Choose a level for a category. `Category.DoesNotExist`, `ValueError`. Topics with a level of their own keep it."""
    check_level(level)
    demand("" if standing_of(user).known else Refusal.LOG_IN)
    category = Category.objects.visible_to(user).only("pk").get(pk=category_id)
    if level == Level.NORMAL:
        CategoryLevel.objects.filter(user=user, category=category).delete()
    else:
        CategoryLevel.objects.update_or_create(user=user, category=category, defaults={"level": level})
    own = Reading.objects.filter(user=user, topic__category=category, level__isnull=False)
    topics = Topic.objects.filter(category=category).exclude(pk__in=own.values("topic"))
    know(user, kinds_ended_by(level), topic__in=topics.values("pk"))


def kinds_ended_by(level: int) -> tuple[str, ...]:
    if level == Level.MUTED:
        return OF_POSTS
    return () if level == Level.WATCHING else (WATCHED,)


def check_level(level: int | None) -> None:
    if level not in (None, Level.MUTED, Level.NORMAL, Level.TRACKING, Level.WATCHING):
        raise ValueError(f"no such level: {level}")


@transaction.atomic
def save_settings(user, *, follows_what_they_write: bool, only_languages_read: bool) -> None:
    """How the forum treats somebody, as they chose it."""
    demand("" if standing_of(user).known else Refusal.LOG_IN)
    chosen = {
        "follows_what_they_write": follows_what_they_write,
        "only_languages_read": only_languages_read,
    }
    Member.objects.update_or_create(user=user, defaults=chosen)
    forget_standing(user)
