"""A readable mark that somebody is logged in, and the second step asked of staff."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.accounts.queries import lacks_second_step
from cms.accounts.roles import ENTER_ADMIN

MARKER = "signed_in"


class SignedInMarkerMiddleware:
    """Keeps the cookie `signed_in=1` in step with the session, for a script to know whether to ask who it is.

    It only looks where the session was opened anyway. Answers made for everyone never carry it: they are kept
    and given to others.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = getattr(request, "session", None)
        if session is None or not session.accessed or is_public(response):
            return response
        marked = request.COOKIES.get(MARKER) == "1"
        signed_in = request.user.is_authenticated
        if signed_in and not marked:
            response.set_cookie(
                MARKER,
                "1",
                max_age=None if session.get_expire_at_browser_close() else session.get_expiry_age(),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=False,
                samesite="Lax",
            )
        elif marked and not signed_in:
            response.delete_cookie(MARKER, samesite="Lax")
        return response


def is_public(response) -> bool:
    return "public" in response.headers.get("Cache-Control", "")


OPEN_IN_ADMIN = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}


class StaffMfaMiddleware:
    """Stands at the door of the editing screens.

    A member without a part in them is told so (Wagtail would send them to the log-in, which sends them back,
    and so on for ever). With `STAFF_MFA=required`, staff set up the second step before they come in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        name = request.resolver_match.url_name or ""
        if name in OPEN_IN_ADMIN or name.startswith("wagtailadmin_password_reset"):
            return None
        if not request.user.is_authenticated:
            return None
        if not request.user.has_perm(ENTER_ADMIN):
            raise PermissionDenied
        if settings.STAFF_MFA == "required" and lacks_second_step(request.user):
            messages.warning(request, _("Your role needs a second step at log-in. Please set it up first."))
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return None
