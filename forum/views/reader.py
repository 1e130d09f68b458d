"""Who asks, and what may be kept of the answer.

Without a session cookie a page of the forum is the same for everybody and may be kept; with one it is made for that
person.
"""

import functools

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.accounts.models import User
from cms.core.page_cache.decorators import PERSONAL, mark_public


def has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def reader(request: HttpRequest) -> User | None:
    """Whoever is logged in. Without a session cookie the session is not touched, nor the database asked."""
    if not has_session(request):
        return None
    return request.user if request.user.is_authenticated else None


def forum_page(view):
    """The view's answers are user-neutral without a session cookie, and for one person only with one.

    The view asks `reader(request)` who that is, and nothing else of the request's session.
    """

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        response: HttpResponse = view(request, *args, **kwargs)
        if has_session(request):
            response.headers["Cache-Control"] = PERSONAL
        else:
            mark_public(response)
        return response

    return wrapper
