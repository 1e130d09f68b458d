"""Which recent changes are asked for: read from an address, and written into one. Pure."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

from cms.core.asked_values import printable, query_of, sort_out

KEYED = ("language", "type", "collection", "significance")


@dataclass(frozen=True, slots=True)
class Filters:
    language: str = ""
    type: str = ""
    collection: str = ""
    significance: str = ""
    author: int = 0
    new: bool = False  # first versions only

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def without(self, name: str) -> "Filters":
        return replace(self, **{name: type(getattr(self, name))()})

    def query(self, **more: str) -> str:
        """With its question mark, in one order: one address for one choice."""
        return query_of(self, more)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: changes are sorted by moment, then by id."""

    moment: datetime
    pk: int

    def __str__(self) -> str:
        return f"{round(self.moment.timestamp() * 1_000_000)}-{self.pk}"


@dataclass(frozen=True, slots=True)
class Asked:
    filters: Filters
    before: Place | None = None
    after: Place | None = None
    unknown: tuple[str, ...] = ()  # values that were left out


def read(params: Mapping[str, str], known: Mapping[str, Container[str]]) -> Asked:
    """`known` tells the values of each of `KEYED`. Never raises. Other names are passed over."""
    chosen, unknown = sort_out(params, KEYED, known)
    author = params.get("author", "").strip()
    if is_number(author):
        chosen["author"] = int(author)
    elif author:
        unknown.append(author)
    new = params.get("new", "").strip()
    if new == "1":
        chosen["new"] = True
    elif new:
        unknown.append(new)
    places = {name: params.get(name, "").strip() for name in ("before", "after")}
    read_places = {name: place_in(value) for name, value in places.items()}
    unknown += [value for name, value in places.items() if value and read_places[name] is None]
    return Asked(
        Filters(**chosen),
        read_places["before"],
        None if read_places["before"] else read_places["after"],
        tuple(printable(value) for value in unknown),
    )


def place_in(value: str) -> Place | None:
    moment, _dash, pk = value.partition("-")
    if not (is_number(moment) and is_number(pk)):
        return None
    # The 16 digits of a microsecond end in the year 2286.
    seconds, micro = divmod(int(moment[:16]), 1_000_000)
    return Place(datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro), int(pk))


def is_number(value: str) -> bool:
    """A whole number that a database takes as an id."""
    return value.isascii() and value.isdecimal() and len(value) <= 18
