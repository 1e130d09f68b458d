"""Moments at which what is shown changes by itself: a deadline passes, an event is over.

Midnight is always one, for everything that goes by the day. For others an app registers, in `ready()`,
functions that tell its next moment. What a scheduled job writes (going
live, expiring) needs none: writing changes the stamp.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.utils import timezone

from .pending import uncommitted
from .stamp import current_stamp

Moment = Callable[[], datetime | None]
_registered: list[Moment] = []
_kept: list[tuple[str, datetime]] = []


def register_moments(function: Moment) -> None:
    """`function()` returns the next moment after now, aware, or None. It may cost a query or two."""
    if function not in _registered:
        _registered.append(function)


def next_moment() -> datetime:
    """The first moment after now at which something shown changes without being written.

    Asked again of the apps only when the stamp changes or the moment has passed.
    """
    stamp = current_stamp()
    if stamp is not None:
        stamp += uncommitted()
    now = timezone.now()
    for kept_stamp, moment in _kept[:1]:
        if kept_stamp == stamp and moment > now:
            return moment
    moments = [due for function in _registered if (due := function()) and due > now]
    nearest = min([*moments, next_midnight(now)])
    if stamp is not None:
        _kept[:1] = [(stamp, nearest)]
    return nearest


def next_midnight(now: datetime) -> datetime:
    """In the site's time zone, by which views tell today from tomorrow."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, timezone.get_default_timezone())
