"""What the forum keeps for one person: what they follow, marked, are writing, and what waits of them."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery

from forum.models import Category, CategoryLevel, Draft, Post, ReviewItem, Topic
from forum.queries.categories import categories_for
from forum.queries.unread import with_level
from forum.rules import Level, MarkKind, PostState

LONGEST_LIST = 30
SHOWN = 8  # of each list, where all of them stand together
EXCERPT = 400  # characters of a draft: more than is shown of it


class FollowedCategory(NamedTuple):
    category: Category
    level: int


def category_levels(user) -> list[FollowedCategory]:
    """All categories they see, in their order. One query, and what is kept of categories."""
    held = dict(CategoryLevel.objects.filter(user=user).values_list("category_id", "level"))
    return [FollowedCategory(each, held.get(each.pk, Level.NORMAL)) for each in categories_for(user)]


class FollowedTopic(NamedTuple):
    place: int  # in the list: the next page begins after it
    pk: int
    title: str
    language: str
    level: int
    reason: str


def topics_with_level(user, *, before: int | None = None, size: int = LONGEST_LIST) -> list[FollowedTopic]:
    """Those with a level of their own, the last chosen first, `size` and one more. One query."""
    rows: QuerySet = with_level(Topic.objects.visible_to(user), user).filter(own_level__isnull=False)
    if before is not None:
        rows = rows.filter(mine__pk__lt=before)
    columns = ("mine__pk", "pk", "title", "language", "own_level", "reason")
    return [
        FollowedTopic(*row) for row in rows.order_by(F("mine__pk").desc()).values_list(*columns)[: size + 1]
    ]


class Bookmark(NamedTuple):
    place: int
    post_id: int
    title: str
    language: str  # of the topic
    number: int
    author: str  # "" for a former member
    html: str
    post_language: str


def bookmarks(user, *, before: int | None = None, size: int = LONGEST_LIST) -> list[Bookmark]:
    """The newest first, `size` and one more, as far as they may still read them. One query."""
    posts = Post.objects.shown_to(user).filter(given_marks__user=user, given_marks__kind=MarkKind.BOOKMARK)
    if before is not None:
        posts = posts.filter(given_marks__pk__lt=before)
    rows = posts.order_by("-given_marks__pk").values_list(
        *("given_marks__pk", "pk", "topic__title", "topic__language", "number", "html", "language"),
        *("author__display_name", "author__username", "author_name"),
    )[: size + 1]
    return [
        Bookmark(place, pk, title, language, number, shown or username or kept, html, post_language)
        for place, pk, title, language, number, html, post_language, shown, username, kept in rows
    ]


class WaitingPost(NamedTuple):
    """`item`: id of what was or is to be decided, with its `item_state` and `reason`; None where nothing is known."""

    pk: int
    title: str
    language: str
    state: str
    written_at: datetime
    item: int | None
    item_state: str
    reason: str


def waiting_posts(user, size: int = LONGEST_LIST) -> list[WaitingPost]:
    """One's own posts that are not published, the newest first. One query."""
    items = ReviewItem.objects.filter(post=OuterRef("pk"), member=user).order_by("-pk")
    posts: QuerySet = Post.objects.reachable_by(user).filter(
        author=user, state__in=[PostState.HELD, PostState.REJECTED]
    )
    rows: QuerySet = (
        posts.annotate(
            item=Subquery(items.values("pk")[:1]),
            item_state=Subquery(items.values("state")[:1]),
            why=Subquery(items.values("reason")[:1]),
        )
        .order_by("-pk")
        .values_list(
            "pk", "topic__title", "topic__language", "state", "created_at", "item", "item_state", "why"
        )
    )[:size]
    return [WaitingPost._make((*row[:6], row[6] or "", row[7] or "")) for row in rows]


class MyDraft(NamedTuple):
    """`kind`: topic, new, edit or translate; `number`: of the topic, category or post; `title`: "" where it is gone.

    `slug`: of the category a new topic is for, "" where it is not theirs to see.
    """

    key: str
    kind: str
    number: int
    code: str  # the language translated into
    title: str
    language: str
    text: str
    saved_at: datetime
    slug: str = ""


def my_drafts(user, size: int = LONGEST_LIST) -> list[MyDraft]:
    """The last saved first. Three queries, whatever their number."""
    rows = list(Draft.objects.filter(user=user).order_by("-saved_at")[:size])
    keys = [draft_place(row.key) for row in rows]
    topics = Topic.objects.visible_to(user).in_bulk({number for kind, number, _ in keys if kind == "topic"})
    wanted = {number for kind, number, _ in keys if kind in ("edit", "translate")}
    posts = (
        Post.objects.reachable_by(user).select_related("topic").only("topic__title", "topic__language")
    ).in_bulk(wanted)
    categories = {category.pk: category for category in categories_for(user)}
    found = []
    for row, (kind, number, code) in zip(rows, keys, strict=True):
        topic = topics.get(number) if kind == "topic" else None
        topic = posts[number].topic if kind in ("edit", "translate") and number in posts else topic
        category = categories.get(number) if kind == "new" else None
        title = row.data.get("title") or (topic.title if topic else category.name if category else "")
        text = " ".join(str(row.data.get("text", "")).split())[:EXCERPT]
        language = topic.language if topic else ""
        slug = category.slug if category else ""
        found.append(MyDraft(row.key, kind, number, code, title, language, text, row.saved_at, slug))
    return found


def draft_place(key: str) -> tuple[str, int, str]:
    """("translate", 56, "es") of `translate:56:es`."""
    kind, number, code = (*key.split(":"), "", "")[:3]
    return kind, int(number) if number.isdecimal() else 0, code
