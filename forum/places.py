"""A place in a list of topics: after which one it goes on. Read from an address, and written into one. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Topics are sorted by whether they are pinned (where that counts), by their last post, by id."""

    pinned: bool
    moment: datetime
    pk: int

    def __str__(self) -> str:
        return f"{int(self.pinned)}-{round(self.moment.timestamp() * 1_000_000)}-{self.pk}"


def place_in(value: str) -> Place | None:
    """None for what is no place. Never raises."""
    parts = value.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) <= 18 for part in parts):
        return None
    # The 16 digits of a microsecond end in the year 2286.
    seconds, micro = divmod(int(parts[1][:16]), 1_000_000)
    return Place(
        parts[0] == "1", datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro), int(parts[2])
    )
