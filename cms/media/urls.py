"""Below `settings.MEDIA_URL`. Attached files have no address here: they are handed out by `/files/`."""

from django.urls import path

from cms.media import views

urlpatterns = [
    path("images/<path:name>", views.rendition),
    path("original_images/<path:name>", views.original),
]
