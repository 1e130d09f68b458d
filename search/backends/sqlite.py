"""Search in SQLite: full-text tables that hold the words as `search.analysis` leaves them."""

from collections.abc import Iterable
from typing import Any

from django.db import connections, router
from modelsearch.backends.base import BaseIndex
from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex, SQLiteSearchBackend

from search.backends.candidates import COLUMNS, Part
from search.backends.database import DatabaseEngine, EntryIndex, Words
from search.backends.library import Rebuilds, WithoutNorms
from search.engines import Begun
from search.expressions import APART, All, Leaf, Near, Node
from search.models import Entry
from search.ranking import FIELDS, HEAD

INDEXED = ("marks", *FIELDS, "words")


def _score() -> str:
    """FTS5 lets repeated words count less and less, and would let a title count little more than a text that repeats
    them: so each field has a score of its own, and these are added up.
    """
    parts = []
    for weight in dict.fromkeys(FIELDS.values()):
        columns = ", ".join("1.0" if FIELDS.get(column) == weight else "0.0" for column in INDEXED)
        parts.append(f"{weight} * bm25(search_words, {columns})")
    return f"-({' + '.join(parts)})"


SCORE = _score()
STEMS, HEADS = ("{" + " ".join(fields) + "}" for fields in (FIELDS, HEAD))
ROW = ", ".join(f"e.{column}" for column in COLUMNS)
FROM = "FROM search_words JOIN search_entry e ON e.id = search_words.rowid WHERE search_words MATCH %s"


def match(node: Node, fields: str = STEMS) -> str:
    """As FTS5 asks. Every token is quoted: nothing in it can be an operator."""
    if isinstance(node, Near):
        pairs = (
            f"NEAR({quoted(this)} {quoted(that)}, {APART})" for this in node.these for that in node.those
        )
        return f"({fields} : ({' OR '.join(pairs)}))"
    if not isinstance(node, Leaf):
        word = " AND " if isinstance(node, All) else " OR "
        return "(" + word.join(match(part, fields) for part in node.parts) + ")"
    if node.kind == "words":
        return f"(words : {quoted(' '.join(node.value))})"
    columns = {"mark": "marks", "head": HEADS}.get(node.kind, fields)
    return f"({columns} : {quoted(str(node.value))})"


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


class SQLiteEntryIndex(EntryIndex):
    def add_items(self, model: type[Entry], items: Iterable[Entry]) -> None:
        found = [(entry, Words(entry)) for entry in items]
        places = ", ".join(["%s"] * (len(INDEXED) + 1))
        with connections[router.db_for_write(Entry)].cursor() as cursor:
            for table in ("search_words", "search_titles"):
                cursor.executemany(
                    f"DELETE FROM {table} WHERE rowid = %s", [(entry.pk,) for entry, _words in found]
                )
            cursor.executemany(
                f"INSERT INTO search_words (rowid, {', '.join(INDEXED)}) VALUES ({places})",
                [(entry.pk, *(" ".join(words) for words in _columns(each))) for entry, each in found],
            )
            cursor.executemany(
                "INSERT INTO search_titles (rowid, marks, title) VALUES (%s, %s, %s)",
                [
                    (entry.pk, " ".join(each.marks), " ".join(each.title))
                    for entry, each in found
                    if each.suggested
                ],
            )

    def reset(self) -> None:
        with connections[router.db_for_write(Entry)].cursor() as cursor:
            cursor.execute("DELETE FROM search_words")
            cursor.execute("DELETE FROM search_titles")


def _columns(words: Words) -> list[list[str]]:
    return [words.marks, *(words.fields[field] for field in FIELDS), words.words]


class SQLiteLibraryIndex(WithoutNorms, SQLiteIndex):
    """Of everything but entries."""


class SQLiteBackend(Rebuilds, DatabaseEngine, SQLiteSearchBackend):
    """The library's, with an engine for entries."""

    name = "sqlite"
    index_class = SQLiteLibraryIndex

    def get_index_for_model(self, model: Any) -> BaseIndex:
        return SQLiteEntryIndex(self) if model is Entry else super().get_index_for_model(model)

    def weighed(self, node: Node, expansion: str, where: Part, limit: int) -> Part:
        sql = f"SELECT {ROW}, {SCORE} AS score, {expansion} AS expansion {FROM} AND {where.sql} LIMIT %s"
        return Part(sql, (match(node), *where.params, limit))

    def newest(
        self, node: Node, score: float, expansion: str, where: Part, limit: int, *, titles: bool
    ) -> Part:
        asked = match(node, "title" if titles else STEMS)
        sql = f"SELECT {ROW}, {score} AS score, {expansion} AS expansion {FROM} AND {where.sql}"
        sql += " ORDER BY search_words.rowid DESC LIMIT %s"
        return Part(sql, (asked, *where.params, limit))

    def settle(self) -> None:
        """After very many were written: one index in place of many pieces."""
        with connections[router.db_for_write(Entry)].cursor() as cursor:
            for table in ("search_words", "search_titles"):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")

    def counted(self, node: Node, limit: int) -> Part:
        sql = "SELECT COUNT(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT %s)"
        return Part(sql, (match(node), limit))

    def begins(self, begun: Begun, where: Part) -> Part:
        *whole, last = begun.words
        words = [f"(title : {quoted(word)})" for word in whole] + [f"(title : {quoted(last)}*)"]
        begins = "SELECT rowid FROM search_titles WHERE search_titles MATCH %s ORDER BY rowid DESC LIMIT %s"
        return Part(f"{where.sql} AND e.id IN ({begins})", (*where.params, " AND ".join(words), begun.limit))
