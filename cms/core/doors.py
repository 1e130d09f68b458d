"""Screens that are for some people only."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from cms.core.errors import permission_denied
from cms.core.page_cache.decorators import personal_page

View = Callable[..., HttpResponse]


def only_for(may: Callable[[Any], bool]) -> Callable[[View], View]:
    """Decorates a view: 403 where `may(user)` is false, and nobody keeps its answers.

    Wagtail would turn a `PermissionDenied` into a redirect.
    """

    def decorate(view: View) -> View:
        @personal_page
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            return view(request, *args, **kwargs) if may(request.user) else permission_denied(request)

        return guarded

    return decorate
