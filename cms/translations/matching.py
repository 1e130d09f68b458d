"""Texts that resemble one another: what the memory of translations offers. Pure."""

import math
from collections.abc import Hashable, Iterable, Sequence
from hashlib import sha256
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from cms.wiki.diffs.words import count_words, tokens

from .pairing import ADDED, CHANGED, SAME, Counterpart, Pairing, pair_changed
from .stems import base_language, comparable, has_spaces

__all__ = [
    "ADDED",
    "CHANGED",
    "SAME",
    "Counterpart",
    "Match",
    "Pairing",
    "Traits",
    "best_matches",
    "comparable",
    "length_window",
    "pair_changed",
    "similarity",
    "traits_of",
    "word_count",
]

Id = TypeVar("Id", bound=Hashable)

# Characters to a word, where a word has several and no space says where it ends.
CHARACTERS_A_WORD = {"th": 4, "lo": 4, "km": 4, "my": 4}


SEVERAL, ENOUGH = 3, 12  # words, letters


class Match(NamedTuple, Generic[Id]):
    id: Id
    score: int  # percent


def similarity(a: str, b: str) -> int:
    """Percent of the letters of two plain texts that are the same in order; 100 only for equal ones."""
    a, b = comparable(a), comparable(b)
    return _percent(fuzz.ratio(a, b), a == b)


def _percent(ratio: float, equal: bool) -> int:
    # 7 percent may come as 6.999999999.
    return 100 if equal else min(int(ratio + 1e-9), 99)


def length_window(length: int, at_least: int) -> tuple[int, int]:
    """The least and the greatest length that a text at least so similar to one of `length` characters can have.

    For texts as `comparable` makes them. Shared letters count twice in both lengths together, so one text
    cannot be too short to share that many.
    """
    if at_least <= 0:
        return 0, 2**31 - 1
    at_least = min(at_least, 100)
    return -(-at_least * length // (200 - at_least)), length * (200 - at_least) // at_least


def best_matches(
    text: str, candidates: Iterable[tuple[Id, str]], *, at_least: int = 70, limit: int = 5
) -> list[Match[Id]]:
    """The most similar first; of equally similar ones those that came first."""
    text = comparable(text)
    shortest, longest = length_window(len(text), at_least)
    ids: list[Id] = []
    texts: list[str] = []
    for name, other in candidates:
        other = comparable(other)
        if shortest <= len(other) <= longest:
            ids.append(name)
            texts.append(other)
    found = process.extract(
        text, texts, scorer=fuzz.ratio, processor=None, score_cutoff=max(at_least - 0.5, 0), limit=None
    )
    matches = [(_percent(ratio, other == text), place) for other, ratio, place in found]
    matches = [match for match in matches if match[0] >= at_least]
    matches.sort(key=lambda match: (-match[0], match[1]))
    return [Match(ids[place], score) for score, place in matches[: max(limit, 0)]]


class Traits(NamedTuple):
    """What a text has in common with most texts that are like it, each 16 hexadecimal digits.

    One correction, or what was put in or taken out in one place, leaves two of the three as they are.
    """

    opening: str
    ending: str
    longest: str  # of its words: those that say what it is about


def traits_of(text: str) -> Traits:
    """Of a plain text. Of one of two or three words all three are the text."""
    words = [
        word.casefold() for word in tokens(comparable(text).strip()).words if any(map(str.isalnum, word))
    ]
    rarest = sorted(set(words), key=lambda word: (-len(word), word))[:SEVERAL]
    opening, ending = _reaching(words), _reaching(words[::-1])[::-1]
    return Traits(*(_digest(each) for each in (opening, ending, sorted(rarest))))


def _reaching(words: Sequence[str]) -> Sequence[str]:
    """The first words, so many that they say something: in Chinese a word is a character."""
    letters = 0
    for number, word in enumerate(words, 1):
        letters += len(word)
        if number >= SEVERAL and letters >= ENOUGH:
            return words[:number]
    return words


def _digest(words: Iterable[str]) -> str:
    return sha256(" ".join(words).encode()).hexdigest()[:16]


def word_count(text: str, language: str) -> int:
    """The words of a plain text as translators are paid for them.

    Between spaces, with at least one letter or digit: "l’économie" and "savoir-faire" are one each. In Chinese
    and Japanese each character is one; in Thai, Lao, Khmer and Burmese four are.
    """
    if has_spaces(language) or base_language(language) == "ko":
        return sum(any(map(str.isalnum, chunk)) for chunk in text.split())
    return math.ceil(count_words(text) / CHARACTERS_A_WORD.get(base_language(language), 1))
