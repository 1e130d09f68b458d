"""Addresses of the library. They win over the page tree: its slugs cannot be these words."""

from django.urls import path

from initiatives.views.call import call_reply, call_reply_received
from initiatives.views.document import document
from initiatives.views.events import events, newsletter
from initiatives.views.grid import grid
from initiatives.views.library import library
from initiatives.views.map import land, map_view

app_name = "initiatives"
urlpatterns = [
    path("library/", library, name="library"),
    path("library/grid/", grid, name="grid"),
    path("library/map/", map_view, name="map"),
    path("library/map/land.svg", land, name="land"),
    path("events/", events, name="events"),
    path("newsletter/", newsletter, name="newsletter"),
    path("library/<str:slug>/reply/", call_reply, name="call_reply"),
    path("library/<str:slug>/reply/received/", call_reply_received, name="call_reply_received"),
    # Last: its slug is any word but those above.
    path("library/<str:slug>/", document, name="document"),
]
