"""How well judged queries are answered: nDCG of the first five, and how often the first is the right one."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cms.demo.reading import identity
from search.asking import read
from search.engines import LIBRARY
from search.filters import Filters
from search.queries.finding import find

FOLDER = Path(__file__).parent
FIRST = 5
LANGUAGES = ("en", "fr", "es")


@dataclass(frozen=True, slots=True)
class Judged:
    language: str
    text: str
    section: str
    grades: Mapping[str, int]  # by name: "if-assefa", "people:yvon-poirier"


class Score(NamedTuple):
    judged: Judged
    found: list[str]  # names of the first five; "?" for what nobody judged
    ndcg: float
    first_right: bool


def judged_queries() -> Iterator[Judged]:
    for language in LANGUAGES:
        for row in yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8")):
            yield Judged(language, str(row["q"]), row.get("section", LIBRARY), row["relevant"])


def work_of(name: str) -> str:
    kind, _colon, key = name.rpartition(":")
    return identity(kind or "documents", key).hex


def gain(grades: Sequence[int]) -> float:
    """Discounted: what stands further down counts less (Järvelin and Kekäläinen 2002, with 2^grade - 1)."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:FIRST]))


def score(judged: Judged) -> Score:
    """As a reader without an account finds it, by the engine in front."""
    query = read(judged.text)
    answer = find(query, Filters(query.text, judged.section), None, judged.language)
    names = {work_of(name): name for name in judged.grades}
    works = [found.entry.work for found in answer.rows[judged.section]][:FIRST]
    found = [names.get(work, "?") for work in works]
    grades = [judged.grades.get(name, 0) for name in found]
    best = sorted(judged.grades.values(), reverse=True)
    return Score(judged, found, gain(grades) / gain(best), bool(grades) and grades[0] == best[0])


def mean(values: Sequence[Any]) -> float:
    return sum(values) / len(values)


def table(scores: Sequence[Score]) -> list[tuple[str, int, float, float]]:
    """(language or "all", queries, nDCG@5, share of queries with the right one first)."""
    rows = []
    for language in (*LANGUAGES, ""):
        of = [each for each in scores if language in ("", each.judged.language)]
        if of:
            rows.append(
                (
                    language or "all",
                    len(of),
                    mean([each.ndcg for each in of]),
                    mean([each.first_right for each in of]),
                )
            )
    return rows
