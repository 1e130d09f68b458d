"""Two topics about the same become one. The one that goes leads to the other for ever."""

from django.db import transaction

from forum.models import Draft, LogEntry, Topic
from forum.rules import TopicState
from forum.services.carrying import carry, place_items, settle_counters, unnumbered
from forum.services.curating import counting
from forum.services.log import log
from forum.services.numbering import save_counters
from forum.services.splitting import locked_pair
from forum.tasks import tidy_after_move, with_commit


@transaction.atomic
def merge_topic(by, topic_id: int, target_id: int, reason: str = "") -> Topic:
    """Put all posts of a topic behind those of another, and let it lead there. Returns the other.

    Raises `Topic.DoesNotExist`, `Refused`, `ValidationError` (by field) for one and the same.
    """
    led_here = Topic.objects.filter(merged_into=topic_id).values_list("pk", flat=True)
    source, target = locked_pair(by, topic_id, target_id, *led_here)
    with counting(source, target):
        renumbered = carry(source, target, ((1, source.highest_number),) if source.highest_number else ())
        unnumbered(source).update(topic=target)
        place_items(target)
        if target.work is None and source.work is not None:
            # The page it is about goes on showing what was said of it.
            target.page_id, target.work = source.page_id, source.work
            target.save(update_fields=["page", "work"])
        source.state, source.merged_into, source.pinned = TopicState.MERGED, target, False
        source.posts_count, source.last_post = 0, None
        source.save(update_fields=["merged_into", "pinned"])
        save_counters(source)
        settle_counters(target)
    # Whatever led here leads there at once: no chain is ever longer than one step.
    Topic.objects.filter(merged_into=source).update(merged_into=target)
    LogEntry.objects.filter(topic=source).update(topic=target)
    _keep_drafts(source, target)
    log(
        "merge",
        by,
        topic=target,
        reason=reason.strip(),
        title=source.title,
        source=source.pk,
        count=len(renumbered.old),
    )
    with_commit(tidy_after_move, target.pk)
    return target


def _keep_drafts(source: Topic, target: Topic) -> None:
    """A reply that somebody is writing becomes one to the other topic, unless they write one there already."""
    there = f"topic:{target.pk}"
    busy = Draft.objects.filter(key=there).values("user")
    Draft.objects.filter(key=f"topic:{source.pk}").exclude(user__in=busy).update(key=there)
