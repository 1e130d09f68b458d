"""Posts that have become a conversation of their own get a topic of their own, or go to where they belong."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.visible_text import one_line
from forum.errors import Refused, demand
from forum.models import LONGEST_TITLE, Category, Topic
from forum.queries.categories import all_categories
from forum.renumbering import Ranges, in_words
from forum.rules import PostState, Refusal, TopicState
from forum.services.carrying import carry, lock_topics, of_ranges, settle_counters
from forum.services.curating import CURATED, counting, locked_for, may_curate
from forum.services.log import log
from forum.standing import standing_of
from forum.tasks import tidy_after_move, with_commit


@transaction.atomic
def split_topic(
    by,
    topic_id: int,
    ranges: Ranges,
    title: str,
    *,
    language: str = "",
    category_id: int | None = None,
    reason: str = "",
) -> Topic:
    """Give the posts within `ranges` a topic of their own, in the category of the old one if none is named.

    Raises `Topic.DoesNotExist`, `Category.DoesNotExist`, `Refused`, `ValidationError` (by field).
    """
    title = one_line(title)
    if not title or len(title) > LONGEST_TITLE:
        raise ValidationError({"title": _("Give your topic a title.")})
    source = locked_for(by, topic_id)
    first = going(source, ranges)
    language = language or source.language
    category = all_categories().get(category_id or source.category_id)
    if category is None:
        raise Category.DoesNotExist
    demand(may_curate(standing_of(by), category.pk, language))
    with counting(source) as counted:
        made = Topic.objects.create(
            category=category,
            title=title,
            language=language,
            author_id=first.author_id,
            author_name=first.author_name,
            state=TopicState.HIDDEN if source.state == TopicState.HIDDEN else TopicState.EMPTY,
            created_at=first.published_at or first.created_at,
            bumped_at=first.published_at or first.created_at,
        )
        counted.topics.append(made)
        took_away(by, source, made, ranges, reason)
    return made


@transaction.atomic
def split_into(by, topic_id: int, ranges: Ranges, target_id: int, reason: str = "") -> Topic:
    """Give the posts within `ranges` to a topic there is already. Raises as `split_topic`."""
    source, target = locked_pair(by, topic_id, target_id)
    going(source, ranges)
    with counting(source, target):
        took_away(by, source, target, ranges, reason)
    return target


def locked_pair(by, topic_id: int, target_id: int, *others: int) -> tuple[Topic, Topic]:
    """Two topics that they moderate, and `others`, locked in the order of their ids.

    `ValidationError` for one and the same; `Topic.DoesNotExist`, `Refused`.
    """
    if topic_id == target_id:
        raise ValidationError({"target": _("This is the topic itself. Name another.")})
    seen = Topic.objects.visible_to(by).filter(pk__in=[topic_id, target_id]).count()
    if seen != 2:
        raise Topic.DoesNotExist
    topics = lock_topics(topic_id, target_id, *others)
    pair = topics[topic_id], topics[target_id]
    for topic in pair:
        demand(may_curate(standing_of(by), topic.category_id, topic.language))
        if topic.state not in CURATED:
            raise Topic.DoesNotExist
    return pair


def going(source: Topic, ranges: Ranges):
    """The first of the posts that would go. `Refused` where there is none, or none would stay."""
    chosen = source.posts.filter(of_ranges(ranges), number__isnull=False)
    published = chosen.filter(state=PostState.PUBLISHED).count()
    if not published:
        raise Refused(Refusal.GONE)
    if published == source.posts_count:
        raise Refused(Refusal.ALL_POSTS)
    return chosen.order_by("number")[0]


def took_away(by, source: Topic, target: Topic, ranges: Ranges, reason: str) -> None:
    renumbered = carry(source, target, ranges)
    settle_counters(source)
    settle_counters(target)
    numbers = in_words(ranges)
    count, reason = len(renumbered.old), reason.strip()
    log("split", by, topic=source, reason=reason, to=target.pk, numbers=numbers, count=count)
    log("came", by, topic=target, reason=reason, source=source.pk, numbers=numbers, count=count)
    for topic in (source, target):
        with_commit(tidy_after_move, topic.pk)
