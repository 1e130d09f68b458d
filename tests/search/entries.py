"""Entries without anything that they stand for: for what engines do with them."""

from datetime import UTC, datetime
from itertools import count

from search.models import Entry
from search.models.entry import packed

_numbers = count(1)


def make_entry(title="", *, section="library", facets=None, **fields) -> Entry:
    entry = unsaved_entry(title, section=section, facets=facets, **fields)
    entry.save(force_insert=True)
    return entry


def unsaved_entry(title="", *, section="library", facets=None, **fields) -> Entry:
    number = next(_numbers)
    values = {
        "ref": f"page:{number}",
        "section": section,
        "kind": "if",
        "language": "en",
        "work": f"work-{number}",
        "moment": datetime(2020, 1, 1, tzinfo=UTC),
        "title": title,
        **fields,
    }
    marks = {"language": [values["language"]], **(facets or {})}
    return Entry(marks=packed(marks), **values)
