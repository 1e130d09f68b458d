"""What readers see of translations: side by side, how far each language is, and asking for one."""

from django.urls import URLPattern, path

from cms.translations.views.requesting import request_language

app_name = "translations"
urlpatterns: list[URLPattern] = [
    path("wiki/<int:page_id>/request-translation/", request_language, name="request"),
]
