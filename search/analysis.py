"""Texts and queries as words: folded, joined, stemmed. Pure, and the same for texts and queries.

Letter case, accents, ligatures, what cannot be seen and elided articles ("l'") make no difference. A word is
looked up by its *stems*, which depend on the language; phrases and codes by the folded words as they stand.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from cms.translations.stems import base_language, keys
from initiatives.rules import KINDS
from search.engines import Word
from search.stop_words import STOP_WORDS

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
}
# Snowball leaves plurals of these apart, and the articles written onto Arabic nouns.
HARDER = ("ar", "pt")
LONGEST_WORD = 40  # letters once folded; what is longer is no word, and would only fill the index
_LONGEST_WRITTEN = 3 * LONGEST_WORD  # with vowel marks and such; more is not even folded

_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
_IDEOGRAPHS = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
# The letters of a reference code: "in 2008-09" is none.
CODE_KINDS = f"(?P<kind>(?ai:{'|'.join(KINDS)}))"
# A reference code, however it is written: IF2010-03, if2010 03, IF 2010-3.
_CODE = rf"(?<![^\W_]){CODE_KINDS}[ -]?(?P<year>(?:19|20)\d\d)[ ‐-–.-](?P<number>\d{{1,3}})(?![^\W_])"
_TOKEN = re.compile(
    f"(?P<code>{_CODE})|(?P<run>[{_IDEOGRAPHS}]+)|(?P<word>(?:(?![{_IDEOGRAPHS}])[^\\W_])(?:(?![{_IDEOGRAPHS}])[^\\W_]|[{_MARKS}])*)"
)
_APOSTROPHES = "'\u2018\u2019\u02bc\u02b9\u2032\uff07`\u00b4"
_HYPHENS = "-\u2010\u2011"
# What stands before an apostrophe and is no word of its own, in French, Italian and Catalan.
_ARTICLES = {
    "ca": "d l m n s t",
    "fr": "c d j l m n s t qu jusqu lorsqu puisqu quoiqu",
    "it": "c d l m n s t v un dell all dall nell sull coll quell quest gl agl degl dagl",
}
ELIDED = {language: articles.split() for language, articles in _ARTICLES.items()}
_ELIDED = frozenset(article for articles in ELIDED.values() for article in articles)
CLIPPED = frozenset(["s", "t", "re", "ve", "ll", "d", "m"])  # what stands after one, in English
# Written apart, with a hyphen, or in one: co operative, co-operative, cooperative.
_BEGINNINGS = """
    agro anti auto bi bio co contra de eco euro extra inter intra macro mega meta micro mini mono multi
    non para pluri poly post pre pro proto pseudo re retro self semi socio sub super supra sur sous tele
    trans tri ultra uni vice
"""
BEGINNINGS = frozenset(_BEGINNINGS.split())
_FOLDED = {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "·": ""}
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})

_stemmers = threading.local()  # a stemmer of Snowball keeps the word it works on


class Token(NamedTuple):
    """`text[start:end]`, folded. `joined`: a hyphen ties it to the next. A code reads "if2010-03"."""

    folded: str
    start: int
    end: int
    joined: bool = False
    is_code: bool = False


def tidy(text: str) -> str:
    """A text as entries keep it: composed, without what cannot be seen, blanks single."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\0", " "))).split())


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """Without letter case, accents, ligatures, vowel marks."""
    if word.isascii():
        return word.lower()
    # Some letters are capitals only once they are taken apart.
    plain = unicodedata.normalize("NFKD", _UNSEEN.sub("", word)).casefold()
    parts = unicodedata.normalize("NFKD", plain)
    bare = "".join(_FOLDED.get(part, part) for part in parts if not unicodedata.combining(part))
    # Some ligatures of Arabic stand for several words: a word of ours has no blanks.
    # Taken apart, a syllable of Korean is letters: put together again.
    return unicodedata.normalize("NFC", "".join(bare.translate(_ARABIC).split()))


def code_of(kind: str, year: str, number: str) -> str:
    """The form that stands in the index: "if2010-03"."""
    return f"{kind.lower()}{year}-{int(number):02d}"


def tokens(text: str) -> Iterator[Token]:
    """The words of a text that is `tidy`, in order, without elided articles."""
    end_of_text = len(text)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["code"]:
            yield Token(code_of(match["kind"], match["year"], match["number"]), start, end, is_code=True)
        elif match["run"]:
            yield from _pairs(match["run"], start)
        elif end - start <= _LONGEST_WRITTEN:
            word = folded(match["word"])
            after = text[end] if end < end_of_text else ""
            if not 0 < len(word) <= LONGEST_WORD or _is_part(
                word, text[start - 1] if start else "", after, text, end
            ):
                continue
            joined = bool(after) and after in _HYPHENS and end + 1 < end_of_text and text[end + 1].isalnum()
            yield Token(word, start, end, joined)


def compared(text: str) -> str:
    """As names are compared: letter case, accents and signs make no difference."""
    return " ".join(token.folded for token in tokens(tidy(text)))


