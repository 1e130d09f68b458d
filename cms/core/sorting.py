"""Order of words as readers of a language expect it. Pure: SQLite has no collations of its own.

A key in the manner of the Unicode Collation Algorithm (UTS #10), reduced to what names and titles need:
letters first, without case and accents; accents decide between equal letters; Spanish ñ is a letter after
n (RAE, Ortografía 2010); punctuation and spaces between words count less than letters.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

# Letters that do not decompose, as they are sorted in the languages of the site.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# After every other letter that can follow: nz < ña, and ña < o.
_AFTER = "\U0010fffd"
_OWN_LETTERS = {"es": {"n\u0303": "n" + _AFTER}}
NO_LETTER = "#"
Item = TypeVar("Item")


def collation_key(text: str, language: str = "") -> tuple[str, str, str]:
    """What `text` is sorted by among words of `language` ("" for none). Equal keys mean equal texts."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    # Casefolding what NFKD made (for example of fullwidth letters) keeps the key stable.
    folded = unicodedata.normalize("NFKD", folded.casefold())
    own = folded
    for letter, place in _OWN_LETTERS.get(language, {}).items():
        own = own.replace(letter, place)
    letters = "".join(_sorted_as(character) for character in own if not unicodedata.combining(character))
    return " ".join(letters.split()), folded, text


def _sorted_as(character: str) -> str:
    """A letter as itself, a digit of any script as ours (so that digits stand together), the rest as a space."""
    if character.isalpha() or character == _AFTER:
        return character
    digit = unicodedata.digit(character, None)
    return " " if digit is None else str(digit)


def first_letter(text: str, language: str = "") -> str:
    """The letter under which `text` stands in an index, as a capital; `#` for digits and signs."""
    letters = collation_key(text, language)[0]
    if not letters or not letters[0].isalpha():
        return NO_LETTER
    if letters[1:2] == _AFTER:
        return unicodedata.normalize("NFC", letters[0] + "\u0303").upper()
    return letters[0].upper()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the index: `url` leads to its place on the page, or to its own page in a long list."""

    label: str
    anchor: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    anchor: str
    items: list


@dataclass(frozen=True, slots=True)
class Index:
    letters: list[Letter]
    sections: list[Section]
    total: int


def alphabetical(
    items: Iterable[Item],
    text: Callable[[Item], str],
    language: str,
    chosen: str = "",
    limit: int = 150,
) -> Index:
    """`items` in the order of `text(item)`, under their letters.

    More than `limit` items are shown one letter at a time: the `chosen` one, or the first.
    """
    ordered = sorted(items, key=lambda item: collation_key(text(item), language))
    under: dict[str, list[Item]] = {}
    for item in ordered:
        under.setdefault(first_letter(text(item), language), []).append(item)
    parted = len(ordered) > limit
    if parted and chosen not in under:
        chosen = next(iter(under))
    letters = [
        Letter(
            label,
            anchor_of(label),
            f"?letter={label.replace(NO_LETTER, '%23')}" if parted else f"#{anchor_of(label)}",
            parted and label == chosen,
        )
        for label in under
    ]
    shown = {chosen: under[chosen]} if parted else under
    sections = [Section(label, anchor_of(label), found) for label, found in shown.items()]
    return Index(letters, sections, len(ordered))


def anchor_of(letter: str) -> str:
    return "letter-0" if letter == NO_LETTER else f"letter-{letter.lower()}"
