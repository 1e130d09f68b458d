"""A reader would like to read a page in another language: a page with a button for each, no account needed."""

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from cms.core.alternates import alternates_for_address
from cms.core.page_cache.decorators import personal_page
from cms.core.tries import may_try
from cms.translations.kinds import translated_kind
from cms.translations.queries.wishes import task_to_ask_for, wishes_for
from cms.translations.services.requesting import NothingToAsk, request_translation, visitor_key
from cms.wiki.queries.pages import visible_page

ALLOWED, WITHIN = 10, 10 * 60  # wishes from one connection, in so many seconds


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def request_language(request: HttpRequest, page_id: int) -> HttpResponse:
    """`/{lang}/wiki/<id>/request-translation/`; POST `language`: a code."""
    page = visible_page(page_id)
    if page is None or translated_kind(page.specific_class) is None:
        raise Http404("no such page")
    if request.method != "POST":
        return _page(request, page)
    code = request.POST.get("language", "")
    task = task_to_ask_for(page, code)
    if task is None:
        return _page(
            request, page, told=_("This language cannot be asked for here, or not any more."), status=409
        )
    if not may_try(request, "translation-request", ALLOWED, WITHIN):
        return _page(
            request,
            page,
            told=_("Many requests came from your connection. Please wait ten minutes, then ask again."),
            status=429,
        )
    address = get_adapter(request).get_client_ip(request)
    visitor = visitor_key(address, request.headers.get("User-Agent", ""))
    try:
        request_translation(task.pk, visitor, request.user.pk)
    except NothingToAsk:
        return _page(request, page, told=_("It can be read in this language meanwhile."), status=409)
    return redirect(f"{reverse('translations:request', args=[page_id])}?asked={code}")


def _page(request: HttpRequest, page: Page, told: str = "", status: int = 200) -> HttpResponse:
    wishes = wishes_for(page)
    asked = request.GET.get("asked", "")
    context = {
        "page": page,
        "wishes": wishes,
        "asked": next((wish.language for wish in wishes if wish.language.code == asked), None),
        "told": told,
        "alternates": alternates_for_address(request),
        "noindex": True,
    }
    return render(request, "translations/request.html", context, status=status)


def asking_address(page: Page) -> str:
    """For the page that says in which languages `page` exists."""
    return (
        ""
        if translated_kind(page.specific_class) is None
        else reverse("translations:request", args=[page.pk])
    )