def _is_part(word: str, before: str, after: str, text: str, end: int) -> bool:
    """Whether it is an article before an apostrophe, or what is left of a verb after one."""
    if after and after in _APOSTROPHES and end + 1 < len(text) and text[end + 1].isalpha():
        return word in _ELIDED
    return bool(before) and before in _APOSTROPHES and word in CLIPPED


def _pairs(run: str, start: int) -> Iterator[Token]:
    """Writing without spaces, as pairs of characters that overlap."""
    if len(run) == 1:
        yield Token(folded(run), start, start + 1)
    for at in range(len(run) - 1):
        yield Token(folded(run[at : at + 2]), start + at, start + at + 2)


@lru_cache(maxsize=200_000)
def stems(word: str, language: str) -> tuple[str, ...]:
    """What a word of `language` is looked up by, none for a stop word: two forms of one word share one.

    Accents help the stemmer and are often left out in queries: the word is stemmed with and without them.
    """
    base = base_language(language)
    plain = folded(word)
    if plain in STOP_WORDS.get(base, ()):
        return ()
    name = STEMMERS.get(base)
    if name is None or len(plain) < 3 or not plain.isalpha():
        return (plain,)
    found = {_stem(plain, name)}
    if not word.isascii():
        found.add(folded(_stem(word.casefold(), name)))
    found.update(_passed_over(plain, base, name))
    if base in HARDER:
        found.update(folded(key) for key in keys(word, base) if not key.startswith("="))
        found.update(folded(key).lstrip("=") for key in keys(plain, base))
    return tuple(sorted(found))


def _passed_over(plain: str, language: str, name: str) -> set[str]:
    """What the stemmers miss: "formee" is "formée", and "joven" is no form of a verb."""
    if language == "fr" and plain.endswith(("ee", "ees")):
        return {folded(_stem(plain.replace("ee", "ée"), name))}
    if language == "es" and plain.endswith("enes"):
        return {plain[:-2]}
    if language == "es" and plain.endswith("en"):
        return {plain}
    return set()


def _stem(word: str, name: str) -> str:
    known = _stemmers.__dict__
    if name not in known:
        known[name] = snowballstemmer.stemmer(name)
    return known[name].stemWord(word) or word


def in_one(before: Token, word: str) -> bool:
    """Whether two words of a text may be written in one. `word`: folded, as it comes after the other."""
    return before.joined or begins(before.folded, word)


def begins(beginning: str, word: str) -> bool:
    """Whether two folded words may be written in one: "co operative", but never "de la"."""
    return beginning in BEGINNINGS and not any(
        beginning in common and word in common for common in STOP_WORDS.values()
    )


def is_stop_word(word: str, language: str) -> bool:
    return folded(word) in STOP_WORDS.get(base_language(language), ())


class Indexed(NamedTuple):
    """A text in the index: its words as they stand, in order, and the stems they are looked up by, in order."""

    words: list[str]
    stems: list[str]


def indexed(text: str, language: str) -> Indexed:
    """Words tied by hyphens, or begun by such as "co", stand in the index joined as well."""
    words: list[str] = []
    found: list[str] = []
    before: Token | None = None
    for token in tokens(text):
        words.append(token.folded)
        if token.is_code:
            found += [token.folded, token.folded.partition("-")[0]]  # "IF2010" alone finds it too
            before = None
            continue
        found += stems(text[token.start : token.end], language)
        if before is not None and in_one(before, token.folded):
            found += stems(text[before.start : before.end] + text[token.start : token.end], language)
        before = token
    return Indexed(words, found)


# A query in one language: all groups must be met; a group by any of its alternatives; an alternative by a stem of
# each of its words.
Alternative = tuple[tuple[str, ...], ...]
Group = tuple[Alternative, ...]


def groups(words: tuple[Word, ...], language: str) -> tuple[Group, ...]:
    """How `words` are looked for in texts of `language`. Empty where all of them are stop words."""
    found: list[Group] = []
    at = 0
    while at < len(words):
        length = tied(words, at)
        if length == 1:
            alternatives = [_alternative([words[at].text], language)]
        else:
            parts = [word.text for word in words[at : at + length]]
            alternatives = [_alternative(["".join(parts)], language), _alternative(parts, language)]
        group = tuple(dict.fromkeys(alternative for alternative in alternatives if alternative))
        if group:
            found.append(group)
        at += length
    return tuple(dict.fromkeys(found))


def tied(words: tuple[Word, ...], at: int) -> int:
    """How many words from `at` on may be written as one."""
    length = 1
    while at + length < len(words) and words[at + length - 1].joined:
        length += 1
    if length == 1 and at + 1 < len(words) and begins(folded(words[at].text), folded(words[at + 1].text)):
        return 2
    return length


def _alternative(parts: list[str], language: str) -> Alternative:
    return tuple(found for part in parts if (found := stems(part, language)))


def is_code(stem: str) -> bool:
    """Nothing but a reference code holds a hyphen once it is folded."""
    return "-" in stem
