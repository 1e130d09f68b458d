"""Posts that go from one topic to another, with all that hangs on them. Both topics are locked by who calls.

Numbers in the target go on after its last one. In the topic they left, their old numbers lead on for ever.
"""

from django.db import connection
from django.db.models import Q

from forum.models import LogEntry, Post, Reading, ReviewItem, Topic
from forum.notices import posts_moved
from forum.renumbering import Ranges, Renumbered, read_in_target
from forum.rules import TopicState
from forum.services.numbering import lock_topic, recount_topic, save_counters
from forum.services.reading import carry_readings

# Numbered in their order, in two statements, however many they are. The same on SQLite and PostgreSQL.
_LEAD_ON = """
INSERT INTO forum_movedpost (topic_id, number, post_id)
SELECT topic_id, number, id FROM forum_post WHERE topic_id = %s AND number IS NOT NULL AND ({within})
"""
_CARRY = """
UPDATE forum_post SET topic_id = %s, number = going.given FROM (
    SELECT id AS going_id, %s + ROW_NUMBER() OVER (ORDER BY number) AS given
    FROM forum_post WHERE topic_id = %s AND number IS NOT NULL AND ({within})
) AS going WHERE forum_post.id = going.going_id
"""


def lock_topics(*topic_ids: int) -> dict[int, Topic]:
    """All of them, in the order of their ids: whoever locks two does it so. `Topic.DoesNotExist`."""
    return {pk: lock_topic(pk) for pk in sorted(set(topic_ids))}


def carry(source: Topic, target: Topic, ranges: Ranges) -> Renumbered:
    """Give the target the numbered posts of `source` within `ranges`, deleted ones too. Counters are left alone."""
    within, numbers = _within(ranges)
    chosen = source.posts.filter(of_ranges(ranges)).order_by("number")
    going = [(pk, number) for pk, number in chosen.values_list("pk", "number") if number is not None]
    renumbered = Renumbered(tuple(number for _pk, number in going), target.highest_number + 1)
    if not going:
        return renumbered
    last_before = _last_readable(target)
    with connection.cursor() as cursor:
        cursor.execute(_LEAD_ON.format(within=within), [source.pk, *numbers])
        cursor.execute(_CARRY.format(within=within), [target.pk, target.highest_number, source.pk, *numbers])
    target.highest_number += len(going)
    save_counters(target)
    _carry_what_hangs_on(source, target, [pk for pk, _number in going])
    _carry_readings(source, target, renumbered, last_before)
    return renumbered


def _within(ranges: Ranges) -> tuple[str, list[int]]:
    """The condition, of placeholders only, and its values."""
    return " OR ".join(["number BETWEEN %s AND %s"] * len(ranges)), [n for pair in ranges for n in pair]


def of_ranges(ranges: Ranges) -> Q:
    chosen = Q(pk__in=[])
    for first, last in ranges:
        chosen |= Q(number__gte=first, number__lte=last)
    return chosen


def _last_readable(topic: Topic) -> int:
    last = topic.last_post
    return (last.number or 0) if last is not None else 0


def _carry_what_hangs_on(source: Topic, target: Topic, ids: list[int]) -> None:
    """Marks, bookmarks, versions, translations and files hang on the post itself, and need nothing."""
    posts_moved(source.pk, target.pk, ids)
    LogEntry.objects.filter(topic=source, post__topic=target).update(topic=target)
    if source.category_id != target.category_id:
        place_items(target)


def place_items(topic: Topic) -> None:
    """What waits in a topic is for those to decide who look after its category."""
    within = Q(post__topic=topic) | Q(translation__post__topic=topic)
    ReviewItem.objects.filter(within).update(category_id=topic.category_id)


def _carry_readings(source: Topic, target: Topic, renumbered: Renumbered, last_before: int) -> None:
    """Who followed the one topic follows the other; nobody has read more than they really have."""
    here = dict(Reading.objects.filter(topic=target).values_list("user_id", "last_read"))
    rows = []
    there = Reading.objects.filter(topic=source)
    for user_id, read, level, reason in there.values_list("user_id", "last_read", "level", "reason"):
        now = read_in_target(renumbered, last_before, here.get(user_id, 0), read)
        if now or level is not None:
            rows.append((user_id, now, level, reason))
    carry_readings(target.pk, rows)


def settle_counters(topic: Topic) -> None:
    """After posts came or went: count anew, and open or shut the topic with its first or last post."""
    recount_topic(topic)
    before = topic.state
    if topic.state == TopicState.OPEN and not topic.posts_count:
        topic.state = TopicState.EMPTY
    elif topic.state == TopicState.EMPTY and topic.posts_count:
        topic.state = TopicState.OPEN
    if topic.state != before:
        save_counters(topic)


def unnumbered(topic: Topic):
    return Post.objects.filter(topic=topic, number=None)
