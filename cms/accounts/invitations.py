"""The mail to somebody whose account an administrator made."""

from cms.accounts.mails import post_account_mail
from cms.accounts.models import User


def send_invitation(user: User) -> None:
    """Send `user` the link with which to choose a first password."""
    post_account_mail("account/email/invitation", user.email, {"user": user})
