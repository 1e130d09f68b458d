"""The library: all public works, filtered by counted facets."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from cms.core.alternates import alternates_for_address
from cms.core.languages import open_language_codes
from cms.core.page_cache.decorators import public_page
from cms.core.paging import Window
from initiatives import facets
from initiatives.cards import cards
from initiatives.catalogue import Catalogue, Selection, select
from initiatives.filters import Filters, parse
from initiatives.queries.catalogue import catalogue, library_texts, summaries

PAGE_SIZE = 20


def read_filters(request: HttpRequest, found: Catalogue) -> Filters:
    pairs = ((name, value) for name, values in request.GET.lists() for value in values)
    return parse(pairs, found.facets)


def filter_context(
    request: HttpRequest, found: Catalogue, filters: Filters, selection: Selection, path: str, lang: str
) -> dict:
    """What the list, the map and the grid share: problems, chips, ways out, the addresses of each other."""
    listing = filters.query(order="newest")
    return {
        "alternates": alternates_for_address(request),
        "canonical_url": settings.BASE_URL + path + filters.query(page=filters.page),
        # Combinations are without number: search engines get the plain list and the documents.
        "noindex": bool(filters) or filters.order != "newest" or bool(filters.problems),
        "problems": [problem.message for problem in filters.problems],
        "filters": filters,
        "chips": facets.chips(found, filters, lang, path),
        "ways_out": facets.ways_out(found, filters, lang, path) if not selection.total else [],
        "clear_url": path + Filters(order=filters.order).query(),
        "total": selection.total,
        "library_url": reverse("initiatives:library") + filters.query(),
        "map_url": reverse("initiatives:map") + listing,
        "grid_url": reverse("initiatives:grid") + listing,
    }


def panel(found: Catalogue, filters: Filters, selection: Selection, path: str, lang: str) -> dict:
    """What `_facets.html` shows: counted values, and the form for years with what it keeps."""
    year_from, year_to = facets.year_span(filters)
    return {
        "facets": facets.facet_rows(found, filters, selection, lang, path),
        "path": path,
        "year_from": year_from,
        "year_to": year_to,
        "kept_fields": [
            (name, key) for name, keys in filters.chosen.items() for key in keys if name != "year"
        ],
    }


@public_page
def library(request: HttpRequest) -> HttpResponse:
    """The list, 20 works a page. At most 3 queries once the catalogue is in memory."""
    found = catalogue()
    lang = get_language()
    filters = read_filters(request, found)
    selection = select(found, filters.chosen)
    path = reverse("initiatives:library")
    window = Window(filters.page, PAGE_SIZE)
    pages = window.last(selection.total)
    if filters.page > pages:
        return redirect(path + filters.query(page=pages))
    works = found.pick(selection.bits, filters.order, lang, window.start, window.stop)
    texts = summaries([work.version(lang).page_id for work in works])
    title, introduction = library_texts().get(lang, ("", ""))
    context = filter_context(request, found, filters, selection, path, lang) | {
        "nav": "library",
        "title": title,
        "introduction": introduction,
        "works_count": len(found.works),
        "cards": cards(found, works, lang, open_language_codes(), texts),
        "start": window.start + 1,
        "orders": facets.order_links(filters, path),
        **panel(found, filters, selection, path, lang),
        "turning": window.turning(selection.total, lambda number: path + filters.query(page=number)),
    }
    return render(request, "initiatives/library.html", context)
