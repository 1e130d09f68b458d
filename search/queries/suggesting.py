"""What the search box suggests while somebody types: titles, terms, people. One query."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from cms.core.addresses import tree_address
from cms.core.languages import direction, open_language_codes
from search.analysis import Token, folded, tidy, tokens
from search.asking import LONGEST, UNPRINTABLE, with_codes
from search.backends.front import database
from search.engines import GLOSSARY, LIBRARY, Begun
from search.labels import kind_label

MOST = 8
SHORTEST = 2  # letters, before anything is suggested
LONGEST_BEGINNING = 6  # words
FIRST_NOUGHT = re.compile(r"\D0$")  # of the number of a reference code
ADDRESSES = {
    "term": "reference:term",
    "person": "taxonomy:person",
    "organisation": "taxonomy:organisation",
}


class Row(NamedTuple):
    section: str
    kind: str
    language: str
    work: str
    title: str
    url_path: str | None
    slug: str | None
    code: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    title: str
    kind: str
    label: str
    url: str
    lang: str  # "" where it is the reader's
    dir: str
    lang_name: str  # its name, "" where it is the reader's


def suggestions_for(text: str, language: str) -> list[Suggestion]:
    """The best few: the document whose code was typed, then those that begin so, terms, what is in the reader's
    language."""
    words = beginning(text)
    if not words:
        return []
    backend = database()
    rows = [Row(*each) for each in backend.suggest(Begun(words, frozenset(open_language_codes())))]
    best: dict[tuple[str, str], tuple[tuple, Row]] = {}
    for row in rows:
        rank = _rank(row, words, language)
        slot = (row.section, row.work)
        if slot not in best or rank < best[slot][0]:
            best[slot] = (rank, row)
    ordered = sorted(best.values(), key=lambda each: each[0])
    return [_suggestion(row, language) for _rank, row in ordered[:MOST]]


def beginning(text: str) -> tuple[str, ...]:
    """The words that were typed so far. Nothing while they are too short to tell anything."""
    clean = with_codes(tidy(UNPRINTABLE.sub(" ", text[:LONGEST])))
    words = tuple(_begun(token, clean) for token in tokens(clean))[:LONGEST_BEGINNING]
    return words if words and max(map(len, words)) >= SHORTEST else ()


def _begun(token: Token, text: str) -> str:
    """No code ends with a single nought: more is to come."""
    begins = token.is_code and FIRST_NOUGHT.search(text[token.start : token.end])
    return token.folded[:-1] if begins else token.folded


def _rank(row: Row, words: tuple[str, ...], language: str) -> tuple:
    title = [token.folded for token in tokens(row.title)]
    begins = title[: len(words) - 1] == list(words[:-1]) and (
        len(title) >= len(words) and title[len(words) - 1].startswith(words[-1])
    )
    return (
        row.code.lower() not in words,
        row.language != language,
        not begins,
        row.section != GLOSSARY,
        row.section == LIBRARY,
        len(row.title),
        folded(row.title),
    )


def _suggestion(row: Row, language: str) -> Suggestion:
    foreign = row.language != language
    if row.section == LIBRARY:
        url = tree_address(row.language, row.url_path or "")
    else:
        url = reverse(ADDRESSES[row.kind], args=[row.slug])
    return Suggestion(
        row.title,
        row.kind,
        kind_label(row.kind),
        url,
        row.language if foreign else "",
        direction(row.language) if foreign else "",
        settings.LANGUAGE_NAMES.get(row.language, row.language) if foreign else "",
    )
