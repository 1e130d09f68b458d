"""The page of results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from cms.core.alternates import alternates_for_address
from cms.core.languages import open_language_codes
from cms.core.paging import asked_window
from initiatives.cards import cards
from initiatives.queries.catalogue import catalogue, summaries
from search.queries import clean_query, found_works

PAGE_SIZE = 20


def results(request: HttpRequest) -> HttpResponse:
    """Documents that hold all words asked for. Not kept: the index changes after the page."""
    lang = get_language()
    query = clean_query(request.GET.get("q", ""))
    found = catalogue()
    works = found_works(query, lang) if query else []
    window = asked_window(request, PAGE_SIZE)
    pages = window.last(len(works))
    path = reverse("search:results")

    def address(number: int) -> str:
        more = {"page": str(number)} if number > 1 else {}
        return f"{path}?{urlencode({'q': query, **more})}"

    if window.number > pages:
        return redirect(address(pages))
    shown = works[window.start : window.stop]
    texts = summaries([work.version(lang).page_id for work in shown])
    context = {
        "nav": "search",
        "alternates": alternates_for_address(request),
        "noindex": True,
        "query": query,
        "total": len(works),
        "cards": cards(found, shown, lang, open_language_codes(), texts),
        "start": window.start + 1,
        "library_url": reverse("initiatives:library"),
        "turning": window.turning(len(works), address),
    }
    response = render(request, "search/results.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response
