"""What is asked of a search engine and what it answers: plain values, the same for every engine. Pure.

An engine is a backend of `modelsearch` with one verb more (`Engine`). All engines find *entries*
(`search.models.Entry`) and nothing else. An engine decides which entries a person may see from `access` and
`open_languages` alone; whoever shows hits looks them up again through the doors of their apps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

LIBRARY, GLOSSARY, PEOPLE, FORUM = "library", "glossary", "people", "forum"
SECTIONS = (LIBRARY, GLOSSARY, PEOPLE, FORUM)
# What the hits of each section can be narrowed by, in the order in which it is shown.
FACETS: Mapping[str, tuple[str, ...]] = {
    LIBRARY: ("type", "theme", "territory", "language", "year", "collection"),
    GLOSSARY: ("language",),
    PEOPLE: ("type", "territory", "language"),
    FORUM: ("category", "author", "language", "year"),
}
EVERYBODY = "everybody"  # an entry's `access`, where anybody may see it; else the name of who may
DIRECT = -1  # the `expansion` of a hit that holds the words asked for


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was typed. `joined`: a hyphen ties it to the next ("co-operative")."""

    text: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """The same query with a glossary term put into another language: `words` are looked for in `language` only.

    `terms`: where the terms of several words stand among them, [start:end]. The words of such a term must stand near
    each other or at the head of a text, in any form: far apart they mean something else, and nobody typed them.
    """

    term: str  # as readers are told: "economía solidaria"
    language: str
    words: tuple[Word, ...]
    terms: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, ready for an engine.

    `words`: all must be found, in any form the text's own language gives them (with `any_word`: one will do, more
    are better); `phrases`: found as they stand, letter case and accents aside; `codes`: reference codes in the
    form "IF2010-03", which a text has or mentions. One entry in an expansion's words is a hit too, after all others.
    """

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    codes: tuple[str, ...] = ()
    language: str = "en"  # the reader's
    languages: tuple[str, ...] = ("en",)  # those that texts are written in
    access: frozenset[str] = frozenset({EVERYBODY})
    open_languages: frozenset[str] = frozenset()  # of everything but the forum
    section: str = ""  # "" for the best of all sections
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of the section's facets
    expansions: tuple[Expansion, ...] = ()
    any_word: bool = False
    window: tuple[int, int] = (0, 10)  # of the section's hits; of each section's where none is asked for
    now: datetime | None = None

    @property
    def empty(self) -> bool:
        return not (self.words or self.phrases or self.codes)


@dataclass(frozen=True, slots=True)
class Hit:
    """One work or conversation, by its best entry. `more`: how many others of its entries were found; with
    `more_at_least`, of those that were looked at."""

    entry: int  # primary key
    score: float
    expansion: int = DIRECT  # else the place of the expansion that found it
    more: int = 0
    more_at_least: bool = False


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found. Everything is counted in works and conversations, not in entries.

    `totals` leaves the chosen facets out of account, `total` is what they leave in the section asked for. Counts of
    a facet ignore its own choice. In the sections of `at_least` there are more than was counted, as there are in all
    with `total_at_least`, and under the values of the facets of `facets_at_least`.
    """

    rows: Mapping[str, Sequence[Hit]]  # by section
    totals: Mapping[str, int]
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # of the section asked for
    at_least: frozenset[str] = frozenset()
    total_at_least: bool = False
    facets_at_least: frozenset[str] = frozenset()
    engine: str = ""
    degraded: bool = False  # another engine should have answered
    asked_again: bool = False  # a second request was made for it
    too_slow: bool = False  # it was given up: whether anything is there, nobody knows

    @property
    def found(self) -> int:
        return sum(self.totals.values())


class Engine(Protocol):
    name: str

    def answer(self, asked: Asked) -> Hits: ...


@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of what somebody types: folded words, of which the last may go on. Answered by the database."""

    words: tuple[str, ...]
    open_languages: frozenset[str]
    limit: int = 150  # of entries looked at
