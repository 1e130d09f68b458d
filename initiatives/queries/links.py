"""What a document points to and what points to it, as plain rows: one query, whatever their number."""

from dataclasses import dataclass
from functools import partial

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from cms.core.prepared import Prepared, Slot
from initiatives.models import (
    DeepenedFile,
    Document,
    DocumentAttachment,
    DocumentContributor,
    DocumentOrganisation,
    DocumentReference,
    DocumentRelation,
    DocumentTerritory,
    Event,
    EventCountry,
    JourneyCountry,
    Presentation,
    VisitedInitiative,
)
from initiatives.rules import KINDS


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a document. `target`: id of the row it names or, for `…_in` links, of the one naming it."""

    kind: str
    target: int
    note: str = ""  # the part of a contributor, the kind of a relation, the pages of a reference …
    order: int = 0


def stored_links(document: Document) -> list[Link]:
    """All links of a saved document, in order; relations whichever translation states them. One query."""
    rows = _STORED[document.kind].rows(document.pk, document.translation_key)
    return sorted((Link(*row) for row in rows), key=_in_order)


def draft_links(document: Document) -> list[Link]:
    """The same for a document being edited: its own links from memory, those to it from the database."""
    links = [Link("person", row.person_id, row.part) for row in document.contributors.all()]
    links += [Link("organisation", row.organisation_id, row.part) for row in document.organisations.all()]
    links += [Link("territory", row.territory_id) for row in document.territories.all()]
    links += [Link("reference", row.entry_id, row.pages) for row in document.references.all()]
    links += [Link("file", row.file_id, row.title) for row in document.attachments.all()]
    links += [Link("theme", theme.pk) for theme in document.themes.all()]
    links += [Link("collection", collection.pk) for collection in document.collections.all()]
    links += [Link("relation", row.target_id, row.kind) for row in document.relations.all()]
    if document.kind_code in ("EV", "LJ"):
        links += [Link("country", row.territory_id) for row in document.countries.all()]
    if document.kind_code == "CS":
        links += [Link("deepens", row.initiative_file_id) for row in document.deepened_files.all()]
    rows = _RECEIVED[document.kind_code].rows(document.translation_key)
    return links + sorted((Link(*row) for row in rows), key=_in_order)


def pages_naming(document: Document) -> list[int]:
    """Ids of the documents that name this work in one of their fields. One query."""
    rows = _RECEIVED[document.kind_code].rows(document.translation_key)
    return [Link(*row).target for row in rows]


def _stored(kind: str, page: Slot, work: Slot) -> QuerySet:
    pk, key = page.number, work.uuid
    through = {"themes": Document.themes.through.objects, "collections": Document.collections.through.objects}
    parts = [
        _rows("person", DocumentContributor.objects.filter(document=pk), "person_id", "part"),
        _rows("organisation", DocumentOrganisation.objects.filter(document=pk), "organisation_id", "part"),
        _rows("territory", DocumentTerritory.objects.filter(document=pk), "territory_id"),
        _rows("reference", DocumentReference.objects.filter(document=pk), "entry_id", "pages"),
        _rows("file", DocumentAttachment.objects.filter(document=pk), "file_id", "title"),
        _rows("theme", through["themes"].filter(document=pk), "theme_id", order=None),
        _rows("collection", through["collections"].filter(document=pk), "collection_id", order=None),
        _rows("relation", DocumentRelation.objects.filter(source__translation_key=key), "target_id", "kind"),
    ]
    if kind == "EV":
        parts.append(_rows("country", EventCountry.objects.filter(event=pk), "territory_id"))
    elif kind == "LJ":
        parts.append(_rows("country", JourneyCountry.objects.filter(journey=pk), "territory_id"))
    elif kind == "CS":
        parts.append(_rows("deepens", DeepenedFile.objects.filter(case_study=pk), "initiative_file_id"))
    return parts[0].union(*parts[1:], *_links_to(kind, work), all=True)


def _received(kind: str, work: Slot) -> QuerySet:
    parts = _links_to(kind, work)
    return parts[0].union(*parts[1:], all=True)


def _links_to(kind: str, work: Slot) -> list[QuerySet]:
    key = work.uuid
    issued = Document.objects.filter(provenance_document__translation_key=key)
    parts = [
        _rows(
            "relation_in", DocumentRelation.objects.filter(target__translation_key=key), "source_id", "kind"
        ),
        _rows("issued_in", issued, "pk", order=None),
        _rows("visited_in", VisitedInitiative.objects.filter(document__translation_key=key), "journey_id"),
    ]
    if kind == "IF":
        of_this = DeepenedFile.objects.filter(initiative_file__translation_key=key)
        parts.append(_rows("deepens_in", of_this, "case_study_id"))
    elif kind == "EV":
        inside = Event.objects.filter(parent_event__translation_key=key)
        parts.append(_rows("part_event_in", inside, "pk", order=None))
        given = Presentation.objects.filter(given_at__translation_key=key)
        parts.append(_rows("given_in", given, "pk", order=None))
    return parts


def _rows(
    kind: str, rows: QuerySet, target: str, note: str = "", order: str | None = "sort_order"
) -> QuerySet:
    # `order_by()` because a part of a union cannot have an order of its own.
    return rows.order_by().values_list(
        Value(kind, CharField()),
        F(target),
        Cast(F(note), CharField()) if note else Value("", CharField()),
        F(order) if order else Value(0),
    )


def _in_order(link: Link) -> tuple:
    return link.kind, link.order or 0, link.target


_STORED = {kind: Prepared(partial(_stored, kind)) for kind in KINDS}
_RECEIVED = {kind: Prepared(partial(_received, kind)) for kind in KINDS}
