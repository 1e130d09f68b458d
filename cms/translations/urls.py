"""What readers see of translations: side by side, and how far each language is."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
