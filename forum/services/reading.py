"""How far somebody has read, and how much they want to hear of."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from forum.errors import demand
from forum.models import Category, CategoryLevel, Reading, Topic
from forum.rules import Level, Refusal
from forum.standing import standing_of

# The same statement on SQLite (3.24 or newer) and PostgreSQL. `last_read` is only raised; a level that is
# there stays.
_RAISE = """
INSERT INTO forum_reading (user_id, topic_id, last_read, level, reason, read_at)
VALUES (%s, %s, %s, %s, %s, %s)
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
            _RAISE, [user_id, topic_id, number, level, reason if level is not None else "", moment]
        )


def note_read(user, topic_id: int, number: int) -> int:
    """From the browser: read up to `number`, or to the topic's last post if that is nearer. Returns how far.

    Two queries. `Topic.DoesNotExist` where it is not theirs to read.
    """
    topic = Topic.objects.visible_to(user).only("highest_number").get(pk=topic_id)
    reached = max(0, min(number, topic.highest_number))
    raise_reading(user.pk, topic.pk, reached)
    return reached


@transaction.atomic
def follow_topic(user, topic_id: int, level: int | None) -> None:
    """Choose a level for one topic; None: that of its category again. `Topic.DoesNotExist`, `ValueError`."""
    check_level(level)
    demand("" if standing_of(user).known else Refusal.LOG_IN)
    topic = Topic.objects.visible_to(user).only("pk").get(pk=topic_id)
    reading, _made = Reading.objects.get_or_create(user=user, topic=topic)
    reading.level, reading.reason = level, "chosen" if level is not None else ""
    reading.save(update_fields=["level", "reason"])


@transaction.atomic
def follow_category(user, category_id: int, level: int) -> None:
    """Choose a level for a category. `Category.DoesNotExist`, `ValueError`."""
    check_level(level)
    demand("" if standing_of(user).known else Refusal.LOG_IN)
    category = Category.objects.visible_to(user).only("pk").get(pk=category_id)
    if level == Level.NORMAL:
        CategoryLevel.objects.filter(user=user, category=category).delete()
    else:
        CategoryLevel.objects.update_or_create(user=user, category=category, defaults={"level": level})


def check_level(level: int | None) -> None:
    if level not in (None, Level.MUTED, Level.NORMAL, Level.TRACKING, Level.WATCHING):
        raise ValueError(f"no such level: {level}")
