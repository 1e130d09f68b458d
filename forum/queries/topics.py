"""What a topic's page shows: the topic, one range of its posts, their translations, and the page it is about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import get_language
from wagtail.models import Page

from cms.core.addresses import tree_address
from cms.core.prepared import Prepared, Slot, numbers
from cms.core.visibility import visible_pages
from forum.eyes import Eyes, eyes_of, prepared_for_eyes
from forum.models import Mark, MovedPost, Post, PostTranslation, Topic
from forum.queries.topic_lists import name_of
from forum.queries.unread import with_first_unread
from forum.rules import Level, PostState, TopicState, numbers_on_page, page_of_number
from forum.standing import standing_of


class PostRow(NamedTuple):
    """`number`: None while it waits, also of one that had its place before."""

    pk: int
    number: int | None
    author_id: int | None
    author: str  # "" for a former member
    language: str
    html: str  # "" for a tombstone
    version: int
    state: str
    created_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
    deleted_by_author: bool
    reply_to_id: int | None
    reply_to_number: int | None
    marks: dict[str, int]

    @property
    def moment(self) -> datetime:
        return self.published_at or self.created_at


_NAMES = ("author__display_name", "author__username", "author_name")
_COLUMNS = (
    *("pk", "number", "author_id", *_NAMES, "language", "html", "version", "state", "created_at"),
    *("published_at", "edited_at", "deleted_by_author", "reply_to_id", "reply_to__number", "marks"),
)


class TopicPage(NamedTuple):
    """`level`, `last_read`, `first_unread`: of who asks."""

    topic: Topic
    level: int = Level.NORMAL
    last_read: int = 0
    first_unread: int | None = None


def reachable_topic(topic_id: int, user) -> TopicPage:
    """One query. `Topic.DoesNotExist` where it is not theirs to see."""
    eyes = eyes_of(user)
    if not eyes.known:
        topics = _topic_for_nobody(eyes).instances(topic_id)
    else:
        topics = _topic_for_member(eyes).instances(topic_id, standing_of(user).user_id)
    if not topics:
        raise Topic.DoesNotExist
    topic: Any = topics[0]
    return (
        TopicPage(topic, topic.level, topic.last_read, topic.first_unread) if eyes.known else TopicPage(topic)
    )


@prepared_for_eyes
def _topic_for_nobody(eyes: Eyes, topic: Slot):
    return Topic.objects.reachable_by(eyes.standing(0)).filter(pk=topic.number).order_by()


@prepared_for_eyes
def _topic_for_member(eyes: Eyes, topic: Slot, user: Slot):
    who = eyes.standing(user.number)
    return with_first_unread(Topic.objects.reachable_by(who), who).filter(pk=topic.number).order_by()


def posts_on_page(topic: Topic, page: int, user, *, with_held: bool) -> list[PostRow]:
    """The posts of one page in their order, tombstones without their text; then what waits of who asks. One query."""
    shown = numbers_on_page(page)
    asked = (topic.pk, shown[0], shown[-1])
    eyes = eyes_of(user)
    if with_held and eyes.known:
        found = _posts_and_own_held(eyes).converted(standing_of(user).user_id, *asked)
    else:
        found = _posts(eyes).converted(*asked)
    rows = {row[0]: _row(row) for row in found}
    return sorted(rows.values(), key=lambda row: (row.number is None, row.number or row.pk))


@prepared_for_eyes
def _posts(eyes: Eyes, topic: Slot, first: Slot, last: Slot):
    # Whether somebody sees a post does not depend on their number. `range` takes slots where `gte` would not: Django
    # answers by itself whether a number that fits no column is larger.
    return (
        Post.objects.visible_to(eyes.standing(-1))
        .filter(topic=topic.number, number__range=(first.number, last.number))
        .order_by()
        .values_list(*_COLUMNS)
    )


@prepared_for_eyes
def _posts_and_own_held(eyes: Eyes, user: Slot, topic: Slot, first: Slot, last: Slot):
    waiting = Post.objects.reachable_by(eyes.standing(user.number)).filter(
        topic=topic.number, state=PostState.HELD, author=user.number
    )
    return _posts(eyes).build(topic, first, last).union(waiting.order_by().values_list(*_COLUMNS), all=True)


def _row(row: tuple) -> PostRow:
    made = PostRow._make((*row[:3], name_of(*row[3:6]), *row[6:]))
    if made.state == PostState.DELETED:
        return made._replace(html="", marks={})
    return made._replace(number=None) if made.state == PostState.HELD else made


class TranslationRow(NamedTuple):
    pk: int
    post_id: int
    language: str
    html: str
    post_version: int
    version: int
    state: str
    translator_id: int | None
    translator: str


_TRANSLATED = (
    *("pk", "post_id", "language", "html", "post_version", "version", "state", "translator_id"),
    *("translator__display_name", "translator__username", "translator_name"),
)

_TRANSLATIONS = Prepared(
    lambda posts: (
        PostTranslation.objects.filter(
            post__in=numbers(posts), state__in=[PostState.PUBLISHED, PostState.HELD]
        )
        .order_by("language", "pk")
        .values_list(*_TRANSLATED)
    )
)


def translations_of(posts: Iterable[PostRow], user) -> dict[int, list[TranslationRow]]:
    """By post: those that are published, and one's own that wait. Of posts found visible before. One query."""
    ids = [post.pk for post in posts if post.html]
    if not ids:
        return {}
    found: dict[int, list[TranslationRow]] = {}
    for row in _TRANSLATIONS.rows_of(ids):
        made = TranslationRow._make((*row[:8], name_of(*row[8:])))
        if made.state == PostState.PUBLISHED or made.translator_id == standing_of(user).user_id:
            found.setdefault(made.post_id, []).append(made)
    return found


