"""The mails on their way: taking one, and saying how it ended. Each step is one compare-and-swap."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.core.mailing.composers import composer_named
from cms.core.mailing.pauses import pause_after
from cms.core.models import DROPPED, FAILED, HANDED, SENT, TAKEN, UNSURE, WAITING, OutgoingMail

# A worker that has not got further in that time is gone.
GONE_AFTER = timedelta(minutes=15)
KEPT = timedelta(days=60)  # the key of an ended mail, so that it is not sent again


def due(now: datetime):
    return OutgoingMail.objects.filter(state=WAITING, due_at__lte=now)


def take_next() -> OutgoingMail | None:
    """The next mail that is due, taken so that nobody else takes it; None where none is."""
    while True:
        now = timezone.now()
        pk = due(now).order_by("-urgent", "due_at", "id").values_list("pk", flat=True).first()
        if pk is None:
            return None
        taken = OutgoingMail.objects.filter(pk=pk, state=WAITING, due_at__lte=now)
        if taken.update(state=TAKEN, taken_at=now, tries=F("tries") + 1):
            return OutgoingMail.objects.get(pk=pk)


def move(mail: OutgoingMail, before: str, **fields) -> bool:
    """Change the mail if it still is where this worker left it; False where another has taken it."""
    still_mine = OutgoingMail.objects.filter(pk=mail.pk, state=before, taken_at=mail.taken_at)
    return bool(still_mine.update(**fields))


def hand_over(mail: OutgoingMail) -> bool:
    """Said before the mail server is told: from here on the mail may have arrived. False: leave it alone."""
    return move(mail, TAKEN, state=HANDED)


@transaction.atomic
def note_sent(mail: OutgoingMail) -> None:
    if move(mail, HANDED, state=SENT, ended_at=timezone.now(), data={}, error=""):
        composer_named(mail.composer).sent(mail.data)


def note_dropped(mail: OutgoingMail) -> None:
    move(mail, TAKEN, state=DROPPED, ended_at=timezone.now(), data={})


def note_unsure(mail: OutgoingMail, error: str) -> None:
    move(mail, HANDED, state=UNSURE, ended_at=timezone.now(), data={}, error=error)


def note_failure(mail: OutgoingMail, before: str, error: str, *, for_good: bool = False) -> None:
    """It did not go out, that is certain: again after a pause, unless `for_good` or too often already."""
    pause = None if for_good else pause_after(mail.tries)
    if pause is None:
        move(mail, before, state=FAILED, ended_at=timezone.now(), data={}, error=error)
    else:
        move(mail, before, state=WAITING, due_at=timezone.now() + pause, error=error)


def settle_abandoned() -> int:
    """What a dead worker left: not yet handed over waits again, handed over stays. Returns how many are unsure."""
    before = timezone.now() - GONE_AFTER
    left = OutgoingMail.objects.filter(taken_at__lt=before)
    left.filter(state=TAKEN).update(state=WAITING)
    return left.filter(state=HANDED).update(
        state=UNSURE, ended_at=timezone.now(), data={}, error="the worker ended while handing it over"
    )


def forget_ended() -> int:
    """Delete the rows of mails that ended long ago; returns how many."""
    return OutgoingMail.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()[0]
