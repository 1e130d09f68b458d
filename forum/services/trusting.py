"""Trust, counted anew from time and from posts that still stand. Nothing that anybody clicks raises it."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from cms.accounts.models import User
from forum.holding import trust
from forum.models import Member, Post
from forum.rules import PostState

KEPT_AFTER = timedelta(days=1)
CHECKED_EVERY = timedelta(hours=3)
AT_ONCE = 200


def recount_due_trust() -> int:
    """At each tick: authors who are not known yet, then those looked at longest ago. Returns how many."""
    now = timezone.now()
    authors = Post.objects.filter(author=OuterRef("pk"), published_at__lt=now - KEPT_AFTER)
    unknown = User.objects.filter(Exists(authors), forum_member=None, is_active=True)
    ids = list(unknown.order_by().values_list("pk", flat=True)[:AT_ONCE])
    Member.objects.bulk_create([Member(user_id=pk) for pk in ids], ignore_conflicts=True)
    due = Member.objects.filter(Q(trust_checked_at=None) | Q(trust_checked_at__lt=now - CHECKED_EVERY))
    ids = list(due.order_by("trust_checked_at").values_list("pk", flat=True)[:AT_ONCE])
    recount_trust(ids)
    return len(ids)


@transaction.atomic
def recount_trust(user_ids: Iterable[int]) -> None:
    """Three queries, and one for each member whose figures changed."""
    now = timezone.now()
    members = list(
        Member.objects.filter(pk__in=list(user_ids))
        .select_related("user")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    standing = {row["author"]: row for row in figures([member.pk for member in members])}
    for member in members:
        found = standing.get(member.pk, {"kept": 0, "removed": 0})
        days = (now - member.user.date_joined) / timedelta(days=1)
        values = (found["kept"], found["removed"], trust(days, found["kept"], found["removed"]))
        if values != (member.kept_posts, member.removed_posts, member.trust):
            member.kept_posts, member.removed_posts, member.trust = values
            member.save(update_fields=["kept_posts", "removed_posts", "trust"])
    Member.objects.filter(pk__in=[member.pk for member in members]).update(trust_checked_at=now)


def figures(user_ids: list[int]):
    """Rows {author, kept, removed}: posts that have stood for a day, and those that facilitators took away."""
    kept = Q(state=PostState.PUBLISHED, published_at__lt=timezone.now() - KEPT_AFTER)
    removed = Q(state=PostState.REJECTED) | Q(state=PostState.DELETED, deleted_by_author=False)
    posts = Post.objects.filter(author__in=user_ids).order_by()
    return posts.values("author").annotate(kept=Count("pk", filter=kept), removed=Count("pk", filter=removed))
