"""What is about the same thing told together, in words, as far as it may still be seen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cms.notifications.kinds import Kind, Words, known_kinds
from cms.notifications.models import Notification


@dataclass(frozen=True, slots=True)
class Bundle:
    kind: Kind
    about: str
    notifications: Sequence[Notification]  # as they were given
    words: Words


def still_visible(user, notifications: Iterable[Notification]) -> list[Notification]:
    """Those that may be shown to `user` now. Each kind is asked once; what nobody renders any more is left out."""
    kinds = known_kinds()
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for each in notifications:
        by_kind[each.kind].append(each)
    return [
        each
        for code, rows in by_kind.items()
        if code in kinds
        for each in kinds[code].still_visible(user, rows)
    ]


def bundles(user, notifications: Sequence[Notification]) -> list[Bundle]:
    """In the language that is active. In the order of the first of each; a kind's words get them oldest first."""
    kinds = known_kinds()
    visible = {each.pk for each in still_visible(user, notifications)}
    together: dict[tuple[str, str], list[Notification]] = {}
    for each in notifications:
        if each.pk in visible:
            together.setdefault((each.kind, each.about), []).append(each)
    return [
        Bundle(
            kinds[code],
            about,
            rows,
            kinds[code].render(sorted(rows, key=lambda each: (each.created_at, each.pk))),
        )
        for (code, about), rows in together.items()
    ]
