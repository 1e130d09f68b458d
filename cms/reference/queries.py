"""Reads of the glossary and the bibliography, for readers of one language."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Case, OuterRef, Subquery, When
from django.utils.html import strip_tags
from wagtail.models import Page

from cms.core.entries import Shown, public_rows, shown_entries
from cms.core.language_choice import language_shown
from cms.core.languages import direction
from cms.core.linked_text import LinkTarget, expander, targets
from cms.core.sorting import collation_key
from cms.core.visibility import visible_pages
from cms.reference.citations import Work, sorting_key
from cms.reference.models import BibliographyEntry, BibliographyNote, GlossaryTerm


def all_terms(language: str) -> list[Shown[GlossaryTerm]]:
    """Every public term, once. One query, in no particular order."""
    return list(shown_entries(GlossaryTerm.objects.all(), language).values())


def matching(terms: list[Shown[GlossaryTerm]], asked: str) -> list[Shown[GlossaryTerm]]:
    """The terms that have `asked` in a form of any language, whatever its case and accents."""
    wanted = collation_key(asked)[0]
    if not wanted:
        return terms
    return [term for term in terms if any(wanted in collation_key(form)[0] for form in _forms(term))]


def _forms(term: Shown[GlossaryTerm]):
    for row in term.rows.values():
        yield row.term
        yield from row.variant_list
        yield from row.forbidden_list


def text_expander(texts: list[str], language: str):
    """A function from stored rich text to HTML, links resolved for readers of `language`. Two queries."""
    pages, _files = targets(texts)
    found: dict[int, LinkTarget] = {}
    if pages:
        asked = Page.objects.filter(pk__in=pages)
        rows = (
            visible_pages(Page.objects.all(), None)
            .filter(translation_key__in=asked.values("translation_key"), alias_of__isnull=True)
            .select_related("locale")
        )
        by_key: dict[object, dict[str, Page]] = {}
        for row in rows:
            by_key.setdefault(row.translation_key, {})[row.locale.language_code] = row
        for pk, key in asked.values_list("pk", "translation_key"):
            if key in by_key:
                code = language_shown(by_key[key], language)
                url = by_key[key][code].get_url() or ""
                found[pk] = LinkTarget(url, "" if code == language else code)
    return expander(found.get, {})


@dataclass(frozen=True)
class Cited:
    """An entry of the bibliography with what citing it needs."""

    entry: BibliographyEntry

    @cached_property
    def work(self) -> Work:
        entry = self.entry
        return Work(
            title=entry.title,
            authors=tuple(entry.author_list),
            subtitle=entry.subtitle,
            year=entry.year,
            publisher=entry.publisher,
            place=entry.place,
            kind=entry.kind,
            url=entry.url,
            language=entry.language,
        )


def all_works(language: str) -> list[Cited]:
    """Every public work, in the order of a bibliography of `language`. One query."""
    found = [Cited(entry) for entry in BibliographyEntry.objects.visible_to(None).order_by()]
    return sorted(found, key=lambda cited: sorting_key(cited.work, language))


def terms_that_use(term: Shown[GlossaryTerm], language: str) -> list[Shown[GlossaryTerm]]:
    """The other terms whose definition or note uses this one. One query."""
    entry = term.entry
    forms = [f" {collation_key(form)[0]} " for form in (entry.term, *entry.variant_list) if len(form) > 3]
    if not forms:
        return []
    found = []
    for other in public_rows(GlossaryTerm.objects.filter(locale=entry.locale_id)).exclude(
        translation_key=entry.translation_key
    ):
        text = f" {collation_key(strip_tags(f'{other.definition} {other.note}'))[0]} "
        if any(form in text for form in forms):
            found.append(Shown(other, term.lang, {}))
    return sorted(found, key=lambda other: collation_key(other.entry.term, language))


@dataclass(frozen=True)
class Note:
    text: str
    lang: str = ""  # where it is not the reader's
    dir: str = ""


def public_work(slug: str, language: str) -> BibliographyEntry | None:
    """A work with the note a reader of `language` gets, which `note_for` finds on it. One query."""
    order = [language, *(code for code, _name in settings.LANGUAGES if code != language)]
    rank = Case(*(When(language=code, then=place) for place, code in enumerate(order)), default=len(order))
    notes = BibliographyNote.objects.filter(entry=OuterRef("pk")).order_by(rank, "sort_order")
    works = BibliographyEntry.objects.visible_to(None).annotate(
        note_text=Subquery(notes.values("text")[:1]), note_language=Subquery(notes.values("language")[:1])
    )
    return works.filter(slug=slug).first()


def note_for(entry: BibliographyEntry, language: str) -> Note | None:
    """What the editors say of a work, in the reader's language where they say it there."""
    if hasattr(entry, "note_text"):
        text, shown = entry.note_text, entry.note_language
    else:  # a draft, as its preview shows it
        texts = {note.language: note.text for note in reversed(entry.notes.all())}
        shown = language_shown(texts, language) if texts else ""
        text = texts.get(shown)
    if not text:
        return None
    return Note(text) if shown == language else Note(text, shown, direction(shown))
