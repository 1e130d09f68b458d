"""The page of a collection, and the page that lists the collections."""

from types import SimpleNamespace

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cms.core.addresses import tree_address
from cms.core.alternates import alternates_for_page
from cms.core.languages import direction, open_language_codes
from cms.core.linked_text import expander, targets
from initiatives.cards import cards
from initiatives.models import Collection, CollectionIndex
from initiatives.queries.catalogue import catalogue, summaries
from initiatives.queries.collections import listed_collections
from initiatives.queries.files import files_by_id
from initiatives.queries.works import Works

SHOWN = 60  # the library shows the rest, page by page


def collection_context(page: Collection, request: HttpRequest) -> dict:
    """The works of a collection as cards, newest first: in the reader's language, else in their own."""
    language = page.locale.language_code
    found = catalogue()
    entry = next(
        (row for row in listed_collections(language) if row.translation_key == page.translation_key), None
    )
    value = found.facets["collection"].get(entry.key) if entry else None
    bits = value.bits if value else 0
    works = found.pick(bits, "newest", language, 0, SHOWN)
    texts = summaries([work.version(language).page_id for work in works])
    return {
        **_common(page, language),
        "cards": cards(found, works, language, open_language_codes(), texts),
        "total": bits.bit_count(),
        "more_url": f"{reverse('initiatives:library')}?collection={entry.key}" if entry else "",
        "all_shown": bits.bit_count() <= SHOWN,
        "index_url": tree_address(language, page.url_path.rstrip("/").rpartition("/")[0] + "/")
        if page.url_path
        else "",
    }


def collections_context(page: CollectionIndex, request: HttpRequest) -> dict:
    language = page.locale.language_code
    facet = catalogue().facets["collection"]
    rows = [
        SimpleNamespace(entry=row, count=facet[row.key].bits.bit_count() if row.key in facet else 0)
        for row in listed_collections(language)
    ]
    return {**_common(page, language), "collections": rows}


def _common(page, language: str) -> dict:
    pages, files = targets([page.introduction])
    works = Works(pages, language)
    expand = expander(works.target, {pk: file.url for pk, file in files_by_id(files).items()})
    return {
        "page_lang": language,
        "page_dir": direction(language),
        "nav": "collections",
        "alternates": alternates_for_page(page) if page.pk else [],
        "introduction": expand(page.introduction),
        "canonical_url": settings.BASE_URL + tree_address(language, page.url_path),
    }
