from django.urls import path

from cms.wiki import views

app_name = "wiki"
urlpatterns = [
    path("wiki/<int:page_id>/", views.languages, name="languages"),
    path("wiki/<int:page_id>/edit/", views.edit, name="edit"),
]
