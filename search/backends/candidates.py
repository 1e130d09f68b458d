"""Choosing entries in a database, in few statements and at a cost that does not grow with how common a word is.

A query with at most `MOST_CANDIDATES` entries is answered in one statement: all of them, each weighed. Of a larger
one, the entries with the words in their titles and the newest are taken, section by section, in one statement too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from django.db import connections, router
from django.utils import timezone

from search.backends.limits import rows_of
from search.engines import DIRECT, FACETS, FORUM, SECTIONS, Asked
from search.expressions import All, Leaf, Node, direct, expanded, filed, leaves
from search.gathering import Candidate
from search.models import Entry
from search.ranking import MOST_CANDIDATES, TIERS

COLUMNS = ("id", "section", "work", "language", "moment", "archived", "marks")
FEW = 1000  # how many entries are counted in sections that were not asked for


@dataclass(frozen=True, slots=True)
class Part:
    """A statement that gives `COLUMNS`, the score and the expansion of some entries."""

    sql: str
    params: tuple[Any, ...]


class Database(Protocol):
    """What each database does in its own way."""

    def weighed(self, node: Node, expansion: str, where: Part, limit: int) -> Part:
        """Entries that match, with their scores, in any order. `expansion`: an SQL expression."""
        ...

    def newest(
        self, node: Node, score: float, expansion: str, where: Part, limit: int, *, titles: bool
    ) -> Part:
        """Entries that match, in their titles if so wished, the latest written first."""
        ...

    def counted(self, node: Node, limit: int) -> Part:
        """How many entries match: one number, at most `limit`."""
        ...


def fetch(part: Part) -> list[tuple]:
    """Raises `TooSlow`."""
    return rows_of(connections[router.db_for_read(Entry)], part.sql, part.params)


def together(parts: Iterable[Part]) -> Part:
    """As one statement."""
    known = list(parts)
    return Part(
        " UNION ALL ".join(f"SELECT * FROM ({part.sql}) AS part{at}" for at, part in enumerate(known)),
        tuple(value for part in known for value in part.params),
    )


def places(values: Iterable[Any]) -> str:
    return ", ".join(["%s"] * len(list(values)))


def visible(asked: Asked) -> Part:
    """What a row `e` of the entries must be for this reader, as a condition."""
    access, languages = sorted(asked.access), sorted(asked.open_languages)
    sql = f"e.access IN ({places(access) or 'NULL'}) AND (e.section = %s"
    sql += f" OR e.language IN ({places(languages)}))" if languages else ")"
    sql += " AND (e.until IS NULL OR e.until > %s)"
    return Part(sql, (*access, FORUM, *languages, moment(asked.now)))


def moment(at: datetime | None = None) -> Any:
    """As the database compares it; now, where none is given."""
    connection = connections[router.db_for_read(Entry)]
    return connection.ops.adapt_datetimefield_value(at or timezone.now())


def expansion_sql(asked: Asked) -> str:
    """The place of the expansion that found a row `e`: the first in its language."""
    first: dict[str, int] = {}
    for at, expansion in enumerate(asked.expansions):
        first.setdefault(expansion.language, at)
    # Numbers and codes of ours: nothing of the query stands in this text.
    cases = " ".join(f"WHEN '{code}' THEN {at}" for code, at in first.items() if code.isalpha())
    return f"CASE e.language {cases} ELSE 0 END" if cases else "0"


def candidates(database: Database, asked: Asked, entries: int) -> tuple[list[Candidate], dict[str, Any]]:
    """(the entries to choose from, what is to be said of their counts). `entries`: how many there are in all."""
    if entries > MOST_CANDIDATES:
        counts = counted(database, asked)
        entries = sum(count for (count,) in fetch(together(counts))) if counts else 0
        if not entries:
            return [], {}
    return of_so_many(database, asked, entries)


def counted(database: Database, asked: Asked) -> list[Part]:
    """Statements that count the entries that match, whoever may see them: of many, only that they are more than
    `MOST_CANDIDATES`."""
    nodes: list[Node | None] = [direct(asked), expanded(asked)]
    return [database.counted(node, MOST_CANDIDATES + 1) for node in nodes if node is not None]


def of_so_many(database: Database, asked: Asked, entries: int) -> tuple[list[Candidate], dict[str, Any]]:
    """As `candidates`. `entries`: how many match at most, as far as is known. One query, or two."""
    node, more = direct(asked), expanded(asked)
    if node is None and more is None:
        return [], {}
    if entries <= MOST_CANDIDATES:
        rows = _all(database, asked, node, more)
        if len(rows) <= MOST_CANDIDATES:
            return rows, {}
    return _some(database, asked, node, more)


def look_ahead(
    database: Database, wider: Sequence[Asked], tries: Iterable[Asked]
) -> tuple[list[int], int | None]:
    """(how many entries match each of `wider`, the place of the first of `tries` that finds something its reader may
    see). One query."""
    parts = [
        Part(f"SELECT {-1 - at} AS place, found.* FROM ({part.sql}) AS found", part.params)
        for at, asked in enumerate(wider)
        for part in counted(database, asked)
    ]
    for at, asked in enumerate(tries):
        node = direct(asked)
        if node is not None:
            one = database.weighed(node, str(at), visible(asked), 1)
            parts.append(
                Part(f"SELECT expansion AS place, 1 AS number FROM ({one.sql}) AS found", one.params)
            )
    counts, first = [0] * len(wider), None
    for place, number in fetch(together(parts)) if parts else ():
        if place < 0:
            counts[-1 - place] += number
        else:
            first = place if first is None else min(first, place)
    return counts, first


def _all(database: Database, asked: Asked, node: Node | None, more: Node | None) -> list[Candidate]:
    where, parts, limit = visible(asked), [], MOST_CANDIDATES + 1
    if node is not None:
        parts.append(database.weighed(node, str(DIRECT), where, limit))
    if more is not None:
        parts.append(database.weighed(more, expansion_sql(asked), where, limit))
    return [Candidate(*row) for row in fetch(together(parts))]


@dataclass(frozen=True, slots=True)
class Share:
    """One of the parts of a large answer. `whole`: it is all of a section, without what was chosen in facets."""

    section: str
    limit: int
    part: Part
    whole: bool = False
    chosen: bool = False  # all of what was chosen


def _some(
    database: Database, asked: Asked, node: Node | None, more: Node | None
) -> tuple[list[Candidate], dict[str, Any]]:
    shares = list(_shares(database, asked, node, more))
    numbered = [
        replace(share.part, sql=f"SELECT *, {at} AS share FROM ({share.part.sql}) AS rows")
        for at, share in enumerate(shares)
    ]
    best: dict[tuple[int, bool], Candidate] = {}
    got = [0] * len(shares)
    for *values, at in fetch(together(numbered)):
        got[at] += 1
        row = Candidate(*values)
        slot = (row.entry, row.expansion == DIRECT)
        if slot not in best or row.score > best[slot].score:
            best[slot] = row
    full = [share for share, count in zip(shares, got, strict=True) if count >= share.limit]
    cut = any(share.chosen and share.section == asked.section for share in full)
    return list(best.values()), {
        "at_least": frozenset(share.section for share in full if share.whole),
        "total_at_least": cut,
        "facets_at_least": frozenset(FACETS[asked.section] if cut else ()),
    }


def _shares(database: Database, asked: Asked, node: Node | None, more: Node | None) -> Iterator[Share]:
    where = visible(asked)
    own = direct(asked, [asked.language])

    def newest(
        section: str,
        found: Node | None,
        limit: int,
        extra: Node | None = None,
        *,
        titles: bool = False,
        **kind: bool,
    ) -> Iterator[Share]:
        if found is None or (titles and not any(leaf.kind == "stem" for leaf in leaves(found))):
            return
        whole = All(tuple(filter(None, (found, Leaf("mark", f"section={section}"), extra))))
        score = TIERS["title" if titles else "anywhere"]
        yield Share(
            section, limit, database.newest(whole, score, str(DIRECT), where, limit, titles=titles), **kind
        )

    for section in SECTIONS:
        if asked.section and section != asked.section:
            yield from newest(section, node, FEW, whole=True)
            continue
        chosen = filed(asked) if asked.section else None
        for found, titles in ((own, True), (node, True), (own, False)):
            yield from newest(section, found, MOST_CANDIDATES // 3, chosen, titles=titles)
        yield from newest(section, node, MOST_CANDIDATES, whole=True, chosen=chosen is None)
        if chosen is not None:
            yield from newest(section, node, MOST_CANDIDATES, chosen, chosen=True)
            for facet in asked.chosen:
                # What its other values would give.
                yield from newest(section, node, MOST_CANDIDATES // 3, filed(asked, leave_out=facet))
        if more is not None:
            whole = All(tuple(filter(None, (more, Leaf("mark", f"section={section}"), chosen))))
            sql = expansion_sql(asked)
            yield Share(
                section, FEW, database.newest(whole, TIERS["anywhere"], sql, where, FEW, titles=False)
            )
