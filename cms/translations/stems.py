"""Words of running text, and whether two of them are the same word in different inflections. Pure.

The stemmers of Snowball say what may be the same word; they also join words that merely come from one root
("financement", "finances"), so the endings that differ must be endings of inflection.
"""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from cms.wiki.diffs.words import tokens

STEMMERS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
}
# Written without spaces between words, or (Korean) with what follows a noun written onto it.
WITHOUT_SPACES = frozenset(["bo", "dz", "ja", "km", "ko", "lo", "my", "th", "wuu", "yue", "zh"])

# What may stand after the common beginning of two inflections of one noun or adjective, without accents.
_ENDINGS = {
    "de": "e en er es em s n ern nen in innen se sse sses ssen r",
    "en": "s es e y ies is ed d ing",
    "es": "s es a o as os e n nes z ces ona onas ores",
    "fr": "s x e es l le les il ux au aux t te tes n ne nes f ve ves fs se ses lle lles er ere ers eres que ques c cs che ches",
    "it": "o a i e hi he u io ii ie",
    "pt": "s es a o as os ao oes aes aos l is m ns eis il e",
}
_INFINITIVES = {
    "fr": ("er", "ir", "re"),
    "es": ("ar", "er", "ir"),
    "pt": ("ar", "er", "ir"),
    "it": ("are", "ere", "ire"),
    "de": ("en",),
}
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_ARABIC_BEFORE = re.compile("^[وف]?(?:[بكل]?ال|لل|[بكل])?")
_ARABIC_AFTER = re.compile("(?:ات|ة|ه|تين|تان|ين|ون|ان|ا|ي|ية|يات)$")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u02b9\u2032\uff07\u0060\u00b4"), "'")
_HYPHENS = dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013"), " ")

_stemmers = threading.local()  # a stemmer of Snowball keeps the word it works on


class Word(NamedTuple):
    """`text[start:end]`; `gap` is what joins it to the word before: "" for spaces and hyphens."""

    text: str
    start: int
    end: int
    gap: str


def base_language(code: str) -> str:
    return re.split("[-_]", code.lower(), maxsplit=1)[0]


def has_spaces(language: str) -> bool:
    return base_language(language) not in WITHOUT_SPACES


def comparable(text: str) -> str:
    """As texts are compared: composed characters, one space between words. To be stored where lengths are asked."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def words_of(text: str) -> list[Word]:
    """Elided articles ("l’") are words of their own. Takes time in proportion to the text."""
    cut = tokens(text.rstrip())
    words: list[Word] = []
    place, ended = 0, 0
    for space, token in zip(cut.spaces, cut.words, strict=True):
        start = place + len(space)
        place = start + len(token)
        if any(map(str.isalnum, token)):
            words.append(Word(token, start, place, gap_between(text[ended:start])))
            ended = place
    return words


def gap_between(text: str) -> str:
    if text in (" ", "", "-"):
        return ""
    return "".join(_UNSEEN.sub("", text).translate(_APOSTROPHES).translate(_HYPHENS).split())


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Without regard to case, Unicode form, ligatures and what cannot be seen. Accents stay."""
    folded = unicodedata.normalize("NFC", _UNSEEN.sub("", word)).casefold()
    folded = unicodedata.normalize("NFC", folded).translate(_APOSTROPHES)
    return _ARABIC_MARKS.sub("", folded.replace("œ", "oe").replace("æ", "ae"))


@lru_cache(maxsize=50_000)
def without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=50_000)
def keys(word: str, language: str) -> tuple[str, ...]:
    """What a word can be looked up by: two inflections of one word share a key. `language` is a base language."""
    plain = folded(word)
    if language == "en":
        plain = without_accents(plain)
    if language not in STEMMERS or len(plain) < 3 or plain.isdigit():
        return (plain,)
    found = {_stem(plain, language), *_singulars(plain, language)}
    if language == "ar":
        found |= {_stem(bare, language) for bare in _arabic_bare(plain)}
    return tuple(sorted(key for key in found if key))


