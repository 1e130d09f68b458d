"""Closing an account: at once for its owner, in small steps for what they wrote, and then for good."""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from cms.accounts.closing import Part, parts
from cms.accounts.mails import mail_language
from cms.accounts.models import Closing, User
from cms.accounts.roles import ADMINISTRATOR_GROUP
from cms.core.mailing import Letter, post_letter
from cms.core.models import WAITING, OutgoingMail

logger = logging.getLogger("ancrage.accounts")

A_WORKER_S_TURN = timedelta(minutes=5)  # after that a worker that says nothing is taken for gone
SECONDS = 20.0  # of one job; other jobs have their turn in between
AT_ONCE = 20  # closings that one tick wakes


class LastAdministrator(Exception):
    """Nobody else could give roles any more."""


@transaction.atomic
def close_account(user: User, choices: Mapping[str, str], credit: str = "") -> Closing:
    """Nobody logs in to it from now on; what they wrote is seen to in the background, then the account is deleted.

    `choices`: by the code of a part; `credit`: to whom texts of the library are credited, "" as the profile says. Asked twice, the first choices hold. Raises `LastAdministrator`.
    """
    User.objects.select_for_update().get(pk=user.pk)
    known = Closing.objects.filter(pk=user.pk).first()
    if known is not None:
        return known
    if is_last_administrator(user):
        raise LastAdministrator
    chosen = {part.code: part.chosen(choices.get(part.code, "")) for part in parts()}
    closing = Closing.objects.create(user=user, choices=chosen, asked_at=timezone.now())
    say_goodbye(user)
    user.credit_after_closing = credit or user.credit_after_closing
    user.is_active = False
    user.is_superuser = False
    user.set_unusable_password()  # ends every session
    user.save(update_fields=["credit_after_closing", "is_active", "is_superuser", "password"])
    user.groups.clear()
    go_on_closing.enqueue(user.pk)
    return closing


def is_last_administrator(user: User) -> bool:
    administrators = User.objects.filter(
        Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR_GROUP), is_active=True
    )
    return administrators.filter(pk=user.pk).exists() and not administrators.exclude(pk=user.pk).exists()


def say_goodbye(user: User) -> None:
    """The last mail. Others to the same addresses that have not gone out yet do not go out any more."""
    addresses = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    OutgoingMail.objects.filter(state=WAITING, data__to__in=sorted(addresses)).delete()
    with translation.override(mail_language(user)):
        subject = _("Your account is closed")
        text = "\n\n".join(
            [
                _("You have closed your account on %(site)s.") % {"site": settings.WAGTAIL_SITE_NAME},
                _("What you wrote is seen to as you chose; that can take some minutes."),
                _("If it was not you, write to those who run the site as soon as you can."),
            ]
        )
    post_letter(Letter(to=user.email, subject=subject, text=text), urgent=True)


@task()
def go_on_closing(user_id: int) -> None:
    """Do some steps of a closing, and ask for the next turn while there is more."""
    if work_on(user_id):
        go_on_closing.enqueue(user_id)


def work_on(user_id: int, seconds: float = SECONDS) -> bool:
    """Whether there is more to do. One worker at a time: another finds nothing to do here."""
    now = timezone.now()
    free = Closing.objects.filter(pk=user_id).filter(Q(busy_until=None) | Q(busy_until__lt=now))
    if not free.update(busy_until=now + A_WORKER_S_TURN):
        return False
    closing = Closing.objects.select_related("user").get(pk=user_id)
    stop = time.monotonic() + seconds
    for part in parts():
        while not closing.is_done(part.code):
            if time.monotonic() > stop:
                Closing.objects.filter(pk=user_id).update(busy_until=None)
                return True
            one_step(closing, part)
    delete_account(closing.user)
    return False


def one_step(closing: Closing, part: Part) -> None:
    """The step commits what it did before it is noted that it did: done twice, it changes nothing."""
    before = closing.progress.get(part.code) or {}
    after = part.step(closing.user, part.chosen(closing.choices.get(part.code, "")), before)
    closing.note(part.code, after)
    closing.busy_until = timezone.now() + A_WORKER_S_TURN
    closing.save(update_fields=["progress", "busy_until"])


@transaction.atomic
def delete_account(user: User) -> None:
    user.delete()


def see_to_what_they_wrote(user: User) -> None:
    """Before an account is deleted by whatever road: all that its closing has not done yet."""
    closing = Closing.objects.filter(pk=user.pk).first() or Closing(user=user)
    for part in parts():
        while not closing.is_done(part.code):
            before = closing.progress.get(part.code) or {}
            after = part.step(user, part.chosen(closing.choices.get(part.code, "")), before)
            closing.note(part.code, after)


def wake_closings() -> int:
    """At each tick: closings nobody works on, for their worker was killed or their job lost. Returns how many."""
    idle = Q(busy_until=None) | Q(busy_until__lt=timezone.now())
    waiting = list(Closing.objects.filter(idle).order_by("asked_at").values_list("pk", flat=True)[:AT_ONCE])
    for user_id in waiting:
        go_on_closing.enqueue(user_id)
    return len(waiting)
