"""Addresses of the library. They win over the page tree: its slugs cannot be these words."""

from django.urls import path

from initiatives.views.document import document
from initiatives.views.library import library

app_name = "initiatives"
urlpatterns = [
    path("library/", library, name="library"),
    # Calls for expressions of interest: `library/<slug>/reply/` and what follows it.
    # Last: its slug is any word but those above.
    path("library/<str:slug>/", document, name="document"),
]
