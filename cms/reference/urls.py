from django.urls import path

from cms.reference import views

app_name = "reference"
urlpatterns = [
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/<slug:slug>/", views.term, name="term"),
    path("bibliography/", views.bibliography, name="bibliography"),
    path("bibliography/<slug:slug>/", views.work, name="work"),
]
