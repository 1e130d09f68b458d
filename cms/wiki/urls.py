from django.urls import path

from cms.wiki.views.edit import edit
from cms.wiki.views.languages import languages

app_name = "wiki"
urlpatterns = [
    path("wiki/<int:page_id>/", languages, name="languages"),
    path("wiki/<int:page_id>/edit/", edit, name="edit"),
]
