"""The translation library's own screens are closed: they publish what nobody approved, and ask for too few rights.

See decision 0018. Whoever comes by an old link finds the queue; whatever is sent there is refused.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms.translations.queries.rights import may_see_queue


def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    if request.method not in ("GET", "HEAD") or not may_see_queue(request.user):
        raise PermissionDenied
    messages.info(request, _("Translations have a queue of their own: you find all of them here."))
    return redirect("translations_queue")
