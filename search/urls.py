from django.urls import path

from search.views.results import results
from search.views.suggestions import suggestions

app_name = "search"
urlpatterns = [
    path("search/", results, name="results"),
    path("search/suggestions/", suggestions, name="suggestions"),
]
