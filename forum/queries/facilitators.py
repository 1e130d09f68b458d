"""Who looks after the forum: named in public, few, and kept until something changes."""

from typing import NamedTuple

from cms.accounts.models import User
from cms.accounts.roles import FACILITATOR_GROUP
from cms.core.page_cache.stamp import kept_until_change
from forum.models import CoFacilitator


class Facilitator(NamedTuple):
    user_id: int
    name: str
    language: str  # "" for all


@kept_until_change
def co_facilitators_by_category() -> dict[int, list[Facilitator]]:
    """In the order in which they were named. One query."""
    found: dict[int, list[Facilitator]] = {}
    rows = CoFacilitator.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    for row in rows:
        person = Facilitator(row.user_id, row.user.shown_name, row.language)
        found.setdefault(row.category_id, []).append(person)
    return found


@kept_until_change
def facilitator_ids() -> frozenset[int]:
    """Of those who look after all of the forum. One query."""
    people = User.objects.filter(groups__name=FACILITATOR_GROUP, is_active=True)
    return frozenset(people.values_list("pk", flat=True))


def looks_after(user_id: int | None, category_id: int) -> bool:
    """Whether a post's author is shown as a facilitator. No query once these are kept."""
    return user_id in facilitator_ids() or any(
        person.user_id == user_id for person in co_facilitators_by_category().get(category_id, ())
    )
