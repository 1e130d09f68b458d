"""The glossary as queries need it."""

from collections.abc import Sequence
from uuid import UUID

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from cms.reference.models import GlossaryTerm
from search.engines import Expansion, Word
from search.terms import Term, TermFinder, expansions


class Glossary:
    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self._finders: dict[str, TermFinder] = {}

    def finder(self, language: str) -> TermFinder:
        if language not in self._finders:
            self._finders[language] = TermFinder(self.terms, language)
        return self._finders[language]


@kept_until_change
def glossary() -> Glossary:
    """Public terms in the open languages. One query, and none until the site changes."""
    forms: dict[UUID, dict[str, list[str]]] = {}
    public = GlossaryTerm.objects.visible_to(None).order_by("pk")
    rows = public.filter(locale__language_code__in=open_language_codes()).values_list(
        "translation_key", "locale__language_code", "term", "variants"
    )
    for key, language, term, variants in rows:
        listed = [line.strip() for line in variants.splitlines() if line.strip()]
        forms.setdefault(key, {})[language] = [term, *listed]
    return Glossary([Term(key.hex, found) for key, found in forms.items()])


def expansions_of(words: Sequence[Word], language: str) -> tuple[Expansion, ...]:
    """The terms in a query, in the reader's language first, else in the first in which it has one."""
    languages = open_language_codes()
    for source in sorted(languages, key=lambda code: code != language):
        found = glossary().finder(source).find(words)
        if found:
            return expansions(words, found, source, languages)
    return ()
