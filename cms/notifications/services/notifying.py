"""Telling people, and noting that they know."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from cms.accounts.models import User
from cms.notifications.kinds import Kind, kind_of
from cms.notifications.models import LONGEST_NAME, Notification
from cms.notifications.queries import Wish, wishes_of_recipients
from cms.notifications.rules import NEVER, mail_due


def notify(
    recipients: Iterable[User | int],
    kind: str,
    about: str,
    data: dict,
    *,
    event: str,
    actor: User | None = None,
    actor_name: str = "",
    at: datetime | None = None,
) -> None:
    """Tell `recipients` (users or their ids) that `event` happened to the thing `about`.

    Part of the caller's transaction; two queries, whatever the number of recipients (on SQLite one more for each
    seventy). Told again of the same event of the same thing, a person hears it once. Who did it is not told,
    nor is who wishes to hear nothing, nor an account that is not active.
    """
    known = kind_of(kind)
    check_names(about=about, event=event)
    ids = {each if isinstance(each, int) else each.pk for each in recipients}
    if actor is not None:
        ids.discard(actor.pk)
    if not ids:
        return
    common = {
        "kind": kind,
        "about": about,
        "event": event,
        "data": data,
        "actor": actor,
        "actor_name": (actor.shown_name if actor else actor_name)[:80],
    }
    rows = rows_for(wishes_of_recipients(ids, known), known, at or timezone.now(), common)
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def check_names(**names: str) -> None:
    """Of a thing and of an event. `ValueError` for one that does not fit."""
    for name, key in names.items():
        if not 0 < len(key) <= LONGEST_NAME:
            raise ValueError(f"{name}: between 1 and {LONGEST_NAME} characters, not {len(key)}")


def rows_for(wishes: dict[int, Wish], kind: Kind, at: datetime, common: dict) -> list[Notification]:
    return [
        Notification(
            recipient_id=pk,
            created_at=at,
            on_site=wish.on_site,
            frequency=wish.frequency,
            mail_due_at=due(wish.frequency, at),
            **common,
        )
        for pk, wish in sorted(wishes.items())
        if wish.on_site or wish.frequency != NEVER
    ]


def due(frequency: str, now: datetime | None = None) -> datetime | None:
    """When a mail about what happens `now` goes out, by the settings of this site."""
    return mail_due(
        frequency,
        timezone.localtime(now, timezone.get_default_timezone()),
        delay=timedelta(seconds=settings.NOTIFICATION_DELAY),
        hour=settings.DIGEST_HOUR,
    )


def mark_read(user, *, ids: Iterable[int] = (), about: str = "") -> int:
    """`user` knows of their notifications `ids`, or of all that is about a thing. Returns how many were unread.

    What is read is not mailed any more.
    """
    rows = Notification.objects.filter(recipient=user, read_at=None)
    rows = rows.filter(about=about) if about else rows.filter(pk__in=list(ids))
    return rows.update(read_at=timezone.now(), mail_due_at=None)


def settle(kind: str, about: str) -> int:
    """Nothing is to be done about a thing any more: whoever was told of it need not look, nor is it mailed."""
    rows = Notification.objects.filter(kind=kind, about=about, read_at=None)
    return rows.update(read_at=timezone.now(), mail_due_at=None)


def mark_all_read(user, *, up_to: int) -> int:
    """All up to the notification `up_to`: what came after the page was shown stays unread."""
    rows = Notification.objects.filter(recipient=user, read_at=None, on_site=True, pk__lte=up_to)
    return rows.update(read_at=timezone.now(), mail_due_at=None)


def forget_actor(user, name: str = "", *, family: str = "") -> int:
    """In what was told of the doings of `user`, let `name` stand for theirs; in that of one app, where a `family` is
    named: its kinds begin with it ("wiki-texts")."""
    told = Notification.objects.filter(actor=user)
    if family:
        told = told.filter(kind__startswith=f"{family}-")
    return told.update(actor=None, actor_name=name)
