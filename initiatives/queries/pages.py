"""A document to be served: found by its slug, loaded, with its own rows."""

from functools import partial

from django.db.models import QuerySet

from cms.core.prepared import Prepared, numbers
from cms.reference.citations import Work
from cms.reference.models import BibliographyEntry
from initiatives.models import DOCUMENT_TYPES, Document

MODELS = {model.kind_code: model for model in DOCUMENT_TYPES}
# By the slug alone: asked for the language too, SQLite walks through all pages of that language.
_BY_SLUG = Prepared(
    lambda slug: (
        Document.objects.live()
        .filter(slug=slug.text)
        .order_by()
        .values_list("pk", "kind", "alias_of_id", "locale__language_code")
    )
)
_BY_ID = {
    kind: Prepared(
        lambda pk, model=model: model.objects.select_related("locale").filter(pk=pk.number).order_by()
    )
    for kind, model in MODELS.items()
}
_ENTRIES = Prepared(
    lambda slots: (
        BibliographyEntry.objects.visible_to(None)
        .filter(pk__in=numbers(slots))
        .order_by()
        .values_list(
            "pk",
            "slug",
            "title",
            "authors",
            "subtitle",
            "year",
            "publisher",
            "place",
            "kind",
            "url",
            "language",
        )
    )
)


def live_document(slug: str, language: str) -> tuple[int, str, int | None] | None:
    """(page id, kind, id of the page it is an alias of) of the live document at this address, or None."""
    # PostgreSQL takes no null character in a text.
    rows = _BY_SLUG.rows(slug) if "\x00" not in slug else []
    return next(((pk, kind, original) for pk, kind, original, code in rows if code == language), None)


def documents_at(slug: str) -> list[int]:
    """Ids of the live documents with this last word of an address, in any language. One query."""
    return [pk for pk, _kind, _original, _code in _BY_SLUG.rows(slug)] if "\x00" not in slug else []


def document_by_id(pk: int, kind: str) -> Document | None:
    """The whole document, as its own type, with its locale. One query."""
    return next(iter(_BY_ID[kind].instances(pk)), None)


def _children(model, parent: str, pk) -> QuerySet:
    return model.objects.filter(**{parent: pk.number}).order_by("sort_order", "pk")


_OF_PARENT: dict[tuple, Prepared] = {}


def own_rows(page: Document, name: str, draft: bool) -> list:
    """The inline rows `name` of a document, in order: from memory while it is edited, else in one query."""
    if draft:
        return list(getattr(page, name).all())
    relation = page._meta.get_field(name)
    key = (type(page), name)
    if key not in _OF_PARENT:
        _OF_PARENT[key] = Prepared(partial(_children, relation.related_model, relation.field.name))
    return _OF_PARENT[key].instances(page.pk)


def cited_works(ids: list[int]) -> dict[int, tuple[str, Work]]:
    """(slug, what citing needs) of the public works with these ids. One query, none without any."""
    found = {}
    for pk, slug, title, authors, *rest in _ENTRIES.rows_of(ids):
        found[pk] = (slug, Work(title, _lines(authors), *rest))
    return found


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
