"""What facilitators do to a topic as a whole: pin, close, hide, rename, move it. Each done twice is done once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.visible_text import one_line
from forum.errors import demand
from forum.models import LONGEST_TITLE, Category, Topic
from forum.queries.categories import all_categories
from forum.rules import Refusal, Standing, TopicState, may_write
from forum.services.carrying import place_items
from forum.services.log import log
from forum.services.numbering import lock_topic, shift
from forum.standing import standing_of
from forum.tasks import tidy_after_move, with_commit

CURATED = (TopicState.OPEN, *TopicState.UNSEEN)
# Also what waits or was refused gets a title or a place.
PLACED = (*CURATED, TopicState.HELD, TopicState.REJECTED)


def locked_for(by, topic_id: int, states: tuple[str, ...] = CURATED) -> Topic:
    """A topic in one of `states` that they moderate, locked. `Topic.DoesNotExist`, `Refused`."""
    standing = standing_of(by)
    Topic.objects.reachable_by(by).only("pk").get(pk=topic_id)
    topic = lock_topic(topic_id)
    if topic.state not in states:  # it may have been merged away while we waited
        raise Topic.DoesNotExist
    demand(may_curate(standing, topic.category_id, topic.language))
    return topic


def may_curate(standing: Standing, category_id: int, language: str) -> str:
    if refusal := may_write(standing, timezone.now()):
        return refusal
    return "" if standing.moderates(category_id, language) else Refusal.NOT_YOURS


@transaction.atomic
def pin_topic(by, topic_id: int, pinned: bool, reason: str = "") -> Topic:
    return _flag(by, topic_id, "pinned", pinned, "pin" if pinned else "unpin", reason)


@transaction.atomic
def close_topic(by, topic_id: int, closed: bool, reason: str = "") -> Topic:
    return _flag(by, topic_id, "closed", closed, "close" if closed else "reopen", reason)


def _flag(by, topic_id: int, field: str, value: bool, action: str, reason: str) -> Topic:
    topic = locked_for(by, topic_id)
    if getattr(topic, field) != value:
        setattr(topic, field, value)
        topic.save(update_fields=[field])
        log(action, by, topic=topic, reason=reason.strip())
    return topic


@transaction.atomic
def hide_topic(by, topic_id: int, reason: str = "") -> Topic:
    """Take a topic from its readers: nobody but who moderates sees it, nor counts it."""
    topic = locked_for(by, topic_id)
    if topic.state == TopicState.HIDDEN:
        return topic
    with counting(topic):
        topic.state = TopicState.HIDDEN
        topic.save(update_fields=["state"])
    log("hide", by, topic=topic, reason=reason.strip())
    with_commit(tidy_after_move, topic.pk)
    return topic


@transaction.atomic
def show_topic(by, topic_id: int, reason: str = "") -> Topic:
    """Give a hidden topic back to its readers; where no post is left, it stays unseen until there is one."""
    topic = locked_for(by, topic_id)
    if topic.state != TopicState.HIDDEN:
        return topic
    with counting(topic):
        topic.state = TopicState.OPEN if topic.posts_count else TopicState.EMPTY
        topic.save(update_fields=["state"])
    log("show", by, topic=topic, reason=reason.strip())
    return topic


@transaction.atomic
def rename_topic(by, topic_id: int, title: str, reason: str = "") -> Topic:
    """Old addresses lead on, whatever the title in them. `ValidationError` by field."""
    title = one_line(title)
    if not title or len(title) > LONGEST_TITLE:
        raise ValidationError({"title": _("Give your topic a title.")})
    topic = locked_for(by, topic_id, PLACED)
    if topic.title != title:
        before, topic.title = topic.title, title
        topic.save(update_fields=["title"])
        log("rename", by, topic=topic, reason=reason.strip(), before=before, after=title)
        with_commit(tidy_after_move, topic.pk)
    return topic


@transaction.atomic
def set_topic_language(by, topic_id: int, language: str, reason: str = "") -> Topic:
    """`ValueError` for a language the site does not have."""
    if language not in dict(Topic._meta.get_field("language").choices or ()):
        raise ValueError(language)
    topic = locked_for(by, topic_id, PLACED)
    if topic.language != language:
        before, topic.language = topic.language, language
        topic.save(update_fields=["language"])
        log("language", by, topic=topic, reason=reason.strip(), before=before, after=language)
        with_commit(tidy_after_move, topic.pk)
    return topic


@transaction.atomic
def move_topic(by, topic_id: int, category_id: int, reason: str = "") -> Topic:
    """Put a topic into another category, which they look after too. `Category.DoesNotExist` besides.

    What waits in it is for those to decide who look after the new place. From those who may not read there,
    what they were told of it is taken in the background.
    """
    standing = standing_of(by)
    topic = locked_for(by, topic_id, PLACED)
    if topic.category_id == category_id:
        return topic
    category = all_categories().get(category_id)
    if category is None:
        raise Category.DoesNotExist
    demand(may_curate(standing, category_id, topic.language))
    before = topic.category_id
    with counting(topic):
        topic.category = category
        topic.save(update_fields=["category"])
    place_items(topic)
    log("move", by, topic=topic, reason=reason.strip(), before=before, after=category_id)
    with_commit(tidy_after_move, topic.pk)
    return topic


class counting:
    """Within it, locked topics may change their category, state and count of posts: categories follow at its end."""

    def __init__(self, *topics: Topic):
        self.topics = list(topics)

    def __enter__(self) -> "counting":
        self.before = self._sums()
        return self

    def __exit__(self, error, *_rest) -> None:
        if error is not None:
            return
        after = self._sums()
        # In the order of their ids: two that move topics in opposite directions wait for each other, not for ever.
        for category_id in sorted(self.before.keys() | after.keys()):
            topics, posts = self.before.get(category_id, (0, 0))
            now_topics, now_posts = after.get(category_id, (0, 0))
            shift(category_id, topics=now_topics - topics, posts=now_posts - posts)

    def _sums(self) -> dict[int, tuple[int, int]]:
        sums: dict[int, tuple[int, int]] = {}
        for topic in self.topics:
            if topic.state == TopicState.OPEN:
                topics, posts = sums.get(topic.category_id, (0, 0))
                sums[topic.category_id] = (topics + 1, posts + topic.posts_count)
        return sums
