"""Somebody who takes part, as others see them."""

from typing import NamedTuple

from cms.accounts.models import User
from forum.models import Post

NEWEST = 10


class ShownMember(NamedTuple):
    pk: int
    name: str
    posts: list[Post]  # the newest that who asks may read, with their topics


def member_shown(user_id: int, user) -> ShownMember | None:
    """None for who has written nothing that who asks may read: no list of accounts can be made of it."""
    posts = Post.objects.shown_to(user).filter(author=user_id).select_related("topic")
    newest = list(posts.order_by("-created_at")[:NEWEST])
    found = User.objects.filter(pk=user_id, is_active=True).first() if newest else None
    return found and ShownMember(found.pk, found.shown_name, newest)
