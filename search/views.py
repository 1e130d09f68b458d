"""The page of results."""

from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from cms.core.alternates import alternates_for_address
from cms.core.languages import open_language_codes
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
    pages = max(1, ceil(len(works) / PAGE_SIZE))
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 and int(asked) else 1
    path = reverse("search:results")

    def address(number: int) -> str:
        more = {"page": str(number)} if number > 1 else {}
        return f"{path}?{urlencode({'q': query, **more})}"

    if page > pages:
        return redirect(address(pages))
    shown = works[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    texts = summaries([work.version(lang).page_id for work in shown])
    numbers = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    context = {
        "nav": "search",
        "alternates": alternates_for_address(request),
        "noindex": True,
        "query": query,
        "total": len(works),
        "cards": cards(found, shown, lang, open_language_codes(), texts),
        "start": (page - 1) * PAGE_SIZE + 1,
        "library_url": reverse("initiatives:library"),
        "page_links": [
            {
                "number": number,
                "url": address(number),
                "active": number == page,
                "gap": bool(at) and numbers[at - 1] < number - 1,
            }
            for at, number in enumerate(numbers)
        ]
        if pages > 1
        else [],
        "previous_url": address(page - 1) if page > 1 else "",
        "next_url": address(page + 1) if page < pages else "",
    }
    response = render(request, "search/results.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response
