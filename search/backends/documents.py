"""An entry as a search server keeps it. Pure: it asks nothing of the database."""

from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from search.analysis import Token, in_one, tokens
from search.backends.analysers import column
from search.models import Entry


class Taken(NamedTuple):
    """A text taken apart by `search.analysis`."""

    words: list[str]  # as they stand, folded, in order
    joined: list[str]  # what hyphens tie, and what may be written in one, written in one
    codes: list[str]


def taken_apart(text: str) -> Taken:
    found = Taken([], [], [])
    before: Token | None = None
    for token in tokens(text):
        found.words.append(token.folded)
        if token.is_code:
            found.codes.append(token.folded)
            before = None
            continue
        if before is not None and in_one(before, token.folded):
            found.joined.append(text[before.start : before.end] + text[token.start : token.end])
        before = token
    return found


def document(entry: Entry) -> dict[str, Any]:
    """What `search.backends.analysers.mapping` describes."""
    texts = {
        "title": f"{entry.code} {entry.title}".strip(),
        "names": entry.names,
        "summary": entry.summary,
        "body": entry.body,
        "files": entry.files,
    }
    taken = {field: taken_apart(text) for field, text in texts.items() if text}
    found: dict[str, Any] = {
        "key": entry.pk,
        "section": entry.section,
        "language": entry.language,
        "access": entry.access,
        "work": number_of(entry.work),
        "moment": seconds(entry.moment),
        "archived": entry.archived,
        # An array: no phrase goes over from one text to the next.
        "words": [" ".join(each.words) for each in taken.values()],
        "title_words": " ".join(taken["title"].words) if "title" in taken else "",
        "codes": sorted({code for each in taken.values() for code in each.codes}),
        **{f"facet_{name}": values for name, values in entry.facets.items()},
    }
    if entry.until:
        found["until"] = seconds(entry.until)
    if entry.code:
        found["own_code"] = entry.code.lower()
    for field, text in texts.items():
        if text:
            found[column(field, entry.language)] = " ".join([text, *taken[field].joined])
    return found


def number_of(work: str) -> int:
    """A work's name as the number it is grouped and counted by: far cheaper than text, and as good as unique."""
    return int.from_bytes(blake2b(work.encode(), digest_size=8).digest(), "big", signed=True)


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())
