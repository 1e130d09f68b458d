"""What somebody watches. Works without a script; what a link leads to changes nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.core.alternates import alternates_for_address
from cms.core.page_cache.decorators import personal_page
from cms.core.paging import asked_window
from cms.wiki.models.watch import COLLECTION, LANGUAGE, PAGE, TYPE
from cms.wiki.queries.changes import changes_of_watched
from cms.wiki.queries.pages import visible_page
from cms.wiki.queries.watching import (
    Watched,
    is_watched,
    names_of_filters,
    pages_by_key,
    watches_of,
)
from cms.wiki.services import unwatch, watch
from cms.wiki.views.changes import change_rows
from cms.wiki.views.pages import about_page, page_url

CHANGES = 30
PER_PAGE = 50
LONGEST_ASKED = 100  # characters of a form's value


@personal_page
@require_http_methods(["GET", "POST"])
def page_watch(request: HttpRequest, page_id: int, begin: bool) -> HttpResponse:
    """GET: whether the person watches the page, with a button; POST: begin or end it."""
    user, key = request.user, str(page_id)
    if not user.is_authenticated:
        if visible_page(page_id) is None:
            raise Http404("no such page")
        return redirect_to_login(request.get_full_path())
    page = pages_by_key(user, [key]).get(key)
    watched = is_watched(user, PAGE, key)
    if page is None and (begin or not watched):
        raise Http404("no such page")
    if request.method == "POST":
        (watch if begin else unwatch)(user, PAGE, key)
        return redirect("wiki:watch", page_id) if page else redirect("wiki:watchlist")
    if page is None:
        return redirect("wiki:watchlist")
    context = {**about_page(page, request), "watched": watched, "noindex": True, "nav": "desk"}
    return render(request, "wiki/watch.html", context)


@dataclass(frozen=True, slots=True)
class Row:
    watched: Watched
    kind_name: str
    url: str  # "" for what is not there now
    value: str  # in forms


@dataclass(frozen=True, slots=True)
class Group:
    """What can be watched, of one kind: (value, name, whether it is asked for)."""

    label: str
    choices: list[tuple[str, str, bool]]


@personal_page
@login_required
@require_http_methods(["GET", "POST"])
def watchlist(request: HttpRequest) -> HttpResponse:
    """What somebody watches, with the newest changes of it. At most 8 queries, whatever their number.

    `?watch=type:if` has that chosen in the form. POST `watch` or `stop` with such a value.
    """
    language = get_language() or settings.LANGUAGE_CODE
    if request.method == "POST":
        return _changed(request, language)
    everything = watches_of(request.user, language)
    window = asked_window(request, PER_PAGE)
    if elsewhere := window.corrected(request, len(everything)):
        return redirect(elsewhere)
    found = changes_of_watched(request.user, everything, CHANGES)
    context = {
        "rows": [_row(each) for each in everything[window.start : window.stop]],
        "changes": change_rows(found, one_author=False),
        "groups": _groups(language, request.GET.get("watch", ""), everything),
        "turning": window.turning(len(everything), lambda number: f"?page={number}"),
        "alternates": alternates_for_address(request),
        "noindex": True,
        "nav": "desk",
    }
    return render(request, "wiki/watchlist.html", context)


def _changed(request: HttpRequest, language: str) -> HttpResponse:
    begin = "watch" in request.POST
    value = request.POST.get("watch" if begin else "stop", "")[:LONGEST_ASKED]
    if not value.isprintable():
        value = ""  # what no form sends; PostgreSQL takes no NUL
    kind, _colon, key = value.partition(":")
    name, _lang = names_of_filters(language).get((kind, key), ("", ""))
    if begin and name:
        watch(request.user, kind, key)
        messages.success(request, _("You watch “%(name)s” from now on.") % {"name": name})
    elif not begin and is_watched(request.user, kind, key):
        unwatch(request.user, kind, key)
        messages.success(request, _("You do not watch it any more."))
    else:
        messages.error(request, _("Nothing was changed: choose what to watch from the list."))
    return redirect("wiki:watchlist")


def _row(watched: Watched) -> Row:
    kinds = {
        PAGE: _("Page"),
        LANGUAGE: _("Language"),
        TYPE: _("Type"),
        COLLECTION: _("Collection"),
    }
    return Row(
        watched,
        kinds[watched.kind],
        page_url(watched.page) if watched.page else "",
        f"{watched.kind}:{watched.key}",
    )


def _groups(language: str, asked: str, watched: list[Watched]) -> list[Group]:
    taken = {(each.kind, each.key) for each in watched}
    labels = {LANGUAGE: _("Languages"), TYPE: _("Types"), COLLECTION: _("Collections")}
    names = names_of_filters(language)
    groups = []
    for kind, label in labels.items():
        choices = [
            (f"{kind}:{key}", name, f"{kind}:{key}" == asked)
            for (of_kind, key), (name, _lang) in names.items()
            if of_kind == kind and (kind, key) not in taken
        ]
        if choices:
            groups.append(Group(label, choices))
    return groups
