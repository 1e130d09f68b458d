"""The posts of a topic in brief, for choosing which of them go elsewhere."""

from typing import NamedTuple

from cms.core.languages import direction
from forum.models import Topic
from forum.rendering import plain_text
from forum.rules import PostState

POSTS_TO_CHOOSE = 100  # a range of numbers on each page
EXCERPT = 120  # letters


class Choice(NamedTuple):
    number: int
    author: str
    excerpt: str
    language: str
    dir: str
    state: str
    chosen: bool


def posts_to_choose(topic: Topic, page: int, chosen: set[int]) -> list[Choice]:
    """Those of one page of numbers, tombstones too. One query."""
    first = (page - 1) * POSTS_TO_CHOOSE + 1
    rows = topic.posts.filter(number__gte=first, number__lt=first + POSTS_TO_CHOOSE).order_by("number")
    return [
        Choice(
            post.number or 0,
            post.author.shown_name if post.author else post.author_name,
            excerpt(post.html) if post.state == PostState.PUBLISHED else "",
            post.language,
            direction(post.language),
            post.state,
            post.number in chosen,
        )
        for post in rows.select_related("author")
    ]


def excerpt(html: str) -> str:
    text = " ".join(plain_text(html).split())
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"
