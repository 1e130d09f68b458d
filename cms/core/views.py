"""The site's front door."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from cms.core.languages import best_language


def front_door(request: HttpRequest) -> HttpResponse:
    """`/` leads to the home page in the visitor's language."""
    response = HttpResponseRedirect(f"/{best_language(request)}/")
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Cache-Control"] = "private, max-age=0"
    return response