def _stem(word: str, language: str) -> str:
    stemmers = _stemmers.__dict__
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(STEMMERS[language])
    return stemmers[language].stemWord(word)


_PLURALS = {
    "en": (("ies", "y"), ("ses", "sis"), ("ses", "s"), ("s", "")),
    "es": (("ces", "z"), ("es", ""), ("s", "")),
    "fr": (
        ("elles", "eau"),
        ("elle", "eau"),
        ("eaux", "eau"),
        ("aux", "al"),
        ("aux", "ail"),
        ("eux", "eu"),
        ("s", ""),
        ("x", ""),
    ),
    "it": (("che", "ca"), ("ghe", "ga"), ("chi", "co"), ("ghi", "go")),
    "pt": (
        ("oes", "ao"),
        ("aes", "ao"),
        ("aos", "ao"),
        ("ais", "al"),
        ("eis", "el"),
        ("eis", "il"),
        ("ois", "ol"),
        ("ns", "m"),
        ("esas", "es"),
        ("esa", "es"),
        ("es", ""),
        ("s", ""),
    ),
}


def _singulars(word: str, language: str) -> set[str]:
    """What the stemmers do not join: jóvenes and joven, locais and local, travaux and travail."""
    if language == "ar":
        return {_ARABIC_AFTER.sub("", bare) if len(bare) > 4 else bare for bare in _arabic_bare(word)}
    bare = without_accents(word) if language in ("es", "pt") else word
    found = {bare}
    for plural, singular in _PLURALS.get(language, ()):
        if bare.endswith(plural) and len(bare) - len(plural) >= 2:
            found.add(bare[: -len(plural)] + singular)
    # Marked, so that a singular found this way never meets what a stemmer made.
    return {f"={key}" for key in found}


def _arabic_bare(word: str) -> set[str]:
    """The word, and the word without "and", "in", "for", "the" written onto it."""
    bare = word[_ARABIC_BEFORE.match(word).end() :]  # type: ignore[union-attr]
    return {word, bare} if len(bare) >= 3 else {word}


@lru_cache(maxsize=50_000)
def same_word(form: str, word: str, language: str, *, loose: bool = False) -> bool:
    """Whether `word` is `form` in any inflection; `loose` allows words made from it. They share a key.

    `form` is as the glossary has it. One that is all capitals is an acronym, and no other word.
    """
    if len(form) > 1 and form.isupper() and not word[: len(form)].isupper():
        return False
    a, b = folded(form), folded(word)
    if a == b or language not in STEMMERS or (language == "ar"):
        return True
    bare_a, bare_b = without_accents(a), without_accents(b)
    if bare_a == bare_b:
        # Accents make other words, but German nouns have plurals by them, and English only borrows them.
        return language == "en" or (language == "de" and form[:1].isupper() and word[:1].isupper())
    if bare_a.endswith(_INFINITIVES.get(language, ())) and form[:1].islower():
        return True
    shared = _shared(bare_a, bare_b)
    if _other_by_accent(a[:shared], b[:shared], language):
        return False
    if loose:
        return True
    return _inflected(bare_a[shared:], bare_b[shared:], language)


def _other_by_accent(a: str, b: str, language: str) -> bool:
    """Marché is no inflection of marche; Bürger has none without its umlaut."""
    pairs = set(zip(a, b, strict=False))
    if language == "fr":
        return ("e", "é") in pairs or ("é", "e") in pairs
    return language == "de" and any(x in "äöü" and x != y for x, y in pairs)


def _shared(a: str, b: str) -> int:
    length = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        length += 1
    return length


def _inflected(end: str, other: str, language: str) -> bool:
    endings = _ENDINGS[language].split()
    if (end and end not in endings) or (other and other not in endings):
        return False
    # "training" is a noun of its own; "scaled" is not.
    return language != "en" or end not in ("ing", "ed", "d")
