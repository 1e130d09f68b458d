"""What all public screens about one page share: the page, its links, and what to say of a version that is not."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.models import Page

from cms.core.addresses import tree_address
from cms.core.alternates import alternates_for_address
from cms.core.languages import direction
from cms.wiki.addresses import address
from cms.wiki.queries.pages import visible_page


def page_or_404(page_id: int) -> Page:
    """The page, if anybody may read it. An alias has no history of its own: what it shows is written elsewhere."""
    page = visible_page(page_id)
    if page is None or page.alias_of_id:
        raise Http404("no such page")
    return page


def page_url(page: Page) -> str:
    return tree_address(page.locale.language_code, page.url_path)


def about_page(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The context of a screen about `page`; its `lang` is empty where it is the reader's."""
    language = page.locale.language_code
    lang = "" if language == get_language() else language
    return {
        "page": page,
        "page_url": page_url(page),
        "title_lang": lang,
        "title_dir": direction(lang),
        "language_name": settings.LANGUAGE_NAMES.get(language, language),
        "history_url": address("history", page.pk),
        "alternates": alternates_for_address(request),
    }


def no_such_version(request: HttpRequest, page: Page) -> HttpResponse:
    """The same answer for what never was, is a draft, or belongs to another page."""
    context = {**about_page(page, request), "noindex": True}
    return render(request, "wiki/no_such_version.html", context, status=404)
