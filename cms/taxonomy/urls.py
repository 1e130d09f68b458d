from django.urls import path

from cms.taxonomy import views

app_name = "taxonomy"
urlpatterns = [
    path("people/", views.person_list, name="person_list"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("organisations/", views.organisation_list, name="organisation_list"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("territories/", views.territory_list, name="territory_list"),
    path("territories/<slug:slug>/", views.territory, name="territory"),
    path("themes/", views.theme_list, name="theme_list"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
]
