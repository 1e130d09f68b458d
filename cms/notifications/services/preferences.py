"""How somebody wants to be told."""

from collections.abc import Mapping

from django.db import transaction

from cms.notifications.kinds import kind_of
from cms.notifications.models import Notification, Preference
from cms.notifications.queries import Wish
from cms.notifications.rules import FREQUENCIES
from cms.notifications.services.notifying import due


@transaction.atomic
def set_preference(user, kind: str, *, frequency: str | None = None, on_site: bool | None = None) -> None:
    """Change one or both; what waits to be mailed follows. `KeyError` for an unknown kind."""
    default = kind_of(kind).default_frequency
    if frequency is not None and frequency not in FREQUENCIES:
        raise ValueError(f"no such frequency: {frequency}")
    kept, _made = Preference.objects.get_or_create(user=user, kind=kind, defaults={"frequency": default})
    changed = kept.frequency if frequency is None else frequency
    kept.on_site = kept.on_site if on_site is None else on_site
    if changed != kept.frequency:
        waiting = Notification.objects.filter(recipient=user, kind=kind, mail_due_at__isnull=False)
        waiting.update(frequency=changed, mail_due_at=due(changed))
    kept.frequency = changed
    kept.save()


@transaction.atomic
def save_wishes(user, wishes: Mapping[str, Wish]) -> None:
    """All choices of the settings at once."""
    for kind, wish in wishes.items():
        set_preference(user, kind, frequency=wish.frequency, on_site=wish.on_site)
