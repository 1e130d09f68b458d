"""From the entries an engine found to hits: grouped by work, ordered, counted by section and facet. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from search.engines import DIRECT, FACETS, FORUM, Asked, Hit, Hits
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


@dataclass(slots=True)
class _Work:
    """What was found of a work or a conversation."""

    best: tuple  # (direct, place) of its best entry
    score: float
    shown: tuple[tuple, Candidate]
    entries: set[int] = field(default_factory=set)


def gather(candidates: Iterable[Candidate], asked: Asked, **more: Any) -> Hits:
    """`more`: what else is to be said in the `Hits`."""
    wanted = {facet: frozenset(values) for facet, values in asked.chosen.items() if values}
    counting = Counting(FACETS.get(asked.section, ()), wanted)
    all_works: dict[str, set[str]] = {}
    works: dict[str, dict[str, _Work]] = {}
    for row in candidates:
        all_works.setdefault(row.section, set()).add(row.work)
        if row.section == asked.section and not counting.passes(row):
            continue
        _take(works.setdefault(row.section, {}), row, asked)
    start, stop = asked.window
    rows = {}
    for section, found in works.items():
        if asked.section in ("", section):
            ordered = sorted(found.values(), key=attrgetter("best"), reverse=True)
            part = section in more.get("at_least", ()) or more.get("total_at_least", False)
            rows[section] = [_hit(work, part) for work in ordered[start:stop]]
    return Hits(
        rows=rows,
        totals={section: len(found) for section, found in all_works.items()},
        total=len(works.get(asked.section, ())),
        facets=counting.counts(),
        **more,
    )


def _take(works: dict[str, _Work], row: Candidate, asked: Asked) -> None:
    own = row.language == asked.language
    score = weighed(row.score, own, bool(row.archived))
    best = (row.expansion == DIRECT, place(score, row.moment, row.entry))
    # Of a text in several languages readers get their own, by whatever words it was found; of a conversation, the
    # post that answers best.
    shown = (own and row.section != FORUM, best)
    work = works.get(row.work)
    if work is None:
        works[row.work] = _Work(best, score, (shown, row), {row.entry})
        return
    work.entries.add(row.entry)
    if best > work.best:
        work.best, work.score = best, score
    if shown > work.shown[0]:
        work.shown = (shown, row)


def _hit(work: _Work, part: bool) -> Hit:
    """`part`: it was found among some of the entries of its section only."""
    row = work.shown[1]
    return Hit(row.entry, work.score, row.expansion, len(work.entries) - 1, part)


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
