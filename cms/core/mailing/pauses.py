"""How long to wait after a mail could not be handed over. Pure."""

from datetime import timedelta

# After the first failure, the second …: two days in all, so that a mail server may be out for a weekend day.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))


def pause_after(tries: int) -> timedelta | None:
    """The pause after that many tries; None where it was tried often enough."""
    return PAUSES[tries - 1] if 1 <= tries <= len(PAUSES) else None
