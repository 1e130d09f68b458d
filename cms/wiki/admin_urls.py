"""The wiki's own screens at `/admin/`."""

from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access

from cms.wiki.views.links import report as broken_links
from cms.wiki.views.moderating import moderate, preview
from cms.wiki.views.protecting import protection
from cms.wiki.views.queue import queue
from cms.wiki.views.submitting import conflict, submit
from cms.wiki.views.suggestions import suggestion


def screen(address: str, view, name: str) -> URLPattern:
    return path(f"wiki/{address}", require_admin_access(view), name=name)


urlpatterns = [
    screen("queue/", queue, "wiki_queue"),
    screen("submissions/<int:submission_id>/", moderate, "wiki_moderate"),
    screen("submissions/<int:submission_id>/preview/", preview, "wiki_preview"),
    screen("submissions/<int:submission_id>/submit/", submit, "wiki_submit"),
    screen("submissions/<int:submission_id>/conflict/", conflict, "wiki_conflict"),
    screen("suggestions/<int:suggestion_id>/", suggestion, "wiki_suggestion"),
    screen("broken-links/", broken_links, "wiki_broken_links"),
    screen("pages/<int:page_id>/protection/", protection, "wiki_protection"),
]
