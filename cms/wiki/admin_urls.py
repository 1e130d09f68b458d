"""The wiki's own screens at `/admin/`; those at addresses of Wagtail's stand in front of its own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
