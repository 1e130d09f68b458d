"""The screens of translators and reviewers at `/admin/translations/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
