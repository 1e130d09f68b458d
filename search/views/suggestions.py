"""What the search box suggests, for its script: see `cms/static/js/search-box.js`."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language

from search.queries.suggesting import suggestions_for


def suggestions(request: HttpRequest) -> JsonResponse:
    """The same for everybody: the session is not touched. One query at most. Not kept: see `results`."""
    found = suggestions_for(request.GET.get("q", ""), get_language())
    response = JsonResponse({"suggestions": [asdict(each) for each in found]})
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
