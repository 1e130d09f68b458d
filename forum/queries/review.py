"""What waits for a facilitator, the longest waiting first, with what is needed to decide."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Prefetch, Q

from forum.models import Report, ReviewItem, Sanction, StaffNote
from forum.places import Place
from forum.rules import ReviewKind, ReviewState

ROWS = 20


class Asked(NamedTuple):
    """What of the queue: "" and None mean all."""

    kind: str = ""
    category_id: int | None = None
    language: str = ""


def waiting(user, asked: Asked | None = None):
    found = ReviewItem.objects.visible_to(user).filter(state=ReviewState.WAITING)
    if asked and asked.kind:
        found = found.filter(kind=asked.kind)
    if asked and asked.category_id:
        found = found.filter(category_id=asked.category_id)
    if asked and asked.language:
        found = found.filter(language=asked.language)
    return found


def waiting_page(user, asked: Asked, after: Place | None) -> tuple[list[ReviewItem], Place | None]:
    """Some of them, and where the next ones begin. Three queries, however many wait."""
    found = waiting(user, asked)
    if after is not None:
        found = found.filter(Q(created_at__gt=after.moment) | Q(created_at=after.moment, pk__gt=after.pk))
    rows = list(whole(found).order_by("created_at", "pk")[: ROWS + 1])
    more = len(rows) > ROWS
    rows = rows[:ROWS]
    return rows, Place(False, rows[-1].created_at, rows[-1].pk) if more else None


def whole(items):
    """With the text it is about, its topic, its author, the reports and who decided before."""
    reports = Report.objects.select_related("reporter").order_by("pk")
    return items.select_related(
        "post__topic", "post__edited_by", "translation__post__topic", "member__forum_member", "decided_by"
    ).prefetch_related(Prefetch("reports", reports))


def item_whole(user, item_id: int) -> ReviewItem | None:
    """One of them, decided or not; None where it is not theirs."""
    return whole(ReviewItem.objects.visible_to(user)).filter(pk=item_id).first()


def waiting_by_kind(user) -> dict[str, int]:
    """{kind: how many}, without those of which there are none."""
    rows = waiting(user).order_by().values("kind").annotate(number=Count("pk", distinct=True))
    return {row["kind"]: row["number"] for row in rows}


class Known(NamedTuple):
    """What facilitators know of somebody besides their posts."""

    notes: list[StaffNote]
    sanctions: list[Sanction]


def known_of(user_ids: Sequence[int]) -> dict[int, Known]:
    """By user, the newest first. Two queries."""
    ids = set(user_ids)
    found = {pk: Known([], []) for pk in ids}
    if ids:
        for note in StaffNote.objects.filter(user__in=ids).select_related("by").order_by("-pk"):
            found[note.user_id].notes.append(note)
        rows = Sanction.objects.filter(user__in=ids).select_related("by", "lifted_by").order_by("-pk")
        for one in rows:
            found[one.user_id].sanctions.append(one)
    return found


def earlier_items(user, item: ReviewItem, most: int = 10) -> list[ReviewItem]:
    """What was decided about the same member before, as far as who asks may see it."""
    if item.member_id is None:
        return []
    found = ReviewItem.objects.visible_to(user).exclude(pk=item.pk).exclude(state=ReviewState.WAITING)
    rows = found.filter(member=item.member_id).select_related("decided_by", "post__topic")
    return list(rows.order_by("-decided_at", "-pk")[:most])


def own_decision(user, item_id: int) -> ReviewItem | None:
    """A decision that concerns who asks. What is only waiting, and who reported, is not theirs to see."""
    found = ReviewItem.objects.filter(pk=item_id, member=user).select_related(
        "post__topic__category", "translation__post__topic__category"
    )
    found = found.exclude(state=ReviewState.SET_ASIDE, answered_at=None)
    return found.exclude(
        kind__in=[ReviewKind.REPORTED_POST, ReviewKind.REPORTED_MEMBER],
        state=ReviewState.WAITING,
        answered_at=None,
    ).first()
