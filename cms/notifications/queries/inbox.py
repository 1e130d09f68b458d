"""What a person is told on the site. All of it is their own."""

from django.db.models import QuerySet

from cms.notifications.models import Notification

COUNTED = 100  # that many or more: the number says no more


def listed(user) -> QuerySet[Notification]:
    """Newest first."""
    return Notification.objects.filter(recipient=user, on_site=True).order_by("-id")


def unread_in(notifications: QuerySet[Notification]) -> QuerySet[Notification]:
    return notifications.filter(read_at=None)


def unread_count(user) -> int:
    """How many are unread, `COUNTED` at most. One query, whatever their number."""
    rows = Notification.objects.filter(recipient=user, on_site=True, read_at=None)
    return rows.order_by().values("pk")[:COUNTED].count()
