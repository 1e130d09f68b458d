"""The mails of accounts: asked for in the request, written and sent by the worker.

What stands in the queue is who is meant and what happened. Links with tokens are made when the mail is written, from
what is true then: no token waits anywhere, one that goes out late is as fresh as its mail, and a mail that is no
longer due (an address confirmed or taken off meanwhile, an account closed) does not go out.

The request does the same for everyone, one row in the queue, whether the account exists or not: looking up whose
address it is, choosing the language and rendering are the worker's.
"""

from collections.abc import Callable
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from cms.accounts.models import User
from cms.accounts.queries import user_with_address
from cms.core.mailing import Letter, post

COMPOSER = "accounts"
# What a mail may say of what happened. Everything else in allauth's context is made anew by the worker, or left out.
FACTS = ("ip", "user_agent", "from_email", "to_email", "deleted_email")
Links = dict[str, str]


def post_account_mail(template: str, to: str, context: dict) -> None:
    """`template`: as allauth names it, `account/email/password_reset_key`. Goes out before all mail that can wait."""
    user, moment = context.get("user"), context.get("timestamp")
    data = {
        "template": template,
        "to": to,
        "user": user.pk if user else None,
        "language": translation.get_language(),
        "timestamp": moment.isoformat() if moment else "",
        "facts": {name: str(context[name]) for name in FACTS if name in context},
    }
    post(COMPOSER, data, urgent=True)


def compose(data: dict) -> Letter | None:
    """The mail as it is due now; None where it no longer is."""
    template, to = data["template"], data["to"]
    user = User.objects.filter(pk=data["user"]).first() if data["user"] else user_with_address(to)
    if data["user"] and not user:
        return None
    links = _LINKS[template](user, to) if template in _LINKS else {}
    if links is None:
        return None
    context = {
        **data["facts"],
        **links,
        "timestamp": datetime.fromisoformat(data["timestamp"]) if data["timestamp"] else None,
        "user": user,
        "username": user.username if user else "",
        "email": to,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.BASE_URL,
    }
    with translation.override(mail_language(user, data["language"])):
        subject = render_to_string(f"{template}_subject.txt", context).strip()
        text = render_to_string(f"{template}_message.txt", context).strip()
    return Letter(to=to, subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject, text=text)


def mail_language(user: User | None, visit: str = "") -> str:
    """The language of a mail to `user` (or nobody known); a language needs not be open for that."""
    return getattr(user, "interface_language", "") or visit or translation.get_language()


def _address(name: str, *args: object) -> str:
    """Never from the request's host, which whoever asks can choose."""
    return settings.BASE_URL + reverse(name, args=args)


def _confirmation(user: User | None, to: str) -> Links | None:
    address = (
        EmailAddress.objects.filter(user=user, email=to.lower(), verified=False).first() if user else None
    )
    if address is None:
        return None
    return {"activate_url": _address("account_confirm_email", EmailConfirmationHMAC(address).key)}


def _new_password(user: User | None, to: str) -> Links | None:
    if user is None or not user.is_active or not _holds(user, to):
        return None
    key = (user_pk_to_url_str(user), default_token_generator.make_token(user))
    return {"password_reset_url": _address("account_reset_password_from_key", *key)}


def _holds(user: User, to: str) -> bool:
    """Whether the address still belongs to the account: a link to it opens the account."""
    return (
        user.email.lower() == to.lower() or EmailAddress.objects.filter(user=user, email=to.lower()).exists()
    )


def _ways_in(user: User | None, to: str) -> Links:
    return {
        "signup_url": _address("account_signup"),
        "password_reset_url": _address("account_reset_password"),
    }


_LINKS: dict[str, Callable[[User | None, str], Links | None]] = {
    "account/email/email_confirmation": _confirmation,
    "account/email/email_confirmation_signup": _confirmation,
    "account/email/password_reset_key": _new_password,
    "account/email/invitation": _new_password,
    "account/email/account_already_exists": _ways_in,
    "account/email/unknown_account": _ways_in,
}
