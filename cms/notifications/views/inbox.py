"""What a person is told, on the site."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from cms.core.alternates import alternates_for_address
from cms.core.dates import written_date
from cms.core.languages import direction
from cms.core.paging import asked_window, page_number
from cms.notifications.bundles import Bundle, bundles
from cms.notifications.queries import listed, unread_count
from cms.notifications.services import mark_all_read, mark_read

personal = cache_control(private=True, no_store=True)
PAGE = 30
# A form may name that many notifications at most: a page's.
NAMED = PAGE


@personal
@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first, what is about the same thing together. Writes nothing."""
    window = asked_window(request, PAGE)
    rows = listed(request.user)
    total = rows.count()
    if elsewhere := window.corrected(request, total):
        return HttpResponseRedirect(elsewhere)
    shown = list(rows[window.start : window.stop])
    told = bundles(request.user, shown)
    here = reverse("notifications:inbox")
    context = {
        "entries": [entry(bundle) for bundle in told],
        "gone": len(shown) - sum(len(bundle.notifications) for bundle in told),
        "unread": unread_count(request.user),
        "newest": shown[0].pk if shown else 0,
        "page": window.number,
        "turning": window.turning(total, lambda number: f"{here}?page={number}" if number > 1 else here),
        "alternates": alternates_for_address(request),
        "noindex": True,
        "nav": "desk",
    }
    return render(request, "notifications/inbox.html", context)


def entry(bundle: Bundle) -> dict:
    words = bundle.words
    when = max(each.created_at for each in bundle.notifications)
    return {
        "kind": bundle.kind.label,
        "title": words.title,
        "lang": words.lang,
        "dir": direction(words.lang),
        "address": words.address,
        "lines": [
            {
                "text": line.text,
                "note": line.note,
                "address": line.address if line.address != words.address else "",
                "quote": line.quote,
                "lang": line.quote_lang,
                "dir": direction(line.quote_lang),
            }
            for line in words.lines
        ],
        "when": when,
        "day": written_date(timezone.localtime(when).date()),
        "unread": [each.pk for each in bundle.notifications if each.read_at is None],
    }


@personal
@login_required
@require_POST
def note_read(request: HttpRequest) -> HttpResponse:
    """`id` (several): these are read. `up_to`: all up to this one. Leads back to the page it came from.

    With `quiet` (a script on its way out of the page) nothing is shown.
    """
    if up_to := page_number(request.POST.get("up_to", "")):
        mark_all_read(request.user, up_to=up_to)
    ids = [page_number(each) for each in request.POST.getlist("id")[:NAMED]]
    if ids:
        mark_read(request.user, ids=ids)
    if request.POST.get("quiet"):
        return HttpResponse(status=204)
    page = page_number(request.POST.get("page", ""))
    return HttpResponseRedirect(reverse("notifications:inbox") + (f"?page={page}" if page > 1 else ""))
