"""What was told goes with the account; what others were told of its doings names nobody."""

from cms.accounts.closing import Part
from cms.accounts.models import User
from cms.notifications.models import Notification
from cms.notifications.services import forget_actor

AT_ONCE = 1000


def closing_part() -> Part:
    return Part("notifications", step)


def step(user: User, choice: str, progress: dict) -> dict | None:
    """Some of their notifications; at the end the names. Deliveries go with the account."""
    ids = list(Notification.objects.filter(recipient=user).values_list("pk", flat=True)[:AT_ONCE])
    if ids:
        Notification.objects.filter(pk__in=ids).delete()
        return progress
    forget_actor(user)
    return None
