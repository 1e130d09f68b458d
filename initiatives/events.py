"""Which events are still to come. Pure."""

from collections.abc import Iterable
from datetime import date

from .catalogue import Work


def first_day(event: Work) -> date | None:
    """None where the sources give no day at all."""
    return event.starts or event.ends


def last_day(event: Work) -> date | None:
    """None where the sources give no day at all."""
    return event.ends or event.starts


def split_events(events: Iterable[Work], today: date) -> tuple[list[Work], list[Work]]:
    """(coming, the next first; past, as given). On its last day an event is still coming.

    An event without dates is past: nobody can still go there.
    """
    coming: list[Work] = []
    past: list[Work] = []
    for event in events:
        (coming if (last_day(event) or date.min) >= today else past).append(event)
    coming.sort(key=lambda event: first_day(event) or date.max)
    return coming, past
