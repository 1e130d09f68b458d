"""Which translations of the queue are asked for: read from an address, and written into one. Pure."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

BY_NEED, BY_AGE, BY_WORDS = "need", "age", "words"
SORTS = (BY_NEED, BY_AGE, BY_WORDS)
ALL = "all"  # languages, for somebody who has languages of their own
LONGEST_TITLE = 100  # characters searched for
LONGEST_SHOWN = 40  # characters of a value that is not known
KEYED = ("language", "label", "type", "collection", "sort")


@dataclass(frozen=True, slots=True)
class Filters:
    language: str = ""  # "": one's own languages, or all for who has none
    label: str = ""
    type: str = ""
    collection: str = ""
    mine: bool = False  # what I hold
    unclaimed: bool = False  # what nobody holds, and needs somebody
    title: str = ""  # part of one
    sort: str = ""  # "": by need

    @property
    def narrow(self) -> bool:
        """Whether anything but the order is chosen."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "sort")

    def with_(self, **chosen) -> "Filters":
        return replace(self, **chosen)

    def query(self, **more: str) -> str:
        """With its question mark, in one order: one address for one choice."""
        pairs = [(field.name, getattr(self, field.name)) for field in fields(self)]
        said = [(name, "1" if value is True else str(value)) for name, value in pairs if value]
        said += [(name, value) for name, value in more.items() if value]
        return "?" + urlencode(said) if said else ""


@dataclass(frozen=True, slots=True)
class Asked:
    filters: Filters
    unknown: tuple[str, ...] = ()  # values that were left out


def read(params: Mapping[str, str], known: Mapping[str, Container[str]]) -> Asked:
    """`known` tells the values of each of `KEYED`. Never raises. Other names are passed over."""
    chosen: dict = {}
    unknown = []
    for name in KEYED:
        value = params.get(name, "").strip()
        if value in known[name]:
            chosen[name] = value
        elif value:
            unknown.append(_printable(value))
    for name in ("mine", "unclaimed"):
        chosen[name] = params.get(name, "") == "1"
    chosen["title"] = "".join(filter(str.isprintable, params.get("title", ""))).strip()[:LONGEST_TITLE]
    if chosen.get("sort") == BY_NEED:
        chosen["sort"] = ""
    return Asked(Filters(**chosen), tuple(unknown))


def _printable(value: str) -> str:
    return "".join(filter(str.isprintable, value))[:LONGEST_SHOWN]
