"""Writing: a topic with its first post, or a reply. From a page, from mail or from an import: the same verbs."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.mailing.letters import site_host
from cms.core.visible_text import one_line
from forum.errors import TooMany, demand
from forum.holding import Written, is_spam, posts_allowed, reasons_to_hold
from forum.models import Category, Draft, Post, PostFile, ReviewItem, Topic
from forum.queries.looking_up import look_up_for
from forum.queries.mentions import with_mentions
from forum.queries.writing import Recent, recent_posts, watched_words_in
from forum.rendering import Rendered, render
from forum.rules import (
    Level,
    Place,
    PostState,
    ReviewKind,
    Standing,
    TopicState,
    may_open_topic,
    may_reply,
    sees_category,
)
from forum.services.numbering import lock_topic, note_published, number
from forum.services.pacing import take_turn
from forum.services.reading import raise_reading
from forum.standing import standing_of
from forum.tasks import announce_review, fan_out, with_commit

REPEATED_WITHIN = timedelta(days=1)
SHORT = 40  # characters: "thank you" may be said often


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted. `nonce` makes a post sent twice one post; `trap`: a field that people do not see was filled."""

    source: str
    language: str
    nonce: UUID = field(default_factory=uuid4)
    reply_to: int | None = None
    trap: bool = False
    origin: str = "web"
    message_id: str = ""  # its own, where it has one already
    draft: str = ""  # key of the draft that this ends


@dataclass(frozen=True, slots=True)
class Posted:
    """`held`: it waits for a facilitator. `again`: it had been sent before, and nothing was done."""

    post: Post
    held: bool
    again: bool = False


def reply(author, topic_id: int, message: Message) -> Posted:
    """Add a post to a topic. At most eight queries, and those of what the text points to.

    Raises `Topic.DoesNotExist`, `Refused`, `TooMany`. A topic merged away answers where it went.
    """
    standing = standing_of(author)
    message = replace(message, source=with_mentions(message.source, topic_id, author))
    rendered = rendered_message(message, author)
    try:
        while True:
            with transaction.atomic():
                topic = lock_topic(topic_id, writer_id=author.pk)
                if topic.state != TopicState.MERGED or topic.merged_into_id is None:
                    return _reply(author, standing, topic, message, rendered)
            # Only then the other: whoever holds the two of them took them in another order, and would wait for us.
            topic_id = topic.merged_into_id
    except IntegrityError:
        return sent_elsewhere(author, message)


def _reply(author, standing: Standing, topic: Topic, message: Message, rendered: Rendered) -> Posted:
    """Within a transaction, with the topic locked."""
    now, category = timezone.now(), topic.category
    if not sees_category(category.access, category.group_id, category.pk, standing, now):
        raise Topic.DoesNotExist
    demand(may_reply(standing, place_of(topic), now))
    recent = recent_posts(author.pk, now - REPEATED_WITHIN, repeated_as(message.source))
    if (before := sent_before(author, recent, message)) is not None:
        return before
    reasons = why_hold(standing, topic, message, rendered, recent)
    post = new_post(author, topic, message, rendered, reasons)
    post.save(force_insert=True)
    settle(post, topic, message, rendered, reasons, standing)
    return Posted(post, bool(reasons))


def open_topic(
    author,
    category_id: int,
    title: str,
    message: Message,
    *,
    page: Page | None = None,
    at: datetime | None = None,
) -> Posted:
    """Open a topic with its first post, about a page of the library if one is given.

    Raises `Category.DoesNotExist`, `Refused`, `TooMany`, `ValidationError` (by field).
    """
    title = one_line(title)
    if not title:
        raise ValidationError({"title": _("Give your topic a title.")})
    standing = standing_of(author)
    category = Category.objects.visible_to(author).get(pk=category_id)
    demand(may_open_topic(standing, category.pk, category.opening, message.language, timezone.now()))
    now = at or timezone.now()
    topic = Topic(
        category=category,
        title=title,
        language=message.language,
        author=author,
        page=page,
        work=page.translation_key if page else None,
        state=TopicState.HELD,
        created_at=now,
        bumped_at=now,
    )
    rendered = rendered_message(message, author)
    try:
        with transaction.atomic():
            return _open(author, standing, topic, message, rendered)
    except IntegrityError:
        return sent_elsewhere(author, message)


