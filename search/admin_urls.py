"""The search's own screens at `/admin/`."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from search.views.reports import unfound

urlpatterns = [path("search/unfound/", require_admin_access(unfound), name="search_unfound")]
