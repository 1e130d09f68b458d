"""Every minute: what is due becomes deliveries, and each delivery one mail.

Safe to run late, twice, or beside itself on another machine: a delivery's slot is unique, and a notification is
taken by one delivery only.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from cms.core.mailing import post
from cms.notifications.models import Delivery, Notification
from cms.notifications.queries import due_digests, due_threads
from cms.notifications.rules import AT_ONCE, digest_slot

logger = logging.getLogger("ancrage.notifications")

COMPOSER = "notifications"
IN_ONE_TICK = 500  # mails; the others a minute later
KEPT_READ = timedelta(days=90)
KEPT = timedelta(days=365)


def gather_mails(now: datetime | None = None) -> int:
    """Make the deliveries that are due, with their mails; returns how many. One transaction for each."""
    now = now or timezone.now()
    waiting = Notification.objects.filter(mail_due_at__isnull=False)
    made = 0
    for recipient_id, kind, about in due_threads(now, IN_ONE_TICK):
        # What has come since the first goes along, its own delay over or not.
        thread = waiting.filter(recipient_id=recipient_id, frequency=AT_ONCE, kind=kind, about=about)
        made += deliver(thread, recipient_id, AT_ONCE, None, now)
    hour = settings.DIGEST_HOUR
    local = timezone.localtime(now, timezone.get_default_timezone())
    for recipient_id, frequency in due_digests(now, IN_ONE_TICK):
        period = waiting.filter(recipient_id=recipient_id, frequency=frequency, mail_due_at__lte=now)
        made += deliver(period, recipient_id, frequency, digest_slot(frequency, local, hour), now)
    return made


def deliver(
    rows: QuerySet[Notification], recipient_id: int, frequency: str, slot: str | None, now: datetime
) -> bool:
    """One delivery of `rows`, whose `slot` is the first of them where none is given. False: another was first."""
    try:
        with transaction.atomic():
            ids = list(rows.select_for_update(skip_locked=True).order_by("id").values_list("pk", flat=True))
            if not ids:
                return False
            delivery = Delivery.objects.create(
                recipient_id=recipient_id,
                frequency=frequency,
                slot=slot or f"from-{ids[0]}",
                created_at=now,
            )
            rows.filter(pk__in=ids).update(delivery=delivery, mail_due_at=None)
            post(COMPOSER, {"delivery": delivery.pk}, key=f"{COMPOSER}-{delivery.pk}")
    except IntegrityError:
        return False
    return True


def forget_old() -> int:
    """Delete what was read long ago, and what nobody has read in a year; returns how many notifications."""
    now = timezone.now()
    rows = Notification.objects
    forgotten = rows.filter(created_at__lt=now - KEPT_READ, read_at__isnull=False, mail_due_at=None).delete()
    unread = rows.filter(created_at__lt=now - KEPT).delete()
    Delivery.objects.filter(created_at__lt=now - KEPT).delete()
    return forgotten[0] + unread[0]
