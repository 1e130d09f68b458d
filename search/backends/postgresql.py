"""Search in PostgreSQL: vectors that hold the words as `search.analysis` leaves them. No extension, no dictionary."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connections, router
from modelsearch.backends.base import BaseIndex
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend

from search.backends.candidates import COLUMNS, Part
from search.backends.database import BETWEEN, DatabaseEngine, EntryIndex, Words
from search.backends.library import Rebuilds, WithoutNorms
from search.engines import Begun
from search.expressions import APART, All, Leaf, Near, Node
from search.models import Entry
from search.ranking import FIELDS, HEAD

# PostgreSQL knows four weights.
LETTERS = {"title": "A", "names": "B", "summary": "B", "body": "C", "files": "D"}
HEADS = ":" + "".join(sorted({LETTERS[field] for field in HEAD}))
_HEAVIEST = max(FIELDS.values())
_BY_LETTER = {letter: max(FIELDS[f] for f, each in LETTERS.items() if each == letter) for letter in "DCBA"}
WEIGHTS = "{" + ", ".join(str(weight / _HEAVIEST) for weight in _BY_LETTER.values()) + "}"
# Entries are told apart by age, so many numbers each: the newest of very many are found without looking at all.
BUCKET = 50_000
LAST_POSITION = 16_383
MOST_PLACES = 250  # of one lexeme that are kept, about as many as PostgreSQL keeps
MOST_BYTES = 1_000_000  # of a vector; PostgreSQL takes no more than 1,048,575
ROW = ", ".join(f"e.{column}" for column in COLUMNS)


def quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def as_it_stands(word: str) -> str:
    """A word of a phrase, told apart from stems."""
    return f"={word}"


def in_title(stem: str) -> str:
    """A stem of the title, told apart from all stems. By its weight alone it would be looked for in every vector that has
    the stem: seconds, where the word is common and stands in few titles.
    """
    return f"^{stem}"


def query(node: Node, *, titles: bool = False) -> str:
    """As a `tsquery` is written."""
    if isinstance(node, Near):
        return near(node)
    if not isinstance(node, Leaf):
        operator = " & " if isinstance(node, All) else " | "
        return "(" + operator.join(query(part, titles=titles) for part in node.parts) + ")"
    if node.kind == "words":
        return "(" + " <-> ".join(quoted(as_it_stands(word)) for word in node.value) + ")"
    if node.kind == "head":
        return quoted(str(node.value)) + HEADS
    return quoted(in_title(str(node.value)) if titles and node.kind == "stem" else str(node.value))


def near(node: Near) -> str:
    """PostgreSQL knows exact distances only. What stands too far back in a text to have a place of its own stands at the
    same place, and is near.
    """
    this, that = ("(" + " | ".join(map(quoted, stems)) + ")" for stems in node)
    either_way = [f"{this} <{far}> {that} | {that} <{far}> {this}" for far in range(1, APART + 2)]
    return "(" + " | ".join([f"{this} <0> {that}", *either_way]) + ")"


def vector(words: Words, entry: Entry) -> str:
    """As a `tsvector` is written: stems weighted by their field, words with their places, marks, stems of the title."""
    places: dict[str, list[str]] = {}
    at = 0
    for field, stems in words.fields.items():
        # Nothing is near what stands in another field.
        at = min(at + APART + 1, LAST_POSITION) if at else at
        for stem in stems:
            at = min(at + 1, LAST_POSITION)
            places.setdefault(stem, []).append(f"{at}{LETTERS[field]}")
    for at, word in enumerate(words.words[: LAST_POSITION - 1], 1):
        if word != BETWEEN:
            places.setdefault(as_it_stands(word), []).append(str(at))
    titles = map(in_title, dict.fromkeys(words.fields["title"]))
    marks = [*words.marks, f"bucket={entry.pk // BUCKET}", *titles]
    room = MOST_BYTES - sum(size(mark, 0) for mark in marks)
    lexemes = [f"{quoted(lexeme)}:{','.join(found)}" for lexeme, found in fitting(places, room)]
    return " ".join([*lexemes, *map(quoted, marks)])


def fitting(places: Mapping[str, Sequence[str]], room: int) -> Iterator[tuple[str, Sequence[str]]]:
    """The lexemes that a vector has room for, with their places. Of a text too long for it, the end is left out: titles
    come before texts, and these before attached files.
    """
    kept = {lexeme: found[:MOST_PLACES] for lexeme, found in places.items()}
    if sum(size(lexeme, len(found)) for lexeme, found in kept.items()) > room:
        kept = dict(sorted(kept.items(), key=lambda each: int(each[1][0].rstrip("ABCD"))))
    for lexeme, found in kept.items():
        room -= size(lexeme, len(found))
        if room < 0:
            return
        yield lexeme, found


def size(lexeme: str, number: int) -> int:
    """What a lexeme with so many places takes of a vector, at most."""
    return len(lexeme.encode()) + (2 * number + 3 if number else 0)


class PostgresEntryIndex(EntryIndex):
    def add_items(self, model: type[Entry], items: Iterable[Entry]) -> None:
        rows = []
        for entry in items:
            words = Words(entry)
            titles = [*(as_it_stands(word) for word in words.title), *words.marks] if words.suggested else []
            rows.append((vector(words, entry), " ".join(map(quoted, dict.fromkeys(titles))), entry.pk))
        with connections[router.db_for_write(Entry)].cursor() as cursor:
            cursor.executemany(
                "UPDATE search_entry SET words = %s::tsvector, titles = %s::tsvector WHERE id = %s", rows
            )

    def reset(self) -> None:
        with connections[router.db_for_write(Entry)].cursor() as cursor:
            cursor.execute("UPDATE search_entry SET words = NULL, titles = NULL")


class PostgresLibraryIndex(WithoutNorms, PostgresIndex):
    """Of everything but entries."""


class PostgresBackend(Rebuilds, DatabaseEngine, PostgresSearchBackend):
    """The library's, with an engine for entries."""

    name = "postgresql"
    index_class = PostgresLibraryIndex

    def get_index_for_model(self, model: Any) -> BaseIndex:
        return PostgresEntryIndex(self) if model is Entry else super().get_index_for_model(model)

    def weighed(self, node: Node, expansion: str, where: Part, limit: int) -> Part:
        sql = f"""
            SELECT {ROW}, ts_rank(%s, e.words, %s::tsquery, 1)::float AS score, {expansion} AS expansion
            FROM search_entry e WHERE e.words @@ %s::tsquery AND {where.sql} LIMIT %s
        """
        asked = query(node)
        return Part(sql, (WEIGHTS, asked, asked, *where.params, limit))

    def newest(
        self, node: Node, score: float, expansion: str, where: Part, limit: int, *, titles: bool
    ) -> Part:
        sql = f"""
            SELECT e.* FROM generate_series((SELECT max(id) / {BUCKET} FROM search_entry), 0, -1) AS age
            CROSS JOIN LATERAL (
                SELECT {ROW}, {score}::float AS score, {expansion} AS expansion FROM search_entry e
                WHERE e.words @@ (%s::tsquery && ('''bucket=' || age || '''')::tsquery) AND {where.sql}
                ORDER BY e.id DESC
            ) AS e LIMIT %s
        """
        return Part(sql, (query(node, titles=titles), *where.params, limit))

    def settle(self) -> None:
        """After very many were written: the planner is told."""
        with connections[router.db_for_write(Entry)].cursor() as cursor:
            cursor.execute("ANALYZE search_entry")

    def counted(self, node: Node, limit: int) -> Part:
        sql = "SELECT COUNT(*) FROM (SELECT 1 FROM search_entry e WHERE e.words @@ %s::tsquery LIMIT %s) AS known"
        return Part(sql, (query(node), limit))

    def begins(self, begun: Begun, where: Part) -> Part:
        *whole, last = begun.words
        words = [quoted(as_it_stands(word)) for word in whole] + [f"{quoted(as_it_stands(last))}:*"]
        begins = "SELECT id FROM search_entry WHERE titles @@ %s::tsquery ORDER BY id DESC LIMIT %s"
        return Part(f"{where.sql} AND e.id IN ({begins})", (*where.params, " & ".join(words), begun.limit))
