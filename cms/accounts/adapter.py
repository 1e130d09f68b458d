"""How allauth behaves here: mails in the reader's language, answers that reveal nobody's existence."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from cms.accounts.mails import post_account_mail
from cms.accounts.services import free_username, release_unconfirmed
from cms.core.languages import open_language_codes

NO_MATCH = _("This address or user name and this password do not belong together. Please try again.")
YEAR = 60 * 60 * 24 * 365


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        # One text for both: which of them was typed says nothing about what exists.
        "email_password_mismatch": NO_MATCH,
        "username_password_mismatch": NO_MATCH,
    }

    # --- Who may know what

    def clean_username(self, username, shallow=False):
        """Never says that a name is taken (see `services.free_username`)."""
        return super().clean_username(username, shallow=True)

    def save_user(self, request, user, form, commit=True):
        form.cleaned_data["username"] = free_username(form.cleaned_data["username"])
        return super().save_user(request, user, form, commit=commit)

    def pre_authenticate(self, request, **credentials):
        """Too many tries are answered with the page that says when to come back, whoever was tried."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error

    def confirm_email(self, request, email_address):
        release_unconfirmed(email_address.email, keep=email_address.user)
        return super().confirm_email(request, email_address)

    def is_safe_url(self, url):
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    # --- Mails

    def send_mail(self, template_prefix, email, context):
        """Never in the request: a mail server that is slow or down keeps nobody waiting, and tells nothing."""
        post_account_mail(template_prefix, email, context)

    # --- Languages

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        remember_language(response, user.interface_language)
        return response

    def get_login_redirect_url(self, request):
        with translation.override(interface_language(request.user)):
            return reverse("home:desk")

    def get_signup_redirect_url(self, request):
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request):
        return self.get_login_redirect_url(request)


def interface_language(user) -> str:
    """The language `user` chose for the site, if it is open, else the one of this visit."""
    chosen = getattr(user, "interface_language", "")
    return chosen if chosen in open_language_codes() else translation.get_language()


def remember_language(response, code: str) -> None:
    """Addresses without a language follow this cookie from now on."""
    if code in open_language_codes():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def user_display(user) -> str:
    return user.shown_name
