"""What is to be mailed, and to whom."""

from datetime import datetime

from allauth.account.models import EmailAddress

from cms.notifications.models import Delivery, Notification
from cms.notifications.rules import AT_ONCE, DIGESTS


def due_threads(now: datetime, limit: int) -> list[tuple[int, str, str]]:
    """(recipient, kind, about) of mails that go at once and whose delay is over."""
    rows = Notification.objects.filter(mail_due_at__lte=now, frequency=AT_ONCE).order_by()
    return list(rows.values_list("recipient_id", "kind", "about").distinct()[:limit])


def due_digests(now: datetime, limit: int) -> list[tuple[int, str]]:
    """(recipient, frequency) of digests whose hour has come."""
    rows = Notification.objects.filter(mail_due_at__lte=now, frequency__in=DIGESTS).order_by()
    return list(rows.values_list("recipient_id", "frequency").distinct()[:limit])


def in_delivery(delivery: Delivery) -> list[Notification]:
    """What the mail is about and was not read since, oldest first."""
    rows = Notification.objects.filter(delivery=delivery, read_at=None).select_related("actor")
    return list(rows.order_by("created_at", "id"))


def confirmed_address(user) -> str:
    """The address `user` has confirmed and reads; "" where there is none."""
    address = (
        EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "id").values_list("email")
    ).first()
    return address[0] if address else ""
