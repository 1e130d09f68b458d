"""`/admin/search/unfound/`: what people look for and do not find, for administrators."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cms.core.errors import permission_denied
from cms.core.page_cache.decorators import personal_page
from cms.core.paging import asked_window
from cms.translations.queries.rights import is_administrator
from search.models import Unfound
from search.services.unfound import KEPT, THRESHOLD

PER_PAGE = 50


@personal_page
@require_GET
def unfound(request: HttpRequest) -> HttpResponse:
    if not is_administrator(request.user):
        return permission_denied(request)
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
