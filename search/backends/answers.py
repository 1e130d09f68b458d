"""How a search server's answer to `questions.searches` is read. Pure: dictionaries in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from search.backends.questions import EXACTLY
from search.engines import DIRECT, SECTIONS, Asked, Hit, Hits

ABOUT = 0.97  # of an estimate there are, all but certainly, so many


def hits_of(asked: Asked, answers: Sequence[Mapping[str, Any]], engine: str) -> Hits:
    """`answers`: to `searches`, in their order."""
    wanted = [asked.section] if asked.section else list(SECTIONS)
    counts = Counts()
    rows: dict[str, list[Hit]] = {}
    for section, answer in zip(wanted, answers, strict=False):
        counted = answer["aggregations"]
        counts.count(section, counted["total"]["value"])
        if answer["hits"]["hits"]:
            rows[section] = [hit_of(row, asked.language) for row in answer["hits"]["hits"]]
        if section == asked.section:
            counts.narrow(counted)
    for bucket in chain.from_iterable(
        answer["aggregations"]["sections"]["buckets"] for answer in answers[len(wanted) :]
    ):
        counts.count(bucket["key"], bucket["works"]["value"])
    return Hits(
        rows=rows,
        totals=counts.totals,
        total=counts.total,
        facets=counts.facets,
        at_least=frozenset(counts.at_least),
        total_at_least=counts.total_at_least,
        facets_at_least=counts.facets_at_least,
        engine=engine,
    )


@dataclass
class Counts:
    """The numbers of `Hits`, as far as they were read."""

    totals: dict[str, int] = field(default_factory=dict)
    at_least: set[str] = field(default_factory=set)
    total: int = 0
    total_at_least: bool = False
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    facets_at_least: bool = False

    def count(self, section: str, number: int) -> None:
        if number:
            self.totals[section], estimated = at_least(number)
            if estimated:
                self.at_least.add(section)

    def narrow(self, counted: Mapping[str, Any]) -> None:
        """Read what `facets` asked for."""
        left = counted["left"]
        self.total, self.total_at_least = at_least(left["works"]["value"])
        samples = [
            (each["best"], each["doc_count"])
            for name, each in counted.items()
            if name == "left" or name.startswith("facet ")
            if "best" in each
        ]
        for best, entries in samples:
            self.facets_at_least |= best["doc_count"] < entries
            for name, values in best.items():
                if name.startswith("facet "):
                    self.facets[name.removeprefix("facet ")] = {
                        bucket["key"]: bucket["works"]["value"] for bucket in values["buckets"]
                    }


def at_least(number: int) -> tuple[int, bool]:
    """(how many there are at least, whether that is all that is known). An estimate is told in two digits."""
    if number <= EXACTLY:
        return number, False
    step = 10 ** (len(str(number)) - 2)
    return int(number * ABOUT) // step * step, True


def hit_of(row: Mapping[str, Any], language: str) -> Hit:
    """The work's place is that of its best entry. Shown is the one in the reader's language, by whatever words it was
    found, if there is one (`search.gathering` has the same rule)."""
    of_its_work = row["inner_hits"]["found"]["hits"]
    own = (each for each in of_its_work["hits"] if each["fields"]["language"] == [language])
    shown = next(own, row)
    return Hit(
        entry=int(shown["fields"]["key"][0]),
        score=float(row["_score"]),
        expansion=expansion_of(shown.get("matched_queries", ())),
        more=max(0, of_its_work["total"]["value"] - 1),
    )


def expansion_of(names: Iterable[str]) -> int:
    """By the names of what an entry was found by."""
    places = [int(name.split()[1]) for name in names if name.startswith("expansion ")]
    return DIRECT if "direct" in names or not places else min(places)
