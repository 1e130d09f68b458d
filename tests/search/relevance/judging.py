"""How well judged queries are answered: nDCG of the first five, and how often the first is the right one.

A query is asked in a section, of the library where none is said; with `section: ""` in all of them, whose hits count in
the order in which the page shows them: a document before what is said about it. A topic counts by whichever of its posts
was found, in whatever language that is.

What is `misspelt` is judged by what the page offers: what it finds itself, or what the words find that it asks about
("did you mean"), whichever is better, for who made the mistake sees both. Of all other queries only what they find
themselves counts.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cms.accounts.models import User
from cms.demo.conversations import message_id
from cms.demo.reading import identity
from forum.models import Post
from search.asking import read
from search.engines import LIBRARY
from search.filters import Filters
from search.queries.finding import Answer, find

FOLDER = Path(__file__).parent
FIRST = 5
LANGUAGES = ("en", "fr", "es")


@dataclass(frozen=True, slots=True)
class Judged:
    language: str
    text: str
    section: str
    grades: Mapping[str, int]  # by name: "if-assefa", "people:yvon-poirier", "post:05-three-words/1"
    misspelt: bool = False
    reader: str = ""  # a user name; most readers have no account


class Score(NamedTuple):
    judged: Judged
    found: list[str]  # names of the first five; "?" for what nobody judged
    ndcg: float
    first_right: bool


def judged_queries() -> Iterator[Judged]:
    for language in LANGUAGES:
        for row in yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8")):
            yield Judged(
                language,
                str(row["q"]),
                row.get("section", LIBRARY),
                row["relevant"],
                row.get("misspelt", False),
                row.get("reader", ""),
            )


def work_of(name: str) -> str:
    """A topic is named as content files name posts: that in which this post stands."""
    kind, _colon, key = name.rpartition(":")
    if kind == "post":
        topic, _slash, number = key.partition("/")
        posts = Post.objects.filter(message_id=message_id(topic, int(number)))
        return f"topic:{posts.values_list('topic', flat=True).first()}"
    return identity(kind or "documents", key).hex


def gain(grades: Sequence[int]) -> float:
    """Discounted: what stands further down counts less (Järvelin and Kekäläinen 2002, with 2^grade - 1)."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:FIRST]))


def score(judged: Judged) -> Score:
    """As this reader finds it, by the engine in front."""
    answer = asked(judged, judged.text)
    scores = [graded(judged, answer)]
    if judged.misspelt and answer.did_you_mean:
        scores.append(graded(judged, asked(judged, answer.did_you_mean)))
    return max(scores, key=lambda each: (each.ndcg, each.first_right))


def asked(judged: Judged, text: str) -> Answer:
    user = User.objects.get(username=judged.reader) if judged.reader else None
    query = read(text)
    return find(query, Filters(query.text, judged.section), user, judged.language)


def graded(judged: Judged, answer: Answer) -> Score:
    sections = [judged.section] if judged.section else list(answer.rows)
    works = [found.entry.work for section in sections for found in answer.rows[section]][:FIRST]
    names = {work_of(name): name for name in judged.grades}
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
