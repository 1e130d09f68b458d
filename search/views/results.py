"""The page of results. Not kept: the index changes after the page."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from cms.core.alternates import alternates_for_address
from cms.core.page_cache.decorators import PERSONAL
from cms.core.paging import Window
from forum.views.reader import has_session, reader
from search import presenting
from search.asking import read
from search.filters import LAST_PAGE, Filters, parse
from search.labels import Labels
from search.queries.finding import PAGE_SIZE, find
from search.queries.promoting import promoted
from search.services.unfound import note_unfound


def results(request: HttpRequest) -> HttpResponse:
    """What holds the words of `q`, as far as whoever asks may see it. At most 12 queries."""
    language, user = get_language(), reader(request)
    query = read(request.GET.get("q", ""))
    labels = Labels(language, user)
    pairs = ((name, value) for name, values in request.GET.lists() for value in values)
    filters = parse(query.text, pairs, labels.known)
    path = reverse("search:results")
    context = {
        "nav": "search",
        "alternates": alternates_for_address(request),
        "noindex": True,
        "query": query,
        "filters": filters,
        "problems": [problem.message for problem in filters.problems],
        "library_url": reverse("initiatives:library"),
        "forum_url": reverse("forum:index"),
    }
    if not query.empty:
        answer = find(query, filters, user, language)
        last = last_page(answer.hits.total if filters.section else 0)
        # What was given up for taking too long is no answer: the page says so, with 200, for the site itself is well.
        given_up = answer.hits.too_slow
        if filters.page > last and not given_up:
            return redirect(path + replace(filters, page=last).query())
        if answer.unfound and not filters.problems and not given_up:
            note_unfound(request, query, language)
        context["promoted"] = promoted(query, language) if filters.page == 1 else []
        context |= found_context(answer, filters, labels, path, language)
    response = render(request, "search/results.html", context)
    response.headers["Cache-Control"] = PERSONAL if has_session(request) else "no-cache"
    return response


def last_page(total: int) -> int:
    return min(LAST_PAGE, Window(1, PAGE_SIZE).last(total))


def found_context(answer, filters: Filters, labels: Labels, path: str, language: str) -> dict:
    hits = answer.hits
    window = Window(filters.page, PAGE_SIZE)
    # Before the chips: it looks up the names of authors, for both.
    facets = presenting.facets(answer, filters, labels, path)
    chips = presenting.chips(filters, labels, path)
    # Where nothing is found at all, it is said so; what was chosen can always be taken back.
    sections = presenting.sections(answer, filters, path, language) if hits.found or chips else []
    return {
        "found": hits.found,
        "sections": sections,
        "open": next((each for each in sections if each["active"]), None),
        "all_url": path + filters.within("").query(),
        "all_count": presenting.count(hits.found, bool(hits.at_least)),
        "any_word": answer.asked.any_word,
        "unfound": answer.unfound,
        "did_you_mean": presenting.instead(answer, filters, path),
        "also": presenting.also(answer, filters, path),
        "degraded": hits.degraded,
        "too_slow": hits.too_slow,
        "facets": facets,
        "chips": chips,
        "clear_url": path + filters.within(filters.section).query(),
        "total": hits.total,
        "total_count": presenting.count(hits.total, hits.total_at_least),
        "start": window.start + 1,
        "turning": window.turning(
            min(hits.total, LAST_PAGE * PAGE_SIZE),
            lambda number: path + replace(filters, page=number).query(),
        ),
    }
