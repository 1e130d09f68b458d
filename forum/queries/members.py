"""Somebody who takes part, as others see them."""

from datetime import date, datetime
from typing import NamedTuple

from cms.accounts.models import User
from forum.models import Post

NEWEST = 20


class SaidPost(NamedTuple):
    """One of their posts, with the beginning of its text."""

    pk: int
    number: int
    language: str
    html: str
    published_at: datetime
    topic_title: str
    topic_language: str


class ShownMember(NamedTuple):
    pk: int
    name: str
    since: date
    languages: tuple[str, ...]  # in which they write
    posts: list[SaidPost]  # the newest that who asks may read


def member_shown(user_id: int, user) -> ShownMember | None:
    """None for who has written nothing that who asks may read: no list of accounts can be made of it. Two queries."""
    posts = Post.objects.shown_to(user).filter(author=user_id).order_by("-created_at")
    rows = posts.values_list(
        "pk", "number", "language", "html", "published_at", "topic__title", "topic__language"
    )
    newest = [SaidPost(*row) for row in rows[:NEWEST]]
    found = User.objects.filter(pk=user_id, is_active=True).first() if newest else None
    if found is None:
        return None
    languages = tuple(found.languages_written or ())
    return ShownMember(found.pk, found.shown_name, found.date_joined.date(), languages, newest)
