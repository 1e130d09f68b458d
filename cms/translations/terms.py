"""Glossary terms in running text: where they stand, and whether their counterparts do. Pure.

All texts here are plain, without markup. What merely may be a fault is passed over: a counterpart counts as
used in any inflection and in words made from it; a form not to use counts only where the source has its term.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .phrases import Found, PhraseIndex
from .stems import base_language, has_spaces


@dataclass(frozen=True, slots=True)
class Term:
    """A term of `language` and what it is called in the language translated into."""

    key: str
    language: str
    forms: tuple[str, ...]  # the term, then its variants
    target_forms: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()  # forms of the target language that are not to be used for it
    keep: bool = False  # stays as it is, in every language
    note: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`text[start:end]` is the term."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True)
class ForbiddenForm:
    """`text[start:end]` of the target is a form not to use for the term."""

    start: int
    end: int
    term: Term


class TermIndex:
    """The terms of one language, ready to be looked for. Built once for many texts."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self.language = language
        self.terms = tuple(term for term in terms if base_language(term.language) == base_language(language))
        self._forms: PhraseIndex[Term] = PhraseIndex(
            ((form, term) for term in self.terms for form in term.forms), language
        )

    def find(self, plain_text: str) -> list[Occurrence]:
        """In order, the longest at each place, without overlaps."""
        return [Occurrence(start, end, term) for start, end, term in self._forms.find(plain_text)]

    def terms_in(self, plain_text: str) -> list[Term]:
        """Each once, in the order of the text."""
        return list({occurrence.term: None for occurrence in self.find(plain_text)})


def missing_terms(source_text: str, target_text: str, index: TermIndex, target_language: str) -> list[Term]:
    """Terms of the source of which the target shows no form. None where words are not told apart by spaces."""
    if not (has_spaces(index.language) and has_spaces(target_language)):
        return []
    missing = []
    for term in index.terms_in(source_text):
        wanted = _wanted(term)
        if wanted and not _has_any(wanted, target_text, target_language):
            missing.append(term)
    return missing


def _wanted(term: Term) -> tuple[str, ...]:
    return term.target_forms + term.forms if term.keep else term.target_forms


def _has_any(forms: Sequence[str], text: str, language: str) -> bool:
    """A form of several words also counts where only its order or the words between are other."""
    if PhraseIndex([(form, form) for form in forms], language).find(text, loose=True):
        return True
    return any(_has_all_words(form, text, language) for form in forms if " " in form)


def _has_all_words(form: str, text: str, language: str) -> bool:
    # Short words are articles and prepositions, which change with the sentence.
    words = {word for word in form.split() if len(word) > 3} or set(form.split())
    return {
        found.meaning for found in PhraseIndex(((w, w) for w in words), language).find(text, loose=True)
    } == words


def forbidden_forms(
    target_text: str, source_text: str, index: TermIndex, target_language: str
) -> list[ForbiddenForm]:
    """Where the target uses a form that it should not for a term of the source."""
    terms = index.terms_in(source_text)
    if not any(term.forbidden for term in terms):
        return []
    # A form that another term, or a longer form of this one, allows is allowed.
    allowed: list[tuple[str, Term | None]] = [(form, None) for term in terms for form in _wanted(term)]
    refused: list[tuple[str, Term | None]] = [(form, term) for term in terms for form in term.forbidden]
    found: list[Found[Term | None]] = PhraseIndex(allowed + refused, target_language).find(target_text)
    return [ForbiddenForm(start, end, term) for start, end, term in found if term is not None]
