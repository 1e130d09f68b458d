"""The public history of a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString

from cms.core.page_cache.decorators import public_page
from cms.wiki.addresses import address
from cms.wiki.lines import line
from cms.wiki.queries.revisions import Version, newest_version
from cms.wiki.queries.revisions import history as public_versions
from cms.wiki.rows import rendered
from cms.wiki.views.pages import about_page, page_or_404

PER_PAGE = 50
KEYS = ("before", "after")


@public_page
def history(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every public version, the newest first, paged by number. At most 5 queries, whatever their number."""
    page = page_or_404(page_id)
    key = next((name for name in KEYS if name in request.GET), "")
    number = _number(request.GET.get(key, "")) if key else 0
    if key and not number:
        return redirect("wiki:history", page_id)
    found = public_versions(page_id, PER_PAGE + 1, **({key: number} if key else {}))
    if key and not found:
        return redirect("wiki:history", page_id)
    shown, newer, older = _turning(found, key)
    newest = found[0] if found and not key else newest_version(page_id)
    chosen = _chosen(shown)
    own = address("history", page_id)
    context = {
        **about_page(page, request),
        "lines": [_row(version, newest, chosen) for version in shown],
        "to_choose": len(shown) > 1,
        "choose_url": address("choose", page_id),
        "newer_url": f"{own}?after={shown[0].number}" if newer else "",
        "newest_url": own if key else "",
        "older_url": f"{own}?before={shown[-1].number}" if older else "",
        "noindex": True,
    }
    return render(request, "wiki/history.html", context)


def _number(value: str) -> int:
    """0 for anything that no version can have as its number."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 9 else 0


def _turning(found: list[Version], key: str) -> tuple[list[Version], bool, bool]:
    """(what this page shows, whether there are newer ones, whether there are older ones)"""
    one_more = len(found) > PER_PAGE
    if key == "after":
        return (found[1:] if one_more else found), one_more, True
    return found[:PER_PAGE], bool(key), one_more


def _chosen(shown: list[Version]) -> dict[int, str]:
    """What the form compares unless something else is chosen: the newest two that it shows. Empty: no form."""
    return {shown[1].pk: "from", shown[0].pk: "to"} if len(shown) > 1 else {}


def _row(version: Version, newest: Version | None, chosen: dict[int, str]) -> SafeString:
    current = newest.pk if newest else 0
    mine = chosen.get(version.pk, "")

    def context() -> dict:
        return {
            "row": line(version, newest),
            "is_current": version.pk == current,
            "to_choose": bool(chosen),
            "chosen": mine,
        }

    return rendered("wiki/_version_line.html", (version.pk, current, bool(chosen), mine), context)


@public_page
def choose(request: HttpRequest, page_id: int) -> HttpResponse:
    """From the form of the history to the address of the comparison."""
    page = page_or_404(page_id)
    ids = [request.GET.get(name, "") for name in ("from", "to")]
    if not all(each.isascii() and each.isdecimal() and len(each) <= 18 for each in ids):
        return redirect("wiki:history", page.pk)
    return redirect("wiki:compare", page.pk, *map(int, ids))
