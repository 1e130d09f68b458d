"""`/admin/search/…`: for administrators, what people look for and do not find, and which files could not be read."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from cms.core.errors import permission_denied
from cms.core.page_cache.decorators import personal_page
from cms.core.paging import asked_window
from cms.translations.queries.rights import is_administrator
from search.models import FileText, Unfound
from search.models.file_text import FAILED
from search.services.files import read_again
from search.services.unfound import KEPT, THRESHOLD

PER_PAGE = 50


def for_administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """403 for everybody else. Wagtail would turn a `PermissionDenied` into a redirect."""

    @personal_page
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_administrator(request.user):
            return permission_denied(request)
        return view(request, *args, **kwargs)

    return guarded


@for_administrators
@require_GET
def unfound(request: HttpRequest) -> HttpResponse:
    rows, window = Unfound.objects.all(), asked_window(request, PER_PAGE)
    total = rows.count()
    if elsewhere := window.corrected(request, total):
        return redirect(elsewhere)
    context = {
        "rows": [
            {"row": row, "language": settings.LANGUAGE_NAMES.get(row.language, row.language)}
            for row in rows[window.start : window.stop]
        ],
        "total": total,
        "threshold": THRESHOLD,
        "days": KEPT.days,
        "turning": window.turning(total, lambda number: f"?page={number}"),
    }
    return render(request, "search/admin/unfound.html", context)


@for_administrators
@require_http_methods(["GET", "POST"])
def unread_files(request: HttpRequest) -> HttpResponse:
    rows = FileText.objects.filter(state=FAILED).select_related("attachment").order_by("-read_at", "-pk")
    if request.method == "POST":
        number = read_again(rows.values_list("pk", flat=True))
        said = ngettext(
            "%(number)s file is being read again.", "%(number)s files are being read again.", number
        )
        messages.success(request, said % {"number": number_format(number, force_grouping=True)})
        return redirect("search_files")
    window, total = asked_window(request, PER_PAGE), rows.count()
    if elsewhere := window.corrected(request, total):
        return redirect(elsewhere)
    context = {
        "rows": rows.defer("text")[window.start : window.stop],
        "total": total,
        "turning": window.turning(total, lambda number: f"?page={number}"),
    }
    return render(request, "search/admin/files.html", context)
