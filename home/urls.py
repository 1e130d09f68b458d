from django.urls import path

from home.views import desk

app_name = "home"
urlpatterns = [
    path("me/", desk.desk, name="desk"),
    path("me/fragment/", desk.fragment, name="fragment"),
    path("me/settings/", desk.profile, name="settings"),
]
