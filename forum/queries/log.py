"""What facilitators did: of one topic, for its readers; of all of the forum, for facilitators."""

from django.db.models import Q

from forum.models import LogEntry, Topic
from forum.queries.categories import all_categories, categories_for
from forum.standing import standing_of

ROWS = 50


def log_of_topic(topic_id: int, before: int | None) -> tuple[list[LogEntry], int | None]:
    """What readers of the topic may know, the newest first, and where it goes on. One query."""
    return _page(LogEntry.objects.filter(topic=topic_id, public=True), before)


def full_log(
    before: int | None, *, member_id: int = 0, topic_id: int = 0
) -> tuple[list[LogEntry], int | None]:
    found = LogEntry.objects.select_related("topic", "member")
    if member_id:
        found = found.filter(member=member_id)
    if topic_id:
        found = found.filter(topic=topic_id)
    return _page(found, before)


def _page(found, before: int | None) -> tuple[list[LogEntry], int | None]:
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found.select_related("actor", "topic", "member").order_by("-pk")[: ROWS + 1])
    return rows[:ROWS], rows[ROWS - 1].pk if len(rows) > ROWS else None


def topics_seen(user, ids: set[int]) -> dict[int, Topic]:
    """Those of `ids` that who asks may see, merged ones left out: their titles are those of others."""
    if not ids:
        return {}
    found = Topic.objects.visible_to(user).filter(Q(pk__in=ids))
    return {topic.pk: topic for topic in found}


def category_names(user) -> dict[int, str]:
    """Those that who asks may see. No query once they are kept."""
    if standing_of(user).facilitator:
        return {pk: one.name for pk, one in all_categories().items()}
    return {one.pk: one.name for one in categories_for(user)}
