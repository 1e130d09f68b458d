"""Who wants to be told of what, and how."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q, QuerySet

from cms.accounts.models import User
from cms.notifications.kinds import Kind, known_kinds
from cms.notifications.models import Preference


@dataclass(frozen=True, slots=True)
class Wish:
    frequency: str
    on_site: bool


def with_wish(people: QuerySet, kind: Kind) -> QuerySet:
    """`theirs` leads to each one's preference for `kind`, empty where they have none."""
    theirs = FilteredRelation(
        "notification_preferences", condition=Q(notification_preferences__kind=kind.code)
    )
    return people.alias(theirs=theirs)


def wishes_of_recipients(ids: Iterable[int], kind: Kind) -> dict[int, Wish]:
    """By user: the wish of each whose account is active. One query."""
    people: QuerySet = User.objects.filter(pk__in=set(ids), is_active=True)
    rows = with_wish(people, kind).values_list("pk", "theirs__frequency", "theirs__on_site")
    return {
        pk: Wish(kind.default_frequency, True) if frequency is None else Wish(frequency, on_site)
        for pk, frequency, on_site in rows
    }


def offered_kinds(user) -> list[Kind]:
    """What `user` finds in the settings, in the order of registration."""
    return [kind for kind in known_kinds().values() if kind.offered_to(user)]


def wishes(user) -> dict[str, Wish]:
    """By kind, for all kinds there are. One query."""
    kept = {row.kind: Wish(row.frequency, row.on_site) for row in Preference.objects.filter(user=user)}
    return {code: kept.get(code, Wish(kind.default_frequency, True)) for code, kind in known_kinds().items()}
