"""Glossary terms in a query, and the query with those terms in other words or other languages. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cms.translations.stems import base_language, same_word
from search.analysis import folded, groups, stems
from search.asking import words_in
from search.engines import Expansion, Word

MOST_EXPANSIONS = 8
MOST_FORMS = 3  # of one term in one language


class Term(NamedTuple):
    """`forms`: by language, the term first, then its variants."""

    key: str
    forms: Mapping[str, Sequence[str]]


class Found(NamedTuple):
    """`words[start:end]` of a query are a form of the term."""

    start: int
    end: int
    term: Term


class TermFinder:
    """The terms of one language, ready to be looked for in queries: whatever their accents and inflections."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self.language = language
        self._by_stem: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for term in terms:
            for form in term.forms.get(language, ()):
                parts = tuple(word.text for word in words_in(form) if stems(word.text, language))
                for stem in stems(parts[0], language) if parts else ():
                    self._by_stem.setdefault(stem, []).append((parts, term))

    def find(self, words: Sequence[Word]) -> list[Found]:
        """The longest at each place, without overlaps."""
        found: list[Found] = []
        at = 0
        while at < len(words):
            best = self._longest(words, at)
            if best is not None:
                found.append(best)
                at = best.end
            else:
                at += 1
        return found

    def _longest(self, words: Sequence[Word], at: int) -> Found | None:
        best: Found | None = None
        for stem in stems(words[at].text, self.language):
            for form, term in self._by_stem.get(stem, ()):
                end = self._end_of(form, words, at)
                if end and (best is None or end > best.end):
                    best = Found(at, end, term)
        return best

    def _end_of(self, form: tuple[str, ...], words: Sequence[Word], at: int) -> int:
        """Where a form ends that begins at `at`, or 0. Stop words within do not count."""
        for part in form:
            while at < len(words) and not stems(words[at].text, self.language):
                at += 1
            if at >= len(words) or not is_form(part, words[at].text, self.language):
                return 0
            at += 1
        return at


def is_form(part: str, word: str, language: str) -> bool:
    """Whether `word` is `part` in any inflection, accents aside: "cooperation" is no form of "cooperative"."""
    a, b = folded(part), folded(word)
    if a == b or (len(part) > 1 and part.isupper()):
        return a == b
    shared = set(stems(part, language)) & set(stems(word, language))
    return bool(shared) and same_word(a, b, base_language(language))


def expansions(
    words: Sequence[Word], found: Sequence[Found], language: str, languages: Iterable[str]
) -> tuple[Expansion, ...]:
    """The query in each of `languages`, its terms as they are called there; in `language` itself, by other names.

    Where the query is one term and nothing else, its variants are looked for too.
    """
    if not found:
        return ()
    typed = " ".join(folded(word.text) for word in words)
    made: dict[tuple, Expansion] = {}
    for other in languages:
        for forms in _choices(found, other):
            parts, terms = _put_into(words, found, forms)
            named = ", ".join(filter(None, forms))
            # Two forms that are found by the same words are one: the plural of a term says nothing new.
            if named and " ".join(folded(word.text) for word in parts) != typed:
                made.setdefault((other, groups(parts, other)), Expansion(named, other, parts, terms))
    made.pop((language, groups(tuple(words), language)), None)
    own = [each for each in made.values() if each.language == language]
    others = [each for each in made.values() if each.language != language]
    return tuple([*others, *own][:MOST_EXPANSIONS])


def _put_into(
    words: Sequence[Word], found: Sequence[Found], forms: Sequence[str]
) -> tuple[tuple[Word, ...], tuple[tuple[int, int], ...]]:
    """(the query with each term in the form given for it, if any; where among its words those of several words are)."""
    parts: list[Word] = []
    terms = []
    at = 0
    for each, form in zip(found, forms, strict=True):
        parts += words[at : each.start]
        start = len(parts)
        parts += words_in(form) if form else words[each.start : each.end]
        if form and len(parts) > start + 1:
            terms.append((start, len(parts)))
        at = each.end
    return (*parts, *words[at:]), tuple(terms)


def _choices(found: Sequence[Found], language: str) -> list[tuple[str, ...]]:
    """One form for each term found; several choices where there is one term."""
    if len(found) == 1:
        return [(form,) for form in found[0].term.forms.get(language, ())[:MOST_FORMS]]
    return [tuple(next(iter(each.term.forms.get(language, ())), "") for each in found)]
