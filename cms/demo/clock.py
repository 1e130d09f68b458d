"""What happened in the demo happened on its days, whenever it is loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.utils import timezone


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Within, it is `moment` for everything in this process that asks Django for the time."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def parse_moment(text: str) -> datetime:
    """`2026-03-02 09:00`, in UTC. `ValueError`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
