"""The glossary as translators need it: terms of one language with what they are called in another."""

from dataclasses import dataclass
from uuid import UUID

from cms.core.page_cache.stamp import kept_until_change
from cms.reference.models import GlossaryTerm
from cms.translations.stems import base_language
from cms.translations.terms import Term, TermIndex


class Glossary:
    """Every public term in all its languages; the index of two languages is built when it is first asked for."""

    def __init__(self, rows: dict[UUID, dict[str, GlossaryTerm]]) -> None:
        self._rows = rows
        self._indexes: dict[tuple[str, str], TermIndex] = {}

    def index(self, source: str, target: str) -> TermIndex:
        found = self._indexes.get((source, target))
        if found is None:
            found = TermIndex(self._terms(source, target), source)
            self._indexes[source, target] = found
        return found

    def _terms(self, source: str, target: str) -> list[Term]:
        terms = []
        for key, languages in self._rows.items():
            row, other = _row_in(languages, source), _row_in(languages, target)
            if row is not None:
                terms.append(_term(key, source, row, other))
        return terms


@kept_until_change
def glossary() -> Glossary:
    """One query, and none until the site changes."""
    rows: dict[UUID, dict[str, GlossaryTerm]] = {}
    public = GlossaryTerm.objects.visible_to(None).select_related("locale").order_by("term", "pk")
    for row in public.defer("definition"):
        rows.setdefault(row.translation_key, {})[row.locale.language_code] = row
    return Glossary(rows)


def term_index(source: str, target: str) -> TermIndex:
    """The terms of `source`, ready to be looked for, with their forms in `target`."""
    return glossary().index(source, target)


def _row_in(languages: dict[str, GlossaryTerm], code: str) -> GlossaryTerm | None:
    """The row in a language, else in one that is written alike: "pt" for "pt-br"."""
    if code in languages:
        return languages[code]
    alike = [each for each in languages if base_language(each) == base_language(code)]
    return languages[alike[0]] if alike else None


def _term(key: UUID, source: str, row: GlossaryTerm, other: GlossaryTerm | None) -> Term:
    return Term(
        key=str(key),
        language=source,
        forms=(row.term, *row.variant_list),
        target_forms=(other.term, *other.variant_list) if other is not None else (),
        forbidden=tuple(other.forbidden_list) if other is not None else (),
        keep=row.do_not_translate,
        note=(other or row).note,
    )


@dataclass(frozen=True, slots=True)
class TermShown:
    """A term as it stands in a source, and what it may be called."""

    written: str
    forms: tuple[str, ...]
    forbidden: tuple[str, ...]
    keep: bool
    note: str


def terms_shown(plain_text: str, index: TermIndex) -> list[TermShown]:
    """Each term once, in the order of the text; those without anything to say of them are left out."""
    shown = {}
    for found in index.find(plain_text):
        term = found.term
        if term.key not in shown and (term.keep or term.target_forms or term.forbidden):
            written = plain_text[found.start : found.end]
            shown[term.key] = TermShown(
                written, term.target_forms, term.forbidden, term.keep, term.note.strip()
            )
    return list(shown.values())
