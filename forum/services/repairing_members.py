"""What the forum keeps of its members, counted anew: sanctions in force, and what trust was made of.

Trust is counted every few hours (`trusting`), and what has happened since is no fault: posts that were changed,
deleted or decided on after a member was counted may have counted then, or not.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.utils import timezone

from forum.holding import trust
from forum.models import LogEntry, Member, Post, ReviewItem, Sanction
from forum.rules import PostState
from forum.services.sanctioning import hold_to_sanctions
from forum.services.trusting import KEPT_AFTER, recount_trust

IN_FORCE = ((Sanction.SILENCE, "silenced_until"), (Sanction.SUSPENSION, "suspended_until"))
CHECKED_AT = F("author__forum_member__trust_checked_at")
Off = dict[str, tuple[Any, Any]]


def off_among(first: int, last: int) -> Iterator[tuple[Member, Off]]:
    """Members with these ids of whom something is counted wrong: {field: (was, is)}. Three queries if nothing is."""
    members = list(Member.objects.filter(user__pk__range=(first, last)).select_related("user").order_by("pk"))
    figures = {row["author"]: row for row in figures_then(first, last)}
    ends = ends_of_sanctions(first, last)
    for member in members:
        found = sanctions_off(member, ends) | figures_off(member, figures.get(member.pk, NO_POSTS))
        if found:
            yield member, found


def mend(member_id: int) -> None:
    recount_trust([member_id])
    hold_to_sanctions(member_id)


# --- sanctions


def ends_of_sanctions(first: int, last: int) -> dict[tuple[int, str], Any]:
    in_force = Sanction.objects.filter(
        user__pk__range=(first, last), lifted_at=None, until__gt=timezone.now()
    )
    rows = in_force.order_by().values_list("user_id", "kind").annotate(Max("until"))
    return {(user_id, kind): until for user_id, kind, until in rows}


def sanctions_off(member: Member, ends: dict[tuple[int, str], Any]) -> Off:
    """One that is over and not lifted yet is no fault: the next tick lifts it."""
    off, now = {}, timezone.now()
    for kind, field in IN_FORCE:
        said, right = getattr(member, field), ends.get((member.pk, kind))
        if (said if said and said > now else None) != right:
            off[field] = (said, right)
    return off


# --- trust

NO_POSTS = {"kept": 0, "removed": 0, "unsure": 0}


def figures_then(first: int, last: int):
    """Rows {author, kept, removed, unsure}, as of when each was counted last; `unsure` may have been either."""
    touched = (
        Q(deleted_at__isnull=False, deleted_at__gt=CHECKED_AT)
        | Q(edited_at__isnull=False, edited_at__gt=CHECKED_AT)
        | Exists(
            LogEntry.objects.filter(
                post=OuterRef("pk"), at__gt=OuterRef("author__forum_member__trust_checked_at")
            )
        )
        | Exists(
            ReviewItem.objects.filter(
                post=OuterRef("pk"), decided_at__gt=OuterRef("author__forum_member__trust_checked_at")
            )
        )
    )
    kept = Q(state=PostState.PUBLISHED, published_at__lt=CHECKED_AT - KEPT_AFTER)
    removed = Q(state=PostState.REJECTED) | Q(state=PostState.DELETED, deleted_by_author=False)
    posts = Post.objects.filter(
        author__pk__range=(first, last), author__forum_member__trust_checked_at__isnull=False
    )
    return (
        posts.order_by()
        .annotate(touched=touched)
        .values("author")
        .annotate(
            kept=Count("pk", filter=kept & Q(touched=False)),
            removed=Count("pk", filter=removed & Q(touched=False)),
            unsure=Count("pk", filter=Q(touched=True)),
        )
    )


def figures_off(member: Member, row: dict[str, int]) -> Off:
    checked_at = member.trust_checked_at
    if checked_at is None:  # not counted yet
        return {}
    off: Off = {}
    for field, name in (("kept_posts", "kept"), ("removed_posts", "removed")):
        said = getattr(member, field)
        if not row[name] <= said <= row[name] + row["unsure"]:
            off[field] = (said, row[name])
    days = (checked_at - member.user.date_joined) / timedelta(days=1)
    right = trust(days, member.kept_posts, member.removed_posts)
    if not off and member.trust != right:
        off["trust"] = (member.trust, right)
    return off
