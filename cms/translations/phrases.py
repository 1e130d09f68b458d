"""Many phrases looked for in one text at once. Pure."""

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from .stems import Word, base_language, folded, has_spaces, keys, same_word, words_of

Meaning = TypeVar("Meaning")

# A character with the marks that sit on it, or the letters of a Korean syllable: both forms of Unicode alike.
_CLUSTER = re.compile("[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|[\\s\\S][\u0300-\u036f\u3099\u309a]*")


class Found(NamedTuple, Generic[Meaning]):
    """`text[start:end]` is a phrase that means `meaning`."""

    start: int
    end: int
    meaning: Meaning


class _Phrase(NamedTuple):
    words: tuple[Word, ...]
    keys: tuple[frozenset[str], ...]
    meaning: object


class PhraseIndex(Generic[Meaning]):
    """Built once. In languages without spaces phrases are found as they are written, wherever they stand."""

    def __init__(self, phrases: Iterable[tuple[str, Meaning]], language: str) -> None:
        self._language = base_language(language)
        self._spaced = has_spaces(language)
        self._by_key: dict[str, list[_Phrase]] = {}
        self._by_start: dict[str, list[tuple[str, Meaning]]] = {}
        for text, meaning in phrases:
            if self._spaced:
                self._add_words(text, meaning)
            elif whole := _solid(text.strip())[0]:
                self._by_start.setdefault(whole[0], []).append((whole, meaning))
        for listed in self._by_key.values():
            listed.sort(key=lambda phrase: -len(phrase.words))
        for written in self._by_start.values():
            written.sort(key=lambda pair: -len(pair[0]))

    def _add_words(self, text: str, meaning: Meaning) -> None:
        if not (words := words_of(text)):
            return
        phrase = _Phrase(
            tuple(words), tuple(frozenset(keys(word.text, self._language)) for word in words), meaning
        )
        for key in phrase.keys[0]:
            self._by_key.setdefault(key, []).append(phrase)

    def find(self, text: str, *, loose: bool = False) -> list[Found[Meaning]]:
        """In order, the longest at each place, without overlaps. `loose`: words made from the phrase's, too."""
        if not self._spaced:
            return self._find_written(text)
        words = words_of(text) if self._by_key else []
        found: list[Found[Meaning]] = []
        place = 0
        while place < len(words):
            if phrase := self._longest_at(words, place, loose):
                last = words[place + len(phrase.words) - 1]
                found.append(Found(words[place].start, last.end, phrase.meaning))  # type: ignore[arg-type]
                place += len(phrase.words)
            else:
                place += 1
        return found

    def _longest_at(self, words: list[Word], place: int, loose: bool) -> _Phrase | None:
        best: _Phrase | None = None
        for key in keys(words[place].text, self._language):
            for phrase in self._by_key.get(key, ()):
                if best and len(best.words) >= len(phrase.words):
                    break
                if self._stands_at(phrase, words, place, loose):
                    best = phrase
        return best

    def _stands_at(self, phrase: _Phrase, words: list[Word], place: int, loose: bool) -> bool:
        if place + len(phrase.words) > len(words):
            return False
        for offset, (form, form_keys) in enumerate(zip(phrase.words, phrase.keys, strict=True)):
            word = words[place + offset]
            if offset and word.gap != form.gap:
                return False
            if offset and form_keys.isdisjoint(keys(word.text, self._language)):
                return False
            if not same_word(form.text, word.text, self._language, loose=loose):
                return False
        return True

    def _find_written(self, text: str) -> list[Found[Meaning]]:
        whole, places = _solid(text)
        found: list[Found[Meaning]] = []
        at = 0
        while at < len(whole):
            for written, meaning in self._by_start.get(whole[at], ()):
                end = at + len(written)
                if whole.startswith(written, at) and _apart(whole, at) and _apart(whole, end):
                    found.append(Found(places[at], places[end], meaning))
                    at = end
                    break
            else:
                at += 1
        return found


def _solid(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters, and its end, the place in `text` that it comes from."""
    parts, places = [], []
    for cluster in _CLUSTER.finditer(text):
        part = folded(cluster.group()) if not cluster.group().isspace() else " "
        parts.append(part)
        places += [cluster.start()] * len(part)
    return "".join(parts), [*places, len(text)]


def _apart(text: str, place: int) -> bool:
    """Latin letters and digits are words of their own, in every script."""
    return not (0 < place < len(text) and _latin(text[place - 1]) and _latin(text[place]))


def _latin(character: str) -> bool:
    return character < "\u0250" and character.isalnum()
