"""Where entries come from. Each kind of thing that can be found has a source, registered when the apps are ready:

    register_source(PageSource())

A source knows which entries its objects have now. Who may be shown what of them is asked of several at once
(`search.queries.finding`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from search.engines import EVERYBODY


@dataclass(frozen=True, slots=True)
class Made:
    """An entry as its source makes it: see `search.models.Entry`. Texts are plain, not tidied yet."""

    pk: int  # of the object
    section: str
    kind: str
    language: str
    work: str
    moment: datetime
    title: str
    access: str = EVERYBODY
    archived: bool = False
    until: datetime | None = None
    facets: Mapping[str, Iterable[str]] = field(default_factory=dict)
    code: str = ""
    names: str = ""
    summary: str = ""
    body: str = ""
    files: str = ""
    unread: tuple[int, ...] = ()  # attached files that are to be read yet


@dataclass(frozen=True, slots=True)
class Shown:
    """What is said of a hit besides its text, once it is known that the reader may see it."""

    url: str
    title: str
    label: str  # what it is: "Initiative file", "Glossary term"
    setting: str = ""  # one line of when, where, by whom
    data: Mapping[str, object] = field(default_factory=dict)


class Source(Protocol):
    name: str  # "page": entries are called "page:12"

    def made(self, pks: Sequence[int]) -> Iterable[Made]:
        """The entries of those of `pks` that anybody may see now. A fixed number of queries."""
        ...

    def lock(self, pks: Sequence[int]) -> None:
        """Hold the rows that decide over visibility until the transaction ends: what withdraws them waits."""
        ...

    def keys(self) -> Iterator[int]:
        """Ids of all that may have an entry, the oldest first, without holding them all in memory."""
        ...


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    _sources[source.name] = source


def sources() -> list[Source]:
    return list(_sources.values())


def source_named(name: str) -> Source:
    """`KeyError` where nobody knows it."""
    return _sources[name]
