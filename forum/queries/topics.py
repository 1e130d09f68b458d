"""What a topic's page shows: the topic, one range of its posts, their translations, and the page it is about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import get_language
from wagtail.models import Page

from cms.core.addresses import tree_address
from cms.core.visibility import visible_pages
from forum.models import Mark, MovedPost, Post, PostTranslation, Topic
from forum.queries.topic_lists import name_of
from forum.queries.unread import with_unread
from forum.rules import Level, PostState, numbers_on_page, page_of_number
from forum.standing import standing_of


class PostRow(NamedTuple):
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
    topics = Topic.objects.reachable_by(user)
    if not standing_of(user).known:
        return TopicPage(topics.get(pk=topic_id))
    topic: Any = with_unread(topics, user).get(pk=topic_id)
    return TopicPage(topic, topic.level, topic.last_read, topic.first_unread)


def posts_on_page(topic: Topic, page: int, user, *, with_held: bool) -> list[PostRow]:
    """The posts of one page in their order, tombstones without their text; then what waits of who asks. One query."""
    numbers = numbers_on_page(page)
    found = (
        Post.objects.visible_to(user)
        .filter(topic=topic.pk, number__gte=numbers[0], number__lte=numbers[-1])
        .order_by()
        .values_list(*_COLUMNS)
    )
    who = standing_of(user)
    if with_held and who.known:
        waiting = Post.objects.reachable_by(user).filter(
            topic=topic.pk, state=PostState.HELD, author=who.user_id
        )
        found = found.union(waiting.order_by().values_list(*_COLUMNS), all=True)
    rows = {row[0]: _row(row) for row in found}
    return sorted(rows.values(), key=lambda row: (row.number is None, row.number or row.pk))


def _row(row: tuple) -> PostRow:
    made = PostRow._make((*row[:3], name_of(*row[3:6]), *row[6:]))
    return made._replace(html="", marks={}) if made.state == PostState.DELETED else made


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


def translations_of(posts: Iterable[PostRow], user) -> dict[int, list[TranslationRow]]:
    """By post: those that are published, and one's own that wait. Of posts found visible before. One query."""
    ids = [post.pk for post in posts if post.html]
    if not ids:
        return {}
    rows = PostTranslation.objects.filter(
        post__in=ids, state__in=[PostState.PUBLISHED, PostState.HELD]
    ).order_by("language", "pk")
    found: dict[int, list[TranslationRow]] = {}
    for row in rows.values_list(*_TRANSLATED):
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
    rows = Mark.objects.filter(user=who.user_id, post__in=[post.pk for post in posts if post.html])
    for post_id, kind in rows.values_list("post_id", "kind"):
        found.setdefault(post_id, set()).add(kind)
    return found


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
    pages: int  # of its topic


def where_post_is(post_id: int, user) -> WhereItIs | None:
    """None where it is not theirs to see. One query."""
    post = Post.objects.reachable_by(user).select_related("topic").filter(pk=post_id).first()
    if post is None:
        return None
    return WhereItIs(post.topic_id, post.topic.slug, post.number, page_of_number(post.topic.highest_number))


def first_number_since(topic: Topic, moment: datetime, user) -> int | None:
    """The first post that was published at `moment` or later. One query."""
    posts = Post.objects.visible_to(user).filter(topic=topic.pk, published_at__gte=moment)
    return posts.order_by("number").values_list("number", flat=True).first()
