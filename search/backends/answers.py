"""How a search server's answers to `searches` are read. Pure: dictionaries in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from search.backends.searches import SHOWN, Purpose, Search
from search.engines import DIRECT, FORUM, Asked, Hit, Hits


class Row(NamedTuple):
    """An entry that was found."""

    entry: int
    work: int
    language: str
    score: float
    names: tuple[str, ...]  # of what it was found by


@dataclass(frozen=True, slots=True)
class Page:
    """The best entries of a section. `whole`: there are no others."""

    rows: Sequence[Row]
    whole: bool


class Reading:
    """The answer to one question, as far as it was read."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._pages: dict[str, Page] = {}
        self._topics: list[Hit] | None = None
        self._own: dict[int, Row] = {}  # by work, what is found in the reader's language
        self._totals: dict[str, tuple[int, bool]] = {}  # by section; whether there are more
        self._left: tuple[int, bool] = (0, False)
        self._facets: dict[str, dict[str, int]] = {}
        self._facets_at_least: set[str] = set()
        self.asked_again = False

    def take(self, search: Search, answer: Mapping[str, Any]) -> None:
        match search.purpose:
            case Purpose.BEST:
                rows = rows_of(answer)
                self._pages[search.section] = Page(rows, len(rows) < search.body["size"])
            case Purpose.TOPICS:
                self._topics = topics_of(answer)
            case Purpose.OWN:
                self._own |= {row.work: row for row in rows_of(answer)}
            case Purpose.TOTAL:
                self._totals[search.section] = counted(answer)
            case Purpose.LEFT:
                self._left = counted(answer)
                self._totals.setdefault(search.section, self._left)
                self._take_facets(answer)
            case Purpose.FACET:
                self._take_facets(answer)

    def _take_facets(self, answer: Mapping[str, Any]) -> None:
        values = {
            name.removeprefix("facet "): {
                bucket["key"]: bucket["works"]["value"] for bucket in found["buckets"]
            }
            for name, found in answer["aggregations"].items()
            if name.startswith("facet ")
        }
        self._facets |= values
        if ended_early(answer):
            self._facets_at_least |= set(values)

    def too_short(self) -> list[str]:
        """Sections whose entries hold fewer works than are to be shown, though there are more of both."""
        wanted = self._asked.window[1]
        found = []
        for section, page in self._pages.items():
            there, more = self._left if section == self._asked.section else self._totals[section]
            known = len({row.work for row in page.rows})
            if not page.whole and known < wanted and (more or known < there):
                found.append(section)
        return found

    def in_other_languages(self) -> list[int]:
        """Works that would be shown in another language than the reader's, for all that is known."""
        if self._asked.language not in self._asked.open_languages:
            return []
        return [
            row.work
            for section, page in self._pages.items()
            if section != FORUM and not page.whole
            for row in self._shown(section)
            if row.language != self._asked.language and row.work not in self._own
        ]

    def _shown(self, section: str) -> list[Row]:
        """Of each work that is to be shown the best entry, but of a text in several languages the reader's, by
        whatever words it was found (`search.gathering` has the same rule)."""
        page = self._pages[section]
        best: dict[int, Row] = {}
        own = {} if section == FORUM else dict(self._own)
        for row in page.rows:
            best.setdefault(row.work, row)
            if section != FORUM and row.language == self._asked.language:
                own.setdefault(row.work, row)
        start, stop = self._asked.window
        return [own.get(work, row) for work, row in list(best.items())[max(0, start) : max(0, stop)]]

    def _hits(self, section: str) -> list[Hit]:
        if section == FORUM and self._topics is not None:
            return self._topics
        page = self._pages[section]
        scores: dict[int, float] = {}
        numbers: dict[int, int] = {}
        for row in page.rows:
            scores.setdefault(row.work, row.score)
            numbers[row.work] = numbers.get(row.work, 0) + 1
        return [
            Hit(
                entry=row.entry,
                score=scores[row.work],
                expansion=expansion_of(row.names),
                more=max(0, numbers[row.work] - 1),
                more_at_least=not page.whole,
            )
            for row in self._shown(section)
        ]

    def hits(self, engine: str) -> Hits:
        rows = {section: self._hits(section) for section in self._pages}
        total, total_at_least = told(*self._left)
        totals = {section: told(*counted) for section, counted in self._totals.items() if counted[0]}
        if total_at_least:
            total = max(total, self._seen(rows[self._asked.section]))
        return Hits(
            rows={section: found for section, found in rows.items() if found},
            totals={
                section: max(number, len(rows.get(section, ())))
                for section, (number, _more) in totals.items()
            },
            total=total,
            facets=self._facets,
            at_least=frozenset(section for section, (_number, more) in totals.items() if more),
            total_at_least=total_at_least,
            facets_at_least=frozenset(self._facets_at_least),
            engine=engine,
            asked_again=self.asked_again,
        )

    def _seen(self, rows: Sequence[Hit]) -> int:
        """How many works there are at least, if one looks at a page of them: a few topics with very many posts may be all
        that was counted. After a full page there is another."""
        start, stop = self._asked.window
        return start + len(rows) + (len(rows) == stop - start) if rows else 0


def rows_of(answer: Mapping[str, Any]) -> list[Row]:
    """In the order of the answer, the best first."""
    return [row_of(hit) for hit in answer["hits"]["hits"]]


def row_of(hit: Mapping[str, Any]) -> Row:
    (entry,), (work,), (language,) = (hit["fields"][name] for name in SHOWN)
    names = tuple(hit.get("matched_queries", ()))
    return Row(int(entry), int(work), language, float(hit["_score"]), names)


def topics_of(answer: Mapping[str, Any]) -> list[Hit]:
    found = []
    for hit in answer["hits"]["hits"]:
        row, posts = row_of(hit), hit["inner_hits"]["found"]["hits"]["total"]["value"]
        found.append(Hit(row.entry, row.score, expansion_of(row.names), max(0, posts - 1)))
    return found


def counted(answer: Mapping[str, Any]) -> tuple[int, bool]:
    """(how many works were counted, whether there are more)."""
    return answer["aggregations"]["works"]["value"], ended_early(answer)


def ended_early(answer: Mapping[str, Any]) -> bool:
    return bool(answer.get("terminated_early"))


def told(number: int, more: bool) -> tuple[int, bool]:
    """(how many there are at least, whether there are more). A number that is not all is told in two digits."""
    if not more:
        return number, False
    step = 10 ** max(0, len(str(number)) - 2)
    return number // step * step, True


def expansion_of(names: Iterable[str]) -> int:
    """By the names of what an entry was found by."""
    places = [int(name.split()[1]) for name in names if name.startswith("expansion ")]
    return DIRECT if "direct" in names or not places else min(places)
