"""The words themselves: left as they were, written twice, spaced oddly, translated otherwise elsewhere."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.translations.stems import Word, folded, has_spaces, words_of

from .findings import Note
from .pair import Pair

# Words of names that are not written with a capital.
_PARTICLES = frozenset(
    [
        "of",
        "the",
        "and",
        "de",
        "du",
        "des",
        "d",
        "l",
        "la",
        "le",
        "les",
        "et",
        "y",
        "e",
        "del",
        "los",
        "las",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "della",
        "von",
        "und",
        "der",
        "die",
        "den",
        "van",
        "het",
        "al",
        "el",
    ]
)
_LONGEST_NAME = 4  # words with a capital: a heading in title case is longer
# What may stand twice.
_TWICE = {
    "de": "der die das den dem denen",
    "en": "that had is",
    "es": "muy no sí",
    "fr": "nous vous faire oui non très",
    "it": "piano via così",
    "pt": "muito sim não",
}
_DOUBLE_SPACE = re.compile("[ \t\u00a0\u202f]{2}")


def same_as_source(pair: Pair) -> Iterator[Note]:
    """Names, numbers, addresses, kept terms and single words may well be the same in both languages."""
    if not pair.is_untranslated or pair.source_language == pair.target_language:
        return
    words = [word for word in _own_words(pair) if not _is_sign(word.text)]
    if len(words) < 2 or _is_name(words):
        return
    yield Note(_("The translation is the same as the source."))


def _own_words(pair: Pair) -> Iterator[Word]:
    text = " ".join(chunk for chunk in pair.source_prose.split() if not _is_address(chunk))
    kept = []
    if pair.terms:
        for found in pair.terms.find(text):
            forms = {folded(form) for form in found.term.target_forms}
            if found.term.keep or folded(text[found.start : found.end]) in forms:
                kept.append((found.start, found.end))
    for word in words_of(text):
        while kept and kept[0][1] <= word.start:
            kept.pop(0)
        if not (kept and kept[0][0] <= word.start):
            yield word


def _is_address(chunk: str) -> bool:
    return "://" in chunk or "@" in chunk or chunk.startswith("www.")


def _is_sign(word: str) -> bool:
    """A number, an acronym, a formula."""
    return (len(word) > 1 and word.isupper()) or any(map(str.isdigit, word))


def _is_name(words: list[Word]) -> bool:
    said = [word.text for word in words if folded(word.text) not in _PARTICLES]
    return len(said) <= _LONGEST_NAME and all(word[:1].isupper() for word in said)


def inconsistent(pair: Pair) -> Iterator[Note]:
    other = pair.others.get(pair.source)
    if other and _comparable(other) != _comparable(pair.target):
        yield Note(
            _("Elsewhere in this text the same words are translated otherwise: “%(other)s”")
            % {"other": other},
            other,
        )


def _comparable(text: str) -> list[str]:
    return folded(text).split()


def double_space(pair: Pair) -> Iterator[Note]:
    if _DOUBLE_SPACE.search(pair.target_plain.strip()) and not _DOUBLE_SPACE.search(pair.source_plain):
        yield Note(_("There are two spaces in a row."))


def outer_space(pair: Pair) -> Iterator[Note]:
    """The spaces around a segment join it to what stands beside it."""
    source, target = pair.source_plain, pair.target_plain
    if source[:1].isspace() != target[:1].isspace():
        yield Note(_("The space at the beginning is not as in the source."), "beginning")
    if source[-1:].isspace() != target[-1:].isspace():
        yield Note(_("The space at the end is not as in the source."), "end")


def repeated_word(pair: Pair) -> Iterator[Note]:
    if not has_spaces(pair.target_code) or next(_doubled(pair.source_prose), None):
        return
    usual = _TWICE.get(pair.target_language, "").split()
    found = [word for word in _doubled(pair.target_prose) if word not in usual]
    if found:
        yield Note(_("A word stands there twice: %(word)s") % {"word": found[0]}, found[0])


def _doubled(text: str) -> Iterator[str]:
    before = None
    for word in words_of(text):
        if before and word.start > before.end and not text[before.end : word.start].strip():
            same = folded(before.text) == folded(word.text)
            name = before.text[:1].isupper() and word.text[:1].isupper()
            if same and not name and len(word.text) > 1 and word.text.isalpha():
                yield folded(word.text)
        before = word
