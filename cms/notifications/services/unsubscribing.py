"""Ending mails by the link that stands in them: signed, for whoever holds it, without logging in."""

from dataclasses import dataclass

from django.core import signing
from django.db import transaction

from cms.accounts.models import User
from cms.notifications.kinds import Kind, known_kinds
from cms.notifications.rules import NEVER
from cms.notifications.services.preferences import set_preference

SALT = "notifications.unsubscribe"
GOOD_FOR = 60 * 60 * 24 * 365  # seconds


class BadToken(Exception):
    """Nobody here signed that."""


class OldToken(Exception):
    """Signed too long ago, or for an account that is gone."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a link can end: the mails of `kinds` for `user`, or what makes them hear of the thing `about`."""

    user: User
    kinds: tuple[Kind, ...]
    about: str = ""

    @property
    def can_leave(self) -> bool:
        return bool(self.about) and any(kind.leave for kind in self.kinds)


def make_token(user, kinds: list[str], about: str = "") -> str:
    return signing.dumps([user.pk, kinds, about], salt=SALT)


def read_token(token: str) -> Subscription:
    """One query. Raises `BadToken` or `OldToken`."""
    try:
        user_id, codes, about = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired as error:
        raise OldToken from error
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise BadToken from error
    user = User.objects.filter(pk=user_id).first()
    kinds = tuple(kind for code, kind in known_kinds().items() if code in codes)
    if user is None or not kinds:
        raise OldToken
    return Subscription(user, kinds, about)


@transaction.atomic
def unsubscribe(subscription: Subscription, *, everything: bool = False) -> str:
    """End what the link is for, at once; again does no harm. Returns the name of the thing that was left.

    A mail about one thing that can be left ends with that thing, the others with mails of their kind; with
    `everything`, all mails of the kind end. The list on the site stays in each case.
    """
    if subscription.can_leave and not everything:
        return next(
            (
                name
                for kind in subscription.kinds
                if kind.leave and (name := kind.leave(subscription.user, subscription.about))
            ),
            "",
        )
    for kind in subscription.kinds:
        set_preference(subscription.user, kind.code, frequency=NEVER)
    return ""
