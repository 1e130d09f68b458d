"""The search's own screens at `/admin/`."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from search.views.reports import unfound, unread_files

urlpatterns = [
    path("search/unfound/", require_admin_access(unfound), name="search_unfound"),
    path("search/files/", require_admin_access(unread_files), name="search_files"),
]