def marks_of(posts: Iterable[PostRow], user) -> dict[int, set[str]]:
    """The marks that who asks has given, by post. One query, none for nobody."""
    who = standing_of(user)
    if not who.known:
        return {}
    found: dict[int, set[str]] = {}
    for post_id, kind in _MARKS.rows_of([who.user_id], [post.pk for post in posts if post.html]):
        found.setdefault(post_id, set()).add(kind)
    return found


_MARKS = Prepared(
    lambda users, posts: (
        Mark.objects.filter(user__in=numbers(users), post__in=numbers(posts))
        .order_by()
        .values_list("post_id", "kind")
    )
)


class About(NamedTuple):
    """The page of the library that a topic is about, as anybody may see it."""

    title: str
    url: str
    language: str
    page_id: int


def page_about(work) -> About | None:
    """In the reader's language where it is public, else in another. One query, none without a work."""
    if work is None:
        return None
    pages = visible_pages(Page.objects.filter(translation_key=work), None).order_by("pk")
    columns = ("title", "url_path", "locale__language_code", "pk")
    rows = [
        About(title, tree_address(language, url_path), language, pk)
        for title, url_path, language, pk in pages.values_list(*columns)
    ]
    return next((row for row in rows if row.language == get_language()), rows[0] if rows else None)


def moved_numbers(topic: Topic, page: int, posts: list[PostRow]) -> dict[int, int]:
    """{number: id of the post that had it}, of those that went elsewhere. No query where no number is missing.

    Whether a post is theirs to read is asked where its link leads.
    """
    there = {post.number for post in posts}
    missing = [
        number for number in numbers_on_page(page) if number <= topic.highest_number and number not in there
    ]
    if not missing:
        return {}
    rows = MovedPost.objects.filter(topic=topic.pk, number__in=missing)
    return dict(rows.order_by("number").values_list("number", "post_id"))


class WhereItIs(NamedTuple):
    topic_id: int
    slug: str
    number: int | None  # None: it waits, or was refused
    left: bool  # whether anything of its topic is left to look at
    pages: int  # of its topic


def where_post_is(post_id: int, user) -> WhereItIs | None:
    """None where it is not theirs to see. One query."""
    post = Post.objects.reachable_by(user).select_related("topic").filter(pk=post_id).first()
    if post is None:
        return None
    number, topic = post.number if post.state in PostState.NUMBERED else None, post.topic
    left = topic.state != TopicState.EMPTY or standing_of(user).moderates(topic.category_id, topic.language)
    return WhereItIs(topic.pk, topic.slug, number, left, page_of_number(topic.highest_number))


def first_number_since(topic: Topic, moment: datetime, user) -> int | None:
    """The first post that was published at `moment` or later. One query."""
    posts = Post.objects.visible_to(user).filter(topic=topic.pk, published_at__gte=moment)
    return posts.order_by("number").values_list("number", flat=True).first()
