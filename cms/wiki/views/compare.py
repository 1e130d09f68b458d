"""The difference of two published versions of a page, at an address to be shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.core.page_cache.decorators import public_page
from cms.wiki.addresses import address
from cms.wiki.diff_display import shown
from cms.wiki.lines import line
from cms.wiki.queries.comparisons import compared, kept_diff
from cms.wiki.queries.revisions import Version, later_versions, versions
from cms.wiki.services.comparing import keep_diff
from cms.wiki.views.pages import about_page, no_such_version, page_or_404


@public_page
def compare(request: HttpRequest, page_id: int, old_id: int, new_id: int) -> HttpResponse:
    """From the older version to the newer, whichever is named first. At most 10 queries."""
    page = page_or_404(page_id)
    found = versions(page_id, old_id, new_id)
    if old_id not in found or new_id not in found:
        return no_such_version(request, page)
    old, new = found[old_id], found[new_id]
    if old.number > new.number:
        return redirect("wiki:compare", page_id, new_id, old_id)
    later = later_versions(page_id, new.number)
    context = {
        **about_page(page, request),
        "old": line(old),
        "new": line(new),
        "same": old.pk == new.pk,
        "is_current": later is None,
        "with_current_url": address("compare", page_id, old.pk, later[1]) if later else "",
        **_steps(old, new, later[0] if later else 0),
        "diff": None if old.pk == new.pk else shown(_diff(old, new), new.language),
        "noindex": True,
    }
    return render(request, "wiki/compare.html", context)


def _diff(old: Version, new: Version):
    diff = kept_diff(old, new)
    if diff is None:
        diff = compared(old, new)
        keep_diff(old.pk, new.pk, diff)
    return diff


def _steps(old: Version, new: Version, newer: int) -> dict[str, str]:
    """The comparisons that end where this one begins, and begin where it ends; each over one publication."""
    return {
        "previous_url": address("compare", old.page_id, old.older, old.pk) if old.older else "",
        "next_url": address("compare", new.page_id, new.pk, newer) if newer else "",
        "own_url": address("compare", new.page_id, new.older, new.pk)
        if new.older and new.older != old.pk
        else "",
    }
