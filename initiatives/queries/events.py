"""When what is said of events changes by itself."""

from datetime import datetime, time, timedelta

from django.db.models.functions import Coalesce
from django.utils import timezone

from initiatives.models import Event


def next_event_passes() -> datetime | None:
    """The next midnight after which a coming event is past; None if none is coming. One query."""
    day = (
        Event.objects.visible_to(None)
        .annotate(last_day=Coalesce("ends", "starts"))
        .filter(last_day__gte=timezone.localdate())
        .order_by("last_day")
        .values_list("last_day", flat=True)
        .first()
    )
    if day is None or day.year > 9000:  # far beyond what a clock can add a day to
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
