"""The backend of the database in use: `WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.database"}}`."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.db import connection
from modelsearch.backends.base import BaseIndex

from cms.core.page_cache.stamp import kept_until_change
from search.analysis import indexed
from search.backends.candidates import Part, candidates, fetch, look_ahead, moment, of_so_many, places
from search.backends.limits import TooSlow
from search.engines import EVERYBODY, FORUM, LIBRARY, Asked, Begun, Hits
from search.expressions import token
from search.gathering import gather
from search.models import Entry


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  (the name that `modelsearch` asks for)
    # Each builds on this module, and only one of them is ever needed: the other's driver may not even be there.
    if connection.vendor == "postgresql":
        from search.backends.postgresql import PostgresBackend

        return PostgresBackend(params)
    from search.backends.sqlite import SQLiteBackend

    return SQLiteBackend(params)


def suggestable(begun: Begun) -> Part:
    """Who is suggested what is decided here alone: entries `e` that everybody sees, with the rows `p`, `t`, `m`, `o`
    of their objects, as these are now. Gives the rows of `search.queries.suggesting`.
    """
    languages = sorted(begun.open_languages)
    sql = f"""
        SELECT e.section, e.kind, e.language, e.work, COALESCE(p.title, t.term, m.name, o.name), p.url_path,
        COALESCE(t.slug, m.slug, o.slug), e.code
        FROM search_entry e
        LEFT JOIN wagtailcore_page p ON e.section = '{LIBRARY}' AND p.id = e.object AND p.live
            AND NOT EXISTS (
                SELECT 1 FROM wagtailcore_pageviewrestriction r JOIN wagtailcore_page above ON above.id = r.page_id
                WHERE substr(p.path, 1, length(above.path)) = above.path
            )
        LEFT JOIN reference_glossaryterm t ON e.kind = 'term' AND t.id = e.object AND t.live
        LEFT JOIN taxonomy_person m ON e.kind = 'person' AND m.id = e.object AND m.live
        LEFT JOIN taxonomy_organisation o ON e.kind = 'organisation' AND o.id = e.object AND o.live
        WHERE e.access = '{EVERYBODY}' AND e.language IN ({places(languages) or "NULL"})
        AND (e.until IS NULL OR e.until > %s)
        AND COALESCE(p.id, t.id, m.id, o.id) IS NOT NULL
        AND COALESCE(p.expire_at, t.expire_at, m.expire_at, o.expire_at, %s) >= %s
    """
    now = moment()
    return Part(sql, (*languages, now, now, now))


class DatabaseEngine:
    """The verbs of an engine (`search.engines.Engine`), for a backend that is a `candidates.Database`."""

    name = ""

    def answer(self, asked: Asked) -> Hits:
        try:
            rows, said = candidates(self, asked, number_of_entries())  # type: ignore[arg-type]
        except TooSlow:
            return replace(gather([], asked, engine=self.name), too_slow=True)
        return gather(rows, asked, engine=self.name, **said)

    def answer_otherwise(
        self, wider: Sequence[Asked], tries: Sequence[Asked]
    ) -> tuple[list[Hits], int | None]:
        """(the answers to `wider`, the place of the first of `tries` that finds anything). None, where that takes too
        long: nothing else is offered then.
        """
        answers = [gather([], asked, engine=self.name) for asked in wider]
        first = None
        with suppress(TooSlow):
            counts, first = look_ahead(self, wider, tries)  # type: ignore[arg-type]
            for at, (asked, count) in enumerate(zip(wider, counts, strict=True)):
                if count:
                    rows, said = of_so_many(self, asked, count)  # type: ignore[arg-type]
                    answers[at] = gather(rows, asked, engine=self.name, **said)
        return answers, first

    def suggest(self, begun: Begun) -> list[tuple]:
        """One query: see `suggestable`. The newest first, at most `begun.limit`; none, where it takes too long."""
        try:
            return fetch(self.begins(begun, suggestable(begun)))  # type: ignore[attr-defined]
        except TooSlow:
            return []


@kept_until_change
def number_of_entries() -> int:
    """About: it is at least so many, and tells a small site from a large one."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


class EntryIndex(BaseIndex):
    """The index of entries. Each belongs to its entry's row, and goes with it."""

    def get_key(self) -> str:
        return "entries"

    def delete_item(self, item: Entry) -> None:
        """Its words go when the entry is deleted: see the migration."""


BETWEEN = "\u00b6"  # no phrase goes over it


class Words:
    """What an entry is found by."""

    def __init__(self, entry: Entry) -> None:
        self.marks = marks_of(entry)
        self.fields: dict[str, list[str]] = {}  # field → stems
        self.words: list[str] = []  # as they stand
        self.title: list[str] = []
        self.suggested = entry.section != FORUM  # to those who begin to type its title
        texts = {
            "title": f"{entry.code} {entry.title}",
            "names": entry.names,
            "summary": entry.summary,
            "body": entry.body,
            "files": entry.files,
        }
        for field, text in texts.items():
            found = indexed(text, entry.language)
            self.fields[field] = [token(stem, entry.language) for stem in found.stems]
            if field == "title":
                self.title = found.words
            if found.words:
                self.words += [*found.words, BETWEEN]


def marks_of(entry: Entry) -> list[str]:
    """The entry's section, access, language and facets, as words that no text holds."""
    return [
        f"section={entry.section}",
        f"access={entry.access}",
        f"language={entry.language}",
        *entry.marks.split(),
    ]
