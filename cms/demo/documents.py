"""Loads documents and collections: first the pages as drafts, then their text and links, then publication.

Two passes, because texts link to each other's pages.
"""

from django.db import transaction
from django.utils.text import Truncator
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, TranslatableMixin

from cms.demo.entries import Loaded, said
from cms.demo.history import HistoryLoader
from cms.demo.pictures import cover_picture
from cms.demo.prose import rich_text, stream_body
from cms.demo.reading import DemoContent, DemoDocument, identity, parse_date
from cms.demo.type_fields import TYPE_FIELDS, TYPE_MODELS
from cms.reference.models import BibliographyEntry
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from initiatives.models import (
    CallForInterest,
    Collection,
    CollectionIndex,
    Document,
    DocumentContributor,
    DocumentOrganisation,
    DocumentReference,
    DocumentRelation,
    DocumentTerritory,
    LibraryPage,
)


def load_collections(content: DemoContent, loaded: Loaded) -> None:
    files = content.entries["collections"]
    rows = existing_pages(Collection, "collections", files, loaded.locales)
    for key, file in files.items():
        for code, locale in loaded.locales.items():
            text = file.get(code)
            if not text or (key, code) in rows:
                continue
            page = Collection(
                title=text["title"],
                slug=text["slug"],
                locale=locale,
                translation_key=identity("collections", key),
                summary=text["summary"].strip(),
                introduction=rich_text(text.get("introduction"), lambda key: None),
                order=file.get("order", 100),
                live=False,
            )
            CollectionIndex.objects.get(locale=locale).add_child(instance=page)
            with loaded.credits.first(code):
                page.save_revision().publish()
            rows[key, code] = page.pk
            loaded.added += 1
    loaded.ids[Collection] = rows


def existing_pages(model, kind: str, keys, locales: dict[str, Locale]) -> dict[tuple[str, str], int]:
    by_identity = {identity(kind, key): key for key in keys}
    codes = {locale.pk: code for code, locale in locales.items()}
    rows = model.objects.filter(translation_key__in=by_identity).values_list(
        "translation_key", "locale_id", "pk"
    )
    return {(by_identity[uuid], codes[locale]): pk for uuid, locale, pk in rows if locale in codes}


def name_alike(page: Document, key: str) -> None:
    """The nth child of a kind is the same in every language: its rows share a translation key."""
    for relation in get_all_child_relations(page):
        if issubclass(relation.related_model, TranslatableMixin):
            name = relation.get_accessor_name()
            for number, row in enumerate(getattr(page, name).all()):
                row.translation_key = identity("children", f"{key}/{name}/{number}")


class DocumentLoader:
    """Adds the documents that are missing, in every language they have."""

    def __init__(self, content: DemoContent, loaded: Loaded, say=lambda line: None):
        self.content = content
        self.loaded = loaded
        self.say = say
        self.history = HistoryLoader(content.wiki, loaded.credits)
        self.originals = {document.key: document.original for document in content.documents}
        self.pages = existing_pages(Document, "documents", self.originals, loaded.locales)
        self.libraries = {
            code: LibraryPage.objects.get(locale=locale) for code, locale in loaded.locales.items()
        }

    @transaction.atomic
    def load(self) -> None:
        """All or nothing: a run that is cut short leaves no empty draft for the next to take as done."""
        missing = [
            (document, code)
            for document in self.content.documents
            for code in document.texts
            if code in self.loaded.locales and (document.key, code) not in self.pages
        ]
        drafts = [(document, code, self.make_draft(document, code)) for document, code in missing]
        for number, (document, code, page) in enumerate(drafts, start=1):
            self.fill(page, document, code)
            page.full_clean()
            first = self.history.first_version(page, document.key, code)
            with self.loaded.credits.first(code):
                first.save_revision().publish()
            self.loaded.added += 1
            if number % 15 == 0 or number == len(drafts):
                self.say(f"documents: {number} of {len(drafts)}")
        added = {(document.key, code): page.pk for document, code, page in drafts}
        self.loaded.added += self.history.load(added)

    def make_draft(self, document: DemoDocument, code: str) -> Document:
        text = document.texts[code]
        page = TYPE_MODELS[document.record["type"]](
            title=text["title"],
            slug=text["slug"],
            summary=text["summary"].strip(),
            locale=self.loaded.locales[code],
            translation_key=identity("documents", document.key),
            live=False,
        )
        self.libraries[code].add_child(instance=page)
        self.pages[document.key, code] = page.pk
        return page

    def find_page(self, key: str | None, code: str) -> int | None:
        """The page of a document in language `code`, else in its original language."""
        if key is None:
            return None
        return self.pages.get((key, code)) or self.pages.get((key, self.originals.get(key, code)))

    def fill(self, page: Document, document: DemoDocument, code: str) -> None:
        record, text = document.record, document.texts[code]

        def find(key):
            return self.find_page(key, code)

        page.body = page._meta.get_field("body").stream_block.to_python(
            stream_body(text.get("body"), find, document.key)
        )
        page.date, page.date_precision = parse_date(record.get("date"))
        page.written_in = document.original
        page.licence = record.get("licence", page.licence)
        provenance = record.get("provenance") or {}
        page.provenance_document_id = find(provenance.get("document"))
        page.provenance_note = Truncator(said(provenance, "note", code)).chars(400)
        page.search_description = page.summary
        seed = record.get("image")
        if seed and seed != "none":
            page.lead_image = cover_picture(document.key, seed, record["type"])
        self.fill_links(page, record, code, find)
        for name, value in TYPE_FIELDS[record["type"]](page, record, text, code, find, self.loaded).items():
            setattr(page, name, value)
        name_alike(page, document.key)
        if isinstance(page, CallForInterest) and self.loaded.credits.editor:
            page.reply_readers = [self.loaded.credits.editor]

    def fill_links(self, page: Document, record: dict, code: str, find) -> None:
        def rows(model, keys):
            found = [self.loaded.find(model, key, code) for key in keys or []]
            return [pk for pk in found if pk]

        page.themes = Theme.objects.filter(pk__in=rows(Theme, record.get("themes")))
        page.collections = Collection.objects.filter(pk__in=rows(Collection, record.get("collections")))
        page.territories = [
            DocumentTerritory(territory_id=pk, sort_order=order)
            for order, pk in enumerate(rows(Territory, record.get("territories")))
        ]
        page.contributors = [
            DocumentContributor(
                person_id=self.loaded.find(Person, row["person"], code), part=row["part"], sort_order=order
            )
            for order, row in enumerate(record.get("contributors") or [])
        ]
        page.organisations = [
            DocumentOrganisation(
                organisation_id=self.loaded.find(Organisation, row["organisation"], code),
                part=row["part"],
                sort_order=order,
            )
            for order, row in enumerate(record.get("organisations") or [])
        ]
        page.references = [
            DocumentReference(entry_id=pk, sort_order=order)
            for order, pk in enumerate(rows(BibliographyEntry, record.get("bibliography")))
        ]
        page.relations = [
            DocumentRelation(kind=row["kind"], target_id=find(row["document"]), sort_order=order)
            for order, row in enumerate(record.get("relations") or [])
            if find(row["document"])
        ]
