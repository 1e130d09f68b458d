"""What links to a page, for anybody; and for editors, the links that lead nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from cms.core.addresses import tree_address
from cms.core.errors import permission_denied
from cms.core.languages import direction
from cms.core.page_cache.decorators import personal_page, public_page
from cms.core.paging import asked_window
from cms.wiki.addresses import address
from cms.wiki.deciders import decides_on_all
from cms.wiki.queries.broken_links import broken_links
from cms.wiki.queries.links import pages_linking_to
from cms.wiki.views.pages import about_page, page_or_404, page_url

PER_PAGE = 50


@public_page
def links(request: HttpRequest, page_id: int) -> HttpResponse:
    """The public pages that refer to a page. At most 8 queries, whatever their number."""
    page = page_or_404(page_id)
    found = pages_linking_to(page)
    window, total = asked_window(request, PER_PAGE), found.count()
    if elsewhere := window.corrected(request, total):
        return redirect(elsewhere)
    own, language = address("links", page_id), get_language()
    rows = []
    for each in found[window.start : window.stop]:
        code = each.locale.language_code
        lang = "" if code == language else code
        rows.append({"title": each.title, "url": page_url(each), "lang": lang, "dir": direction(lang)})
    context = {
        **about_page(page, request),
        "rows": rows,
        "total": total,
        "turning": window.turning(total, lambda number: f"{own}?page={number}" if number > 1 else own),
        "noindex": True,
    }
    return render(request, "wiki/links.html", context)


@personal_page
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """`/admin/wiki/broken-links/`."""
    if not decides_on_all(request.user):
        return permission_denied(request)
    found = broken_links()
    window = asked_window(request, PER_PAGE)
    if elsewhere := window.corrected(request, len(found)):
        return redirect(elsewhere)
    context = {
        "rows": [
            {"link": link, "url": tree_address(link.language, link.url_path), "dir": direction(link.language)}
            for link in found[window.start : window.stop]
        ],
        "total": len(found),
        "turning": window.turning(len(found), lambda number: f"?page={number}"),
    }
    return render(request, "wiki/admin/broken_links.html", context)
