"""What a topic's page shows: the topic, one range of its posts, and the page of the library it is about."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import FilteredRelation, Q
from django.utils.translation import get_language
from wagtail.models import Page

from cms.core.addresses import tree_address
from cms.core.visibility import visible_pages
from forum.models import MovedPost, Post, Topic
from forum.rules import PostState, numbers_on_page
from forum.standing import standing_of

MOST_TRANSLATIONS = 20


class PostRow(NamedTuple):
    pk: int
    number: int | None
    author_id: int | None
    author: str  # "" for a former member
    language: str
    html: str
    version: int
    state: str
    created_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
    deleted_by_author: bool
    reply_to_id: int | None
    marks: dict[str, int]

    @property
    def moment(self) -> datetime:
        return self.published_at or self.created_at


_COLUMNS = ("pk", "number", "author_id", "author__display_name", "author__username", "author_name")
_COLUMNS += ("language", "html", "version", "state", "created_at", "published_at", "edited_at")
_COLUMNS += ("deleted_by_author", "reply_to_id", "marks")


class TopicPage(NamedTuple):
    """`last_read`, `level`: of who asks; None where there is none."""

    topic: Topic
    last_read: int | None
    level: int | None


def reachable_topic(topic_id: int, user) -> TopicPage:
    """One query. `Topic.DoesNotExist` where it is not theirs to see."""
    who = standing_of(user)
    topics = Topic.objects.reachable_by(user)
    if not who.known:
        return TopicPage(topics.get(pk=topic_id), None, None)
    topic = (
        topics.alias(mine=FilteredRelation("readings", condition=Q(readings__user=who.user_id)))
        .annotate(mine_read=_f("mine__last_read"), mine_level=_f("mine__level"))
        .get(pk=topic_id)
    )
    return TopicPage(topic, topic.mine_read, topic.mine_level)


def _f(name: str):
    from django.db.models import F

    return F(name)


def posts_on_page(topic: Topic, page: int, user, *, with_held: bool) -> list[PostRow]:
    """The posts of one page in their order, tombstones without their text; then what waits of who asks. One query."""
    numbers = numbers_on_page(page)
    found = (
        Post.objects.visible_to(user)
        .filter(topic=topic.pk, number__gte=numbers[0], number__lte=numbers[-1])
        .values_list(*_COLUMNS)
    )
    who = standing_of(user)
    if with_held and who.known:
        held = Post.objects.reachable_by(user).filter(
            topic=topic.pk, state=PostState.HELD, number=None, author=who.user_id
        )
        found = found.union(held.values_list(*_COLUMNS), all=True)
    rows = [_row(row) for row in found]
    return sorted(rows, key=lambda row: (row.number is None, row.number or row.pk))


def _row(row: tuple) -> PostRow:
    pk, number, author_id, display_name, username, kept, *rest = row
    made = PostRow(pk, number, author_id, display_name or username or kept or "", *rest)
    return made._replace(html="", marks={}) if made.state == PostState.DELETED else made


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
    rows = [
        About(title, tree_address(language, url_path), language, pk)
        for title, url_path, language, pk in pages.values_list(
            "title", "url_path", "locale__language_code", "pk"
        )
    ]
    return next((row for row in rows if row.language == get_language()), rows[0] if rows else None)


def moved_to(topic_id: int, number: int) -> int | None:
    """The post that once had this number in this topic and went elsewhere; whoever leads there asks whether it is theirs."""
    return MovedPost.objects.filter(topic=topic_id, number=number).values_list("post_id", flat=True).first()


class WhereItIs(NamedTuple):
    topic_id: int
    title_slug: str
    language: str
    number: int | None


def where_post_is(post_id: int, user) -> WhereItIs | None:
    """None where it is not theirs to see."""
    post = Post.objects.reachable_by(user).select_related("topic").filter(pk=post_id).first()
    return post and WhereItIs(post.topic_id, post.topic.slug, post.language, post.number)