def _open(author, standing: Standing, topic: Topic, message: Message, rendered: Rendered) -> Posted:
    """Within a transaction; `topic` is not saved yet."""
    take_turn(author.pk)
    recent = recent_posts(author.pk, topic.created_at - REPEATED_WITHIN, repeated_as(message.source))
    if (before := sent_before(author, recent, message)) is not None:
        return before
    reasons = why_hold(standing, topic, message, rendered, recent)
    topic.save(force_insert=True)
    post = new_post(author, topic, message, rendered, reasons)
    post.save(force_insert=True)
    settle(post, topic, message, rendered, reasons, standing)
    return Posted(post, bool(reasons))


def sent_elsewhere(author, message: Message) -> Posted:
    """What another window sent at the same moment, or this one a long time ago, and was first. `Post.DoesNotExist`."""
    post = Post.objects.select_related("topic").get(author=author, nonce=message.nonce)
    return Posted(post, post.state == PostState.HELD, again=True)


def place_of(topic: Topic) -> Place:
    return Place(topic.category_id, topic.language, topic.state, topic.closed)


def rendered_message(message: Message, author) -> Rendered:
    return render(message.source, look_up_for(author), name=message.nonce.hex[:8])


def sent_before(author, recent: list[Recent], message: Message) -> Posted | None:
    """The post that was sent before under this nonce, or None. Raises `TooMany` where it would be one too many."""
    if any(each.own and each.nonce == message.nonce for each in recent):
        return sent_elsewhere(author, message)
    now = timezone.now()
    allowed, seconds = posts_allowed(standing_of(author), now)
    lately = [each.at for each in recent if each.own and each.at > now - timedelta(seconds=seconds)]
    if len(lately) >= allowed and not standing_of(author).moderates_any():
        raise TooMany(max(1, int((lately[allowed - 1] + timedelta(seconds=seconds) - now).total_seconds())))
    return None


def why_hold(
    standing: Standing, topic: Topic, message: Message, rendered: Rendered, recent: list[Recent]
) -> list[str]:
    wanted = repeated_as(message.source)
    written = Written(
        links=rendered.links,
        repeated=any(each.digest == wanted for each in recent if wanted),
        watched_words=watched_words_in(f"{topic.title}\n{message.source}"),
        trap=message.trap,
    )
    category = topic.category
    return reasons_to_hold(standing, category.pk, message.language, category.holding, written, timezone.now())


def repeated_as(source: str) -> str:
    """The digest by which the same text is looked for; "" for one so short that many say it."""
    return digest(source) if len(source) > SHORT else ""


def digest(source: str) -> str:
    words = " ".join(source.casefold().split())
    return blake2b(words.encode(), digest_size=16).hexdigest()


def new_post(author, topic: Topic, message: Message, rendered: Rendered, reasons: list[str]) -> Post:
    """Not saved yet, numbered unless it is held."""
    post = Post(
        topic=topic,
        author=author,
        language=message.language,
        source=message.source,
        html=rendered.html,
        state=PostState.HELD,
        reply_to_id=answered(topic, message),
        origin=message.origin,
        message_id=message.message_id or f"<forum.{uuid4().hex}@{site_host()}>",
        nonce=message.nonce,
        digest=digest(message.source),
        created_at=timezone.now(),
    )
    if not reasons:
        number(post, topic)
    return post


def answered(topic: Topic, message: Message) -> int | None:
    """The post that this one answers, if it stands in the same topic."""
    if message.reply_to is None or topic.pk is None:
        return None
    return topic.posts.filter(pk=message.reply_to).values_list("pk", flat=True).first()


def settle(
    post: Post, topic: Topic, message: Message, rendered: Rendered, reasons: list[str], standing: Standing
) -> None:
    """What goes with a new post: counters, how far its author has read, files, the draft, whom to tell."""
    if rendered.files:
        PostFile.objects.filter(key__in=rendered.files, owner=post.author, post=None).update(post=post)
    if message.draft:
        Draft.objects.filter(user=post.author, key=message.draft).delete()
    if reasons:
        item = ReviewItem.objects.create(
            kind=ReviewKind.SPAM if is_spam(reasons) else ReviewKind.HELD,
            category_id=topic.category_id,
            language=post.language,
            post=post,
            member_id=post.author_id,
            why=reasons,
            created_at=timezone.now(),
        )
        with_commit(announce_review, item.pk)
        return
    note_published(topic, post)
    level = Level.WATCHING if standing.follows_what_they_write else None
    reason = "opened" if post.number == 1 else "wrote"
    raise_reading(standing.user_id, topic.pk, post.number or 0, level=level, reason=reason)
    with_commit(fan_out, post.pk)
