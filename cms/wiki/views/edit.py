"""The way from a public page to its editor."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from wagtail.models import Page

from cms.wiki.queries.pages import visible_page
from cms.wiki.queries.protection import may_protect, protection_against


@never_cache
def edit(request: HttpRequest, page_id: int) -> HttpResponse:
    """To the editor, or to the log-in, or a plain word on why not and what to do instead."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None or page.is_root():
        raise Http404("no such page")
    if not request.user.is_authenticated:
        if visible_page(page_id) is None:
            raise Http404("no such page")
        return redirect_to_login(request.get_full_path())
    may_edit = page.permissions_for_user(request.user).can_edit()
    protection = protection_against(request.user, page) if may_edit else None
    if may_edit and protection is None:
        return redirect(reverse("wagtailadmin_pages:edit", args=[page_id]))
    if not may_edit and visible_page(page_id) is None:
        raise Http404("no such page")
    context = {
        "page": page.specific,
        "protection": protection,
        "may_protect": protection is not None and may_protect(request.user, page),
        "noindex": True,
    }
    return render(request, "wiki/may_not_edit.html", context, status=403)
