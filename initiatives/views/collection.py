"""The page of a collection, and the page that lists the collections."""

from types import SimpleNamespace

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cms.core.addresses import tree_address
from cms.core.alternates import alternates_for_page
from cms.core.languages import direction, open_language_codes
from cms.translations.behind import standing_of
from initiatives.cards import cards
from initiatives.catalogue import bits_of
from initiatives.models import Collection, CollectionIndex
from initiatives.queries.catalogue import catalogue, summaries
from initiatives.queries.collections import listed_collections
from initiatives.queries.texts import text_expander

SHOWN = 60  # the library shows the rest, page by page


def collection_context(page: Collection, request: HttpRequest) -> dict:
    """The works of a collection as cards, newest first: in the reader's language, else in their own."""
    language = page.locale.language_code
    found = catalogue()
    entry = next(
        (row for row in listed_collections(language) if row.translation_key == page.translation_key), None
    )
    bits = bits_of(found, "collection", entry.key) if entry else 0
    works = found.pick(bits, "newest", language, 0, SHOWN)
    texts = summaries([work.version(language).page_id for work in works])
    common = _common(page, language)
    standing = standing_of(page, request, common["alternates"])
    common["introduction"] = standing.marks.rich(common["introduction"], "introduction")
    return {
        **common,
        "title_marks": standing.marks.take("title"),
        "summary_marks": standing.marks.take("summary"),
        "behind": standing.notice(),
        "translated": standing.credits(),
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
    found = catalogue()
    rows = [
        SimpleNamespace(entry=row, count=bits_of(found, "collection", row.key).bit_count())
        for row in listed_collections(language)
    ]
    return {**_common(page, language), "collections": rows}


def _common(page, language: str) -> dict:
    expand = text_expander([page.introduction], language)
    return {
        "page_lang": language,
        "page_dir": direction(language),
        "nav": "collections",
        "alternates": alternates_for_page(page) if page.pk else [],
        "introduction": expand(page.introduction),
        "canonical_url": settings.BASE_URL + tree_address(language, page.url_path),
    }
