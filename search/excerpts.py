"""Found words in their context: the passage of a text that holds most of them, in pieces to be marked. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cms.translations.stems import base_language
from search.analysis import folded, is_code, stems, tokens
from search.engines import Word

LENGTH = 230  # characters of a passage, about
BETWEEN = 12  # characters between words that stand one after the other: an article, a hyphen
MOST_FOUND = 300  # places in one text that are looked at


class Piece(NamedTuple):
    text: str
    marked: bool = False


class Wanted(NamedTuple):
    """The words to be marked in texts of one language: `stems` by word, and words as they stand."""

    language: str
    stems: tuple[tuple[str, ...], ...]
    exact: tuple[str, ...] = ()


class Place(NamedTuple):
    start: int
    end: int
    word: int  # which of those wanted


def wanted(
    words: Iterable[Word], phrases: Iterable[Sequence[str]], codes: Iterable[str], language: str
) -> Wanted:
    found = [stems(word.text, language) for word in words]
    if not any(found):
        found = [(folded(word.text),) for word in words]
    exact = [word for phrase in phrases for word in phrase] + [code.lower() for code in codes]
    return Wanted(language, tuple(filter(None, found)), tuple(dict.fromkeys(exact)))


def _variants() -> dict[str, str]:
    """Letter → all letters that are it with an accent."""
    found: dict[str, set[str]] = {}
    for number in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(number)
        bare = folded(letter)
        if len(bare) == 1 and bare.isalpha() and unicodedata.category(letter).startswith("L"):
            found.setdefault(bare, {bare}).add(letter)
    found.setdefault("o", {"o"}).add("œ")
    found.setdefault("a", {"a"}).add("æ")
    return {letter: "".join(sorted(variants)) for letter, variants in found.items()}


_VARIANTS = _variants()


def _pattern_of(start: str) -> str:
    parts = []
    for letter in start:
        known = _VARIANTS.get(letter)
        parts.append(f"[{known}]" if known else re.escape(letter))
    return "".join(parts).replace(
        f"[{_VARIANTS['o']}][{_VARIANTS['e']}]", f"[{_VARIANTS['o']}][{_VARIANTS['e']}]?"
    )


@lru_cache(maxsize=500)
def _pattern(wanted: Wanted) -> re.Pattern | None:
    """Finds what may be one of the words: their beginnings. What it finds is to be looked at."""
    starts = {_start(stem) for group in wanted.stems for stem in group}
    starts |= {word for word in wanted.exact if not is_code(word)}
    starts.discard("")
    # The longest first: "co" must not take the place of "cooperat".
    ordered = sorted(starts, key=lambda start: (-len(start), start))
    codes = [
        rf"{code[:2]}[ -]?{code[2:6]}[ ‐-–.-]?0*{int(code[7:])}" for code in wanted.exact if is_code(code)
    ]
    words = [_pattern_of(start) for start in ordered if not _is_run(start)]
    runs = [_pattern_of(start) for start in ordered if _is_run(start)]
    before = "[^\\W_]*" if base_language(wanted.language) == "ar" else ""  # articles are written onto nouns
    # Only runs are looked for within words: what goes back from each letter of a long word would take minutes.
    parts = [f"(?<![^\\W_])(?:{'|'.join(codes)})(?![^\\W_])"] if codes else []
    if words:
        parts.append(f"(?<![^\\W_]){before}(?:{'|'.join(words)})[^\\W_]*")
    if runs:
        parts.append(f"(?:{'|'.join(runs)})[^\\W_]*")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _start(stem: str) -> str:
    """What all forms of a word begin with: stemmers change its last letters ("happy", "happi")."""
    return stem if len(stem) < 4 else stem[: max(3, len(stem) - 2)]


def _is_run(text: str) -> bool:
    return any(ord(character) >= 0x2E80 for character in text)


def places(text: str, wanted: Wanted) -> Iterator[Place]:
    """Where the words stand, in order."""
    pattern = _pattern(wanted)
    if pattern is None:
        return
    by_stem = {stem: at for at, group in enumerate(wanted.stems) for stem in group}
    exact = {word: len(wanted.stems) + at for at, word in enumerate(wanted.exact)}
    count = 0
    for match in pattern.finditer(text):
        for token in tokens(match.group()):
            word = text[match.start() + token.start : match.start() + token.end]
            found = exact.get(token.folded)
            if found is None and not token.is_code:
                known = stems(word, wanted.language) or (token.folded,)
                found = next((by_stem[stem] for stem in known if stem in by_stem), None)
            if found is not None:
                yield Place(match.start() + token.start, match.start() + token.end, found)
                count += 1
                if count >= MOST_FOUND:
                    return


def closeness(texts: Iterable[str], wanted: Wanted) -> int:
    """How the words stand in the texts of one entry: 2 one after the other, 1 all of them somewhere, 0 not all."""
    seen: set[int] = set()
    for text in texts:
        following, end = 0, 0  # the word that would go on with the row, and where that row ends
        for place in places(text, wanted):
            seen.add(place.word)
            if following and (place.word != following or place.start - end > BETWEEN):
                following = 0
            following = following + 1 if place.word == following else 0
            end = place.end
            if following and following == len(wanted.stems):
                return 2
    return int(len(seen) >= len(wanted.stems) > 0)


def marked(text: str, wanted: Wanted) -> list[Piece]:
    """The whole of a short text."""
    return _pieces(text, 0, len(text), list(places(text, wanted)))


def passage(texts: Sequence[str], wanted: Wanted) -> list[Piece]:
    """The best passage of the first of `texts` that holds most of the words, else the beginning of the first.

    `texts`: of one entry, the more telling ones first.
    """
    best: tuple[int, str, int, int, list[Place]] | None = None
    for text in texts:
        found = list(places(text, wanted))
        if not found:
            continue
        start, end, value = _window(text, found)
        if best is None or value > best[0]:
            best = (value, text, start, end, found)
    if best is None:
        first = next(filter(None, texts), "")
        return _pieces(first, 0, _until(first, min(LENGTH, len(first))), []) if first else []
    _value, text, start, end, found = best
    return _pieces(text, start, end, found)


def _window(text: str, found: list[Place]) -> tuple[int, int, int]:
    """(start, end, how good it is) of the best stretch of about `LENGTH` characters."""
    best = (0, 0, -1)
    for first in range(len(found)):
        last = first
        while last + 1 < len(found) and found[last + 1].end - found[first].start <= LENGTH - 40:
            last += 1
        kinds = len({place.word for place in found[first : last + 1]})
        value = kinds * 100 + min(last - first, 8)
        if value > best[2]:
            best = (found[first].start, found[last].end, value)
    start, end, value = best
    room = max(0, LENGTH - (end - start))
    start = _from(text, max(0, start - room // 3))
    return start, _until(text, min(len(text), start + LENGTH)), value


def _from(text: str, at: int) -> int:
    """The beginning of a sentence or a paragraph near `at`, else of a word."""
    if at < 40:
        return 0
    line = text.rfind("\n", at - 30, at + 40)
    if line >= 0:
        return line + 1
    sentence = re.compile(r"[.!?…]\s").search(text, at - 30, at + 40)
    if sentence:
        return sentence.end()
    blank = text.find(" ", at, at + 40)
    return blank + 1 if blank >= 0 else at


def _until(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", at - 30, at)
    return blank if blank > 0 else at


def _pieces(text: str, start: int, end: int, found: list[Place]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for place in found:
        if place.start < at or place.end > end:
            continue
        if place.start > at:
            pieces.append(Piece(text[at : place.start]))
        pieces.append(Piece(text[place.start : place.end], True))
        at = place.end
    if at < end:
        pieces.append(Piece(text[at:end]))
    pieces = [Piece(piece.text.replace("\n", " · "), piece.marked) for piece in pieces]
    if start > 0 and pieces:
        pieces.insert(0, Piece("… "))
    if end < len(text) and pieces:
        pieces.append(Piece(" …"))
    return pieces
