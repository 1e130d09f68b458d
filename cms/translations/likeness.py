"""How likely two texts of different languages are to say the same: by what no language changes. Pure.

Figures, links and names stay as they are; words of related languages often begin alike; and a long text does not
become a short one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any, Self

from cms.translations.inline import plain_text

_GROUPED = re.compile(r"(?<=\d)[.,'’\u00a0\u202f ](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]{2,}")
_STEM = 4  # letters: from there on words of two languages that begin alike mostly have one root
_SHORT = 12  # characters that a text may have more or less without that saying anything
_SURE = (
    8  # pairs: with fewer, what they say of the ratio of two languages counts less than that there is none
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is compared of a text, or of the texts of a block together."""

    length: int = 0  # characters
    numbers: frozenset[str] = frozenset()  # digits only
    words: frozenset[str] = frozenset()  # how they begin, without accents; abbreviations whole
    links: int = 0
    addresses: frozenset[str] = frozenset()  # of other sites

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Self:
        """`rows` as `Work.segments` keeps them; of each "text" is read, and "links" where it is known."""
        rows = list(rows)
        text = " ".join(plain_text(row["text"]) for row in rows)
        links = [link for row in rows for link in (row.get("links") or {}).values()]
        return cls(
            length=len(text),
            numbers=frozenset(_digits(found) for found in _NUMBER.findall(_GROUPED.sub("", text))),
            words=frozenset(_begins(text)),
            links=sum(row["text"].count("<a ") for row in rows),
            addresses=frozenset(link["href"] for link in links if isinstance(link, dict) and "href" in link),
        )


def _digits(number: str) -> str:
    """Of any script, in those of ASCII."""
    return "".join(str(unicodedata.decimal(each)) for each in number if each.isdecimal())


def _begins(text: str) -> Iterable[str]:
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    for word in _WORD.findall(plain):
        if len(word) >= _STEM or word.isupper():
            yield word.casefold()[:_STEM]


def ratio_of(source: Iterable[Marks], target: Iterable[Marks]) -> float:
    """How much longer the target's language is. Of few texts little is learnt: the fewer, the nearer to 1."""
    lengths, others = [each.length for each in source], [each.length for each in target]
    if not sum(lengths) or not sum(others):
        return 1.0
    fewer = min(len(lengths), len(others))
    ratio = log((sum(others) / len(others)) / (sum(lengths) / len(lengths)))
    return exp(max(-1.4, min(1.4, ratio)) * fewer / (fewer + _SURE))


def likeness(one: Marks, other: Marks, ratio: float = 1.0) -> float:
    """From about -3 (surely something else) to about 6; of texts that say nothing of themselves, about 1.

    `ratio`: how many times longer texts of the language of `other` are.
    """
    said = 0.0
    if one.numbers or other.numbers:
        said += 1.5 * (2 * _shared(one.numbers, other.numbers) - 1)
    if one.links or other.links:
        said += 1 - 2 * abs(one.links - other.links) / max(one.links, other.links)
    if one.addresses and other.addresses:
        said += 2 * _shared(one.addresses, other.addresses) - 1
    # Languages that are not related have no such words in common: only where there are some, that says something.
    said += 3 * _shared(one.words, other.words)
    apart = abs(log((other.length + _SHORT) / (one.length * ratio + _SHORT)))
    return said + 1 - 2 * min(1.0, apart / log(3))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """0 … 1."""
    together = len(one) + len(other)
    return 2 * len(one & other) / together if together else 0.0
