"""Marks answers: the same for everyone, or for one person only."""

import functools

from django.http import HttpResponse

SHARED = "public, max-age=0, must-revalidate"
PERSONAL = "private, no-store"


def mark_public(response: HttpResponse) -> None:
    """Say of a 200 answer that it is the same for everyone, unless it already says something else."""
    if response.status_code == 200:
        response.headers.setdefault("Cache-Control", SHARED)


def public_page(view):
    """The view's 200 answers are user-neutral: they may be kept by the page cache and by proxies.

    The view reads neither `request.user` nor the session, sets no cookie and shows no CSRF token. What it
    shows depends on its address and on the database, and changes by itself only at the moments registered in
    `page_cache.moments`.
    """

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        mark_public(response)
        return response

    return wrapper


def personal_page(view):
    """The view's answers are for one person: nobody keeps them."""

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = PERSONAL
        return response

    return wrapper
