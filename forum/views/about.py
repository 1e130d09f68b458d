"""`/{lang}/forum/about/<page>/`: the discussion of a page of the library, or the way to begin one."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.alternates import alternates_for_address
from forum.addresses import start, topic_address
from forum.listing import shown_rows
from forum.models.topic import slug_of
from forum.queries.categories import all_categories
from forum.queries.pages import page_to_discuss
from forum.queries.topic_lists import topics_about
from forum.views.reader import forum_page, reader


@require_safe
@forum_page
def about(request: HttpRequest, page_id: int) -> HttpResponse:
    """One topic: there. Several: a list. None: begin one."""
    user = reader(request)
    page = page_to_discuss(page_id)
    if page is None:
        raise Http404("no such page")
    rows = list(topics_about(page.translation_key, user))
    new_url = f"{start()}new/?{urlencode({'about': page.pk})}"
    if not rows:
        return redirect(new_url)
    if len(rows) == 1:
        return redirect(topic_address(rows[0].pk, slug_of(rows[0].title)))
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "crumbs": [(_("Forum"), start())],
        "page": page,
        "rows": shown_rows(rows, all_categories()),
        "new_url": new_url,
    }
    return render(request, "forum/about.html", context)
