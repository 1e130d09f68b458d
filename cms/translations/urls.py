"""What readers see of translations: side by side, how far each language is, and asking for one."""

from django.urls import URLPattern, path

from cms.translations.views.languages import languages
from cms.translations.views.requesting import request_language
from cms.translations.views.side_by_side import side_by_side

app_name = "translations"
urlpatterns: list[URLPattern] = [
    path("languages/", languages, name="languages"),
    path("wiki/<int:page_id>/side-by-side/<str:code>/", side_by_side, name="side_by_side"),
    path("wiki/<int:page_id>/request-translation/", request_language, name="request"),
]
