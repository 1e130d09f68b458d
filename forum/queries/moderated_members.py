"""Somebody who takes part, as facilitators see them."""

from typing import NamedTuple

from cms.accounts.models import User
from forum.models import Post, ReviewItem
from forum.queries.review import Known, known_of

NEWEST = 15


class MemberSheet(NamedTuple):
    """`posts`: the newest that who asks reaches, in every state; `items`: what was decided that they may see."""

    member: User
    known: Known
    posts: list[Post]
    items: list[ReviewItem]


def member_sheet(user, user_id: int) -> MemberSheet | None:
    """Five queries. None for an account that is closed, and for one that the forum does not know."""
    member = User.objects.select_related("forum_member").filter(pk=user_id, is_active=True).first()
    if member is None:
        return None
    posts = Post.objects.reachable_by(user).filter(author=member).select_related("topic")
    newest = list(posts.order_by("-created_at")[:NEWEST])
    items = ReviewItem.objects.visible_to(user).filter(member=member).select_related("decided_by")
    found = list(items.order_by("-created_at", "-pk")[:NEWEST])
    known = known_of([member.pk])[member.pk]
    if not (newest or found or known.notes or known.sanctions):
        return None
    return MemberSheet(member, known, newest, found)
