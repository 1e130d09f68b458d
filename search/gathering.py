"""From the entries an engine found to hits: grouped by work, ordered, counted by section and facet. Pure."""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from search.engines import DIRECT, FACETS, Asked, Hit, Hits
from search.ranking import place, weighed


class Candidate(NamedTuple):
    """A row of an engine's answer. The engine has made sure that the reader may see it."""

    entry: int
    section: str
    work: str
    language: str
    moment: Any  # of one type in all rows, and in order as text
    archived: bool
    marks: str
    score: float
    expansion: int


class _Best(NamedTuple):
    direct: bool
    place: tuple
    score: float
    row: Candidate


def gather(candidates: Iterable[Candidate], asked: Asked, **more: Any) -> Hits:
    """`more`: what else is to be said in the `Hits`."""
    wanted = {facet: frozenset(values) for facet, values in asked.chosen.items() if values}
    best: dict[str, dict[str, _Best]] = {}
    entries: dict[str, set[int]] = {}
    works: dict[str, set[str]] = {}
    counting = Counting(FACETS.get(asked.section, ()), wanted)
    seen: set[tuple[int, bool]] = set()
    for row in candidates:
        direct = row.expansion == DIRECT
        if (row.entry, direct) in seen:
            continue
        seen.add((row.entry, direct))
        works.setdefault(row.section, set()).add(row.work)
        if row.section == asked.section and not counting.passes(row):
            continue
        entries.setdefault(row.work, set()).add(row.entry)
        score = weighed(row.score, row.language == asked.language, bool(row.archived))
        found = _Best(direct, place(score, row.moment, row.entry), score, row)
        chosen = best.setdefault(row.section, {})
        if row.work not in chosen or found[:2] > chosen[row.work][:2]:
            chosen[row.work] = found
    start, stop = asked.window
    rows = {}
    for section, found_works in best.items():
        if asked.section in ("", section):
            ordered = sorted(found_works.values(), key=itemgetter(0, 1), reverse=True)
            rows[section] = [
                Hit(each.row.entry, each.score, each.row.expansion, len(entries[each.row.work]) - 1)
                for each in ordered[start:stop]
            ]
    return Hits(
        rows=rows,
        totals={section: len(found) for section, found in works.items()},
        total=len(best.get(asked.section, ())),
        facets=counting.counts(),
        **more,
    )


class Counting:
    """How many works each value of each facet would leave. A facet's own choice does not narrow its counts."""

    def __init__(self, facets: Iterable[str], wanted: Mapping[str, frozenset[str]]) -> None:
        self.facets = frozenset(facets)
        self.wanted = wanted
        self._works: dict[str, dict[str, set[str]]] = {facet: {} for facet in facets}

    def passes(self, row: Candidate) -> bool:
        """Count an entry in, and say whether it is among those that were chosen."""
        if not self.facets:
            return True
        marks = [mark.partition("=") for mark in row.marks.split()]
        missed = set(self.wanted)
        for facet, _equals, value in marks:
            if facet in missed and value in self.wanted[facet]:
                missed.discard(facet)
        if len(missed) > 1:
            return False
        for facet, _equals, value in marks:
            if facet in self.facets and (not missed or facet in missed):
                self._works[facet].setdefault(value, set()).add(row.work)
        return not missed

    def counts(self) -> dict[str, dict[str, int]]:
        return {
            facet: {value: len(works) for value, works in values.items()}
            for facet, values in self._works.items()
        }
