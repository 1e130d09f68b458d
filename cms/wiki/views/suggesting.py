"""A reader suggests a correction: a form at an address of its own, no account needed."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from cms.core.alternates import alternates_for_address
from cms.core.page_cache.decorators import personal_page
from cms.core.tries import may_try
from cms.wiki.forms import SuggestForm
from cms.wiki.queries.pages import visible_page
from cms.wiki.services.suggestions import suggest

ALLOWED, WITHIN = 5, 10 * 60  # suggestions from one connection, in so many seconds


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: HttpRequest, page_id: int) -> HttpResponse:
    """`/{lang}/wiki/<id>/suggest/`. What was typed comes back with whatever is wrong."""
    page = _page_or_404(page_id)
    if request.method != "POST":
        passage = request.GET.get("passage", "")[:2000]
        return _form(request, page, SuggestForm(initial={"form_token": uuid4(), "passage": passage}))
    form = SuggestForm(request.POST)
    if not form.is_valid():
        if "form_token" in form.errors:
            # The token is ours, not the reader's: a damaged one is replaced without blaming anybody.
            form = SuggestForm({**request.POST.dict(), "form_token": str(uuid4())})
            if form.is_valid():
                form.add_error(None, _("The form had expired. Nothing was lost: please send it again."))
        return _form(request, page, form, 422)
    if not may_try(request, "suggestion", ALLOWED, WITHIN):
        form.add_error(
            None, _("Many suggestions came from your connection. Please wait ten minutes and send again.")
        )
        return _form(request, page, form, 429)
    data = form.cleaned_data
    suggest(
        page.pk,
        data["form_token"],
        get_language(),
        passage=data["passage"],
        text=data["text"],
        name=data["name"],
        email=data["email"],
        trap=data["homepage"],
    )
    return redirect("wiki:suggested", page.pk)


@personal_page
def suggested(request: HttpRequest, page_id: int) -> HttpResponse:
    """Says that it has arrived, and nothing of it: anyone may open this address."""
    page = _page_or_404(page_id)
    return render(request, "wiki/suggested.html", {"page": page, "noindex": True})


def _page_or_404(page_id: int) -> Page:
    page = visible_page(page_id)
    if page is None:
        raise Http404("no such page")
    return page


def _form(request: HttpRequest, page: Page, form: SuggestForm, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "alternates": alternates_for_address(request),
        "noindex": True,
    }
    return render(request, "wiki/suggest.html", context, status=status)
