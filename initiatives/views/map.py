"""The library on a map, with the list beside it, from which the map is drawn in the browser."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from cms.core.page_cache.decorators import public_page
from cms.core.paging import Window
from initiatives.cards import foreign_language, when, where
from initiatives.catalogue import Catalogue, Work, select
from initiatives.ground import land_svg
from initiatives.queries.catalogue import catalogue
from initiatives.rules import KINDS
from initiatives.views.library import filter_context, panel, read_filters

# As many as one page can carry within its weight; the facets lead to the others.
PAGE_SIZE = 100


@public_page
def map_view(request: HttpRequest) -> HttpResponse:
    """The filtered works by place, 100 a page. No query once the catalogue is in memory."""
    found = catalogue()
    lang = get_language()
    filters = read_filters(request, found)
    selection = select(found, filters.chosen)
    path = reverse("initiatives:map")
    window = Window(filters.page, PAGE_SIZE)
    pages = window.last(selection.total)
    if filters.page > pages:
        return redirect(path + filters.query(page=pages))
    works = found.pick(selection.bits, filters.order, lang, window.start, window.stop)
    placed, unplaced = by_place(found, works, lang)
    context = filter_context(request, found, filters, selection, path, lang) | {
        "nav": "map",
        **panel(found, filters, selection, path, lang),
        "turning": window.turning(selection.total, lambda number: path + filters.query(page=number)),
        "places": placed,
        "unplaced": unplaced,
        "land_url": reverse("initiatives:land"),
        "tiles_url": settings.MAP_TILES_URL,
        "tiles_attribution": settings.MAP_TILES_ATTRIBUTION,
    }
    return render(request, "initiatives/map.html", context)


def by_place(found: Catalogue, works: list[Work], lang: str) -> tuple[list[dict], list[dict]]:
    """(places, works that have none). Works at the same coordinates stand together, in the order they came.

    A place: `name, latitude, longitude, kind` ("" where its works are of several types), `exact` (the
    coordinates are the initiative's own, not its territory's) and `works`.
    """
    names = {kind.lower(): str(name) for kind, name in KINDS.items()}
    places: dict[tuple[str, str], dict] = {}
    unplaced = []
    for work in works:
        version = work.version(lang)
        row = {
            "kind": work.kind,
            "kind_name": names[work.kind],
            "title": version.title,
            "url": version.url,
            "when": when(work, lang),
            **foreign_language(version, lang),
        }
        point = found.point(work)
        if point is None:
            unplaced.append(row)
            continue
        (latitude, longitude), exact = point
        # Text, so that no language writes a comma into it. Three decimals are a hundred metres.
        spot = (f"{latitude:.3f}", f"{longitude:.3f}")
        place = places.setdefault(
            spot,
            {
                "name": where(found, work, lang),
                "latitude": spot[0],
                "longitude": spot[1],
                "kind": work.kind,
                "exact": exact,
                "works": [],
            },
        )
        place["works"].append(row)
        place["exact"] = place["exact"] and exact
        if place["kind"] != work.kind:
            place["kind"] = ""
    return list(places.values()), unplaced


@public_page
def land(request: HttpRequest) -> HttpResponse:
    """The outlines of the land, where no tiles are set. They change with the software only."""
    drawing = land_svg()
    if not drawing:
        raise Http404("no outlines")
    return HttpResponse(
        drawing, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=604800"}
    )
