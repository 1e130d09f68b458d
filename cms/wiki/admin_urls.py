"""The wiki's own screens at `/admin/`; those at addresses of Wagtail's stand in front of its own."""

from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access

from cms.wiki.views.moderating import moderate, preview
from cms.wiki.views.protecting import protection
from cms.wiki.views.queue import queue

urlpatterns: list[URLPattern] = [
    path("wiki/queue/", require_admin_access(queue), name="wiki_queue"),
    path("wiki/submissions/<int:submission_id>/", require_admin_access(moderate), name="wiki_moderate"),
    path("wiki/submissions/<int:submission_id>/preview/", require_admin_access(preview), name="wiki_preview"),
    path("wiki/pages/<int:page_id>/protection/", require_admin_access(protection), name="wiki_protection"),
]
