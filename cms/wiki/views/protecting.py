"""`/admin/wiki/pages/<id>/protection/`: who may revise a page, why, and until when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from cms.core.errors import permission_denied
from cms.core.page_cache.decorators import personal_page
from cms.wiki.protection_forms import ProtectionForm
from cms.wiki.queries.protection import may_protect, protection_of
from cms.wiki.services import lift, protect


@personal_page
@require_http_methods(["GET", "POST"])
def protection(request: HttpRequest, page_id: int) -> HttpResponse:
    page = Page.objects.filter(id=page_id, depth__gt=1).select_related("locale").first()
    if page is None:
        raise Http404("no such page")
    # Wagtail would turn a PermissionDenied into a redirect to the dashboard.
    if not may_protect(request.user, page):
        return permission_denied(request)
    standing = protection_of(page.pk)
    first = {"level": standing.level, "reason": standing.reason, "until": standing.until} if standing else {}
    if request.method == "POST" and "lift" in request.POST:
        lift(request.user, page)
        messages.success(request, _("Authors may revise “%(title)s”.") % {"title": page.title})
        return redirect("wiki_protection", page.pk)
    form = ProtectionForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid() and _protect(request, page, form):
        return redirect("wiki_protection", page.pk)
    context = {
        "page": page,
        "form": form,
        "standing": standing,
        "zone": settings.TIME_ZONE,
    }
    return render(request, "wiki/admin/protection.html", context, status=422 if form.errors else 200)


def _protect(request: HttpRequest, page: Page, form: ProtectionForm) -> bool:
    data = form.cleaned_data
    try:
        set_now = protect(request.user, page, data["level"], data["reason"], data["until"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if set_now is None:
        messages.success(request, _("Authors may revise “%(title)s”.") % {"title": page.title})
    else:
        messages.success(request, _("“%(title)s” is protected.") % {"title": page.title})
    return True
