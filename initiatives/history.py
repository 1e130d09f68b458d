"""What the wiki's history needs to know of documents and collections: told to it when the app is ready."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.taxonomy.models import Organisation, Person
from cms.translations.kinds import register_translated
from cms.wiki.kinds import (
    Cited,
    ListedCollection,
    register_citation,
    register_collections,
    register_kind,
    register_naming,
)
from initiatives.models import DOCUMENT_TYPES, Collection, Document, ReferenceCode
from initiatives.queries.collections import listed_collections
from initiatives.queries.links import pages_naming
from initiatives.rules import AUTHORSHIP, KINDS

# Whose name stands for a document that names no author.
RESPONSIBLE = ("publisher", "issuer")


def register() -> None:
    for model in DOCUMENT_TYPES:
        register_kind(model, model.kind_code.lower(), KINDS[model.kind_code])
        register_translated(model, model.kind_code.lower(), KINDS[model.kind_code])
    register_translated(Collection, "collection", _("Collection"))
    register_kind(Collection, "collection", _("Collection"))
    register_collections(collections_of_the_site, pages_of_collection, collections_holding, pages_within)
    register_citation(Document, cited)
    register_naming(Document, pages_naming)


def collections_of_the_site(language: str) -> list[ListedCollection]:
    return [
        ListedCollection(row.key, row.title, row.lang, str(row.translation_key))
        for row in listed_collections(language)
    ]


def pages_of_collection(key: str) -> QuerySet:
    """The documents of the collection and the collection's own pages, in every language."""
    rows = [row for row in listed_collections("") if row.key == key]
    return pages_within([str(row.translation_key) for row in rows])


def pages_within(works: Sequence[str]) -> QuerySet:
    """The same for collections named by their translation keys."""
    return Page.objects.filter(
        Q(document__collections__translation_key__in=works) | Q(collection__translation_key__in=works)
    ).values("pk")


def collections_holding(page: Page) -> list[str]:
    """Translation keys. One query at most."""
    if isinstance(page, Collection):
        return [str(page.translation_key)]
    rows = Collection.objects.filter(documents=page.pk).order_by().values_list("translation_key", flat=True)
    return [str(key) for key in rows.distinct()] if isinstance(page, Document) else []


def cited(version: Any) -> Cited:
    """Authors as the version names them, code as the work has it. Three queries."""
    code = ReferenceCode.objects.filter(translation_key=version.translation_key).values_list(
        "code", flat=True
    )
    people = [row.person_id for row in version.contributors.all() if row.part in AUTHORSHIP]
    names = {
        pk: (name, sort_name)
        for pk, name, sort_name in Person.objects.visible_to(None)
        .filter(pk__in=people)
        .values_list("pk", "name", "sort_name")
    }
    bodies = [row.organisation_id for row in version.organisations.all() if row.part in RESPONSIBLE]
    called = dict(Organisation.objects.visible_to(None).filter(pk__in=bodies).values_list("pk", "name"))
    return Cited(
        code=code.first() or "",
        authors=tuple(names[pk] for pk in dict.fromkeys(people) if pk in names),
        organisations=tuple(called[pk] for pk in dict.fromkeys(bodies) if pk in called),
    )
