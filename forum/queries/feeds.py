"""What the feeds tell: the newest posts that everybody may read."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from forum.models import Post

ENTRIES = 50


class FeedPost(NamedTuple):
    pk: int
    number: int
    title: str  # of the topic
    topic_language: str
    language: str
    html: str
    published_at: datetime
    edited_at: datetime | None
    author: str  # "" for a former member


def newest_posts(*, category_id: int = 0, topic_id: int = 0, language: str = "") -> list[FeedPost]:
    """Of all, of one category or of one topic; `language`: only those written in it. One query."""
    posts = Post.objects.shown_to(None)
    if category_id:
        posts = posts.filter(topic__category=category_id)
    if topic_id:
        posts = posts.filter(topic=topic_id)
    if language:
        posts = posts.filter(language=language)
    rows: QuerySet = posts.order_by("-number" if topic_id else "-published_at").values_list(
        *("pk", "number", "topic__title", "topic__language", "language", "html", "published_at", "edited_at"),
        *("author__display_name", "author__username", "author_name"),
    )[:ENTRIES]
    return [FeedPost._make((*row[:8], row[8] or row[9] or row[10] or "")) for row in rows]
