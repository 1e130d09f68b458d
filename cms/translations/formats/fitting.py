"""Units of a file against the source as it is now: what still fits is taken, the rest is named."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.translations.segments import Segment

from .gathering import named
from .values import IncomingFile, IncomingUnit, Problem


@dataclass(frozen=True, slots=True)
class Fitted:
    taken: dict[str, str]  # key of a current segment → words for it, canonical inline HTML
    left_out: list[Problem]  # with what could not be read


def fit(incoming: IncomingFile, current: Sequence[Segment]) -> Fitted:
    """Units without words ask for nothing and are passed over."""
    keys = {segment.key for segment in current}
    written = [unit for unit in incoming.units if unit.target.strip()]
    taken = {unit.key: unit.target for unit in written if unit.key in keys}
    left_out = list(incoming.problems)
    places = _Places(current)
    for number, unit in enumerate(written, 1):
        if unit.key in keys:
            continue
        key = places.of(unit)
        if key is None:
            why = _("The source has changed since this file was made.")
        elif taken.setdefault(key, unit.target) != unit.target:
            why = _("The file has another translation for this place, and that one was taken.")
        else:
            continue
        left_out.append(Problem(unit.key or f"#{number}", named(unit.source, why)))
    return Fitted(taken, left_out)


class _Places:
    """Where a unit belongs whose key no segment has: its place and text, or its text alone, must say it plainly."""

    def __init__(self, current: Sequence[Segment]):
        self._by_place = _single(((each.path, each.text), each.key) for each in current)
        self._by_text = _single((each.text, each.key) for each in current)

    def of(self, unit: IncomingUnit) -> str | None:
        return self._by_place.get((unit.path, unit.source)) or self._by_text.get(unit.source)


def _single(named_keys: Iterable[tuple[Hashable, str]]) -> dict[Hashable, str]:
    """Only names that one key has. Equal texts in one place share theirs."""
    found: dict[Hashable, set[str]] = defaultdict(set)
    for name, key in named_keys:
        found[name].add(key)
    return {name: keys.pop() for name, keys in found.items() if len(keys) == 1}
