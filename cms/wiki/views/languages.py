"""The languages a page exists in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cms.core.page_cache.decorators import public_page
from cms.wiki.asking import asking_address
from cms.wiki.queries.pages import language_versions, visible_page


@public_page
def languages(request: HttpRequest, page_id: int) -> HttpResponse:
    """Where the language switcher leads when a page does not exist in the language asked for."""
    page = visible_page(page_id)
    if page is None:
        raise Http404("no such page")
    versions = language_versions(page)
    context = {
        "page": page,
        "versions": versions,
        "alternates": [version.as_alternate(page_id) for version in versions],
        "asked_for": next(
            (
                version
                for version in versions
                if version.code == translation.get_language() and not version.url
            ),
            None,
        ),
        "asking_url": asking_address(page),
        "noindex": True,
    }
    return render(request, "wiki/languages.html", context)
