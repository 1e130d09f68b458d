"""The mail to somebody whose account an administrator made."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest

from cms.accounts.models import User


def send_invitation(request: HttpRequest, user: User) -> None:
    """Send `user` the link with which to choose a first password."""
    adapter = get_adapter(request)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    adapter.send_mail(
        "account/email/invitation",
        user.email,
        {
            "user": user,
            "username": user.username,
            "password_reset_url": adapter.get_reset_password_from_key_url(key),
        },
    )
