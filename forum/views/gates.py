"""Who comes in where facilitators work."""

import functools

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from cms.accounts.models import User
from cms.core.errors import permission_denied
from cms.core.page_cache.decorators import personal_page
from forum.standing import standing_of
from forum.views.reader import reader


def for_members(view):
    """Whoever is logged in is given to the view after the request; others log in first. The answer is theirs alone."""

    @personal_page
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        user = reader(request)
        if user is None:
            return redirect_to_login(request.get_full_path())
        return view(request, user, *args, **kwargs)

    return guarded


def for_moderators(view):
    """Facilitators, and co-facilitators of anything: what is theirs, the view asks."""

    @for_members
    @functools.wraps(view)
    def guarded(request: HttpRequest, user: User, *args, **kwargs) -> HttpResponse:
        if not standing_of(user).moderates_any():
            return permission_denied(request)
        return view(request, user, *args, **kwargs)

    return guarded


def for_facilitators(view):
    """Those of all of the forum."""

    @for_members
    @functools.wraps(view)
    def guarded(request: HttpRequest, user: User, *args, **kwargs) -> HttpResponse:
        if not standing_of(user).facilitator:
            return permission_denied(request)
        return view(request, user, *args, **kwargs)

    return guarded
