"""What somebody sees of the forum, apart from who they are: few kinds, and a query prepared for each.

Building and compiling a page's queries costs several times what running them does. What `.visible_to` says depends on
a handful of facts of who asks, shared by most members; their number goes into a slot.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.utils import timezone

from cms.core.prepared import Prepared
from forum.rules import NOBODY, Standing
from forum.standing import standing_of

KINDS = 128  # of eyes that are kept, of each query
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Eyes:
    """All that `.visible_to` and `.reachable_by` ask of a `Standing`, but its number."""

    known: bool
    takes_part: bool
    facilitator: bool
    groups: frozenset[int]
    looks_after: frozenset[tuple[int, str]]

    def standing(self, user_id: int) -> Standing:
        """Somebody with that number who sees the same."""
        if not self.known:
            return NOBODY
        return Standing(
            user_id,
            facilitator=self.facilitator,
            groups=self.groups,
            looks_after=self.looks_after,
            suspended_until=None if self.takes_part else _FOR_EVER,
        )


def eyes_of(user) -> Eyes:
    who = standing_of(user)
    return Eyes(who.known, who.takes_part(timezone.now()), who.facilitator, who.groups, who.looks_after)


def prepared_for_eyes(build: Callable[..., QuerySet]) -> Callable[[Eyes], Prepared]:
    """Decorates `build(eyes, *slots)`: becomes a function of eyes, whose query is compiled once for each kind of them."""

    @lru_cache(maxsize=KINDS)
    def prepared(eyes: Eyes) -> Prepared:
        return Prepared(lambda *slots: build(eyes, *slots))

    return prepared
