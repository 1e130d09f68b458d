"""Events coming and past, and the issues of the newsletter."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from cms.core.alternates import alternates_for_address
from cms.core.languages import open_language_codes
from cms.core.page_cache.decorators import public_page
from cms.core.paging import Window
from initiatives.cards import cards
from initiatives.catalogue import FACETS, Catalogue, Work, set_bits
from initiatives.events import split_events
from initiatives.filters import parse
from initiatives.queries.catalogue import catalogue, summaries

PAGE_SIZE = 20
NOT_FILTERED: dict[str, tuple[str, ...]] = dict.fromkeys(FACETS, ())


def works_of_kind(found: Catalogue, kind: str) -> list[Work]:
    """The works of a type, by its code in lower case; the newest first."""
    return [found.works[rank] for rank in set_bits(found.facets["type"][kind].bits)]


@public_page
def events(request: HttpRequest) -> HttpResponse:
    """Coming events, all of them, and past ones, 20 a page. 1 query once the catalogue is in memory."""
    coming, past = split_events(works_of_kind(catalogue(), "ev"), timezone.localdate())
    return listing(request, "events", past, coming)


@public_page
def newsletter(request: HttpRequest) -> HttpResponse:
    """The issues, the last first, 20 a page."""
    return listing(request, "newsletter", works_of_kind(catalogue(), "nl"), [])


def listing(request: HttpRequest, name: str, works: list[Work], before: list[Work]) -> HttpResponse:
    """A paged list of `works`, with `before` above it on its first page."""
    found = catalogue()
    lang = get_language()
    asked = parse((("page", value) for value in request.GET.getlist("page")), NOT_FILTERED)
    path = reverse(f"initiatives:{name}")
    window = Window(asked.page, PAGE_SIZE)
    pages = window.last(len(works))
    if asked.page > pages:
        return redirect(path + asked.query(page=pages))
    shown = works[window.start : window.stop]
    first = before if asked.page == 1 else []
    texts = summaries([work.version(lang).page_id for work in (*first, *shown)])
    context = {
        "nav": name,
        "alternates": alternates_for_address(request),
        "canonical_url": settings.BASE_URL + path + asked.query(page=asked.page),
        "noindex": bool(asked.problems),
        "problems": [problem.message for problem in asked.problems],
        "coming": cards(found, first, lang, open_language_codes(), texts),
        "cards": cards(found, shown, lang, open_language_codes(), texts),
        "start": window.start + 1,
        "page": asked.page,
        "turning": window.turning(len(works), lambda number: path + asked.query(page=number)),
    }
    return render(request, f"initiatives/{name}.html", context)
