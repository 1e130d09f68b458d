"""Marks answers that are the same for everyone."""

import functools

SHARED = "public, max-age=0, must-revalidate"


def public_page(view):
    """The view's 200 answers are user-neutral: they may be kept by the page cache and by proxies."""

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.headers.setdefault("Cache-Control", SHARED)
        return response

    return wrapper
