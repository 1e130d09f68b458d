"""The screens of translators and reviewers at `/admin/translations/`."""

from django.urls import URLPattern, re_path
from wagtail.admin.auth import require_admin_access

from cms.translations.views.closed import closed

urlpatterns: list[URLPattern] = [
    # Before the translation library's own addresses.
    re_path(r"^localize/(?P<rest>.*)$", require_admin_access(closed)),
]
