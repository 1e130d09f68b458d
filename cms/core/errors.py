"""The pages shown when something is not found, not allowed, or broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

NOT_INDEXED = {"noindex": True}
LONG_ENOUGH = 40  # characters: nobody types that twice gladly


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "errors/400.html", NOT_INDEXED, status=400)


def permission_denied(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "errors/403.html", NOT_INDEXED, status=403)


def page_not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "errors/404.html", NOT_INDEXED, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request: context processors may ask the database, and that may be what is broken.
    return HttpResponse(loader.get_template("errors/500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", {**NOT_INDEXED, "typed": typed_here(request)}, status=403)


def typed_here(request: HttpRequest) -> list[str]:
    """Longer texts that came with a form of this site, to be given back; nothing that another site sent."""
    if request.headers.get("Origin", "") != f"{request.scheme}://{request.get_host()}":
        return []
    return [
        value
        for name, values in request.POST.lists()
        for value in values
        if len(value) >= LONG_ENOUGH and "password" not in name and name != "csrfmiddlewaretoken"
    ]
