"""Which translations of the queue are asked for: read from an address, and written into one. Pure."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace

from cms.core.asked_values import printable, query_of, sort_out

BY_NEED, BY_AGE, BY_WORDS = "need", "age", "words"
SORTS = (BY_NEED, BY_AGE, BY_WORDS)
ALL = "all"  # languages, for somebody who has languages of their own
LONGEST_TITLE = 100  # characters searched for
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
        return query_of(self, more)


@dataclass(frozen=True, slots=True)
class Asked:
    filters: Filters
    unknown: tuple[str, ...] = ()  # values that were left out


def read(params: Mapping[str, str], known: Mapping[str, Container[str]]) -> Asked:
    """`known` tells the values of each of `KEYED`. Never raises. Other names are passed over."""
    chosen, unknown = sort_out(params, KEYED, known)
    for name in ("mine", "unclaimed"):
        chosen[name] = params.get(name, "") == "1"
    chosen["title"] = "".join(filter(str.isprintable, params.get("title", ""))).strip()[:LONGEST_TITLE]
    if chosen.get("sort") == BY_NEED:
        chosen["sort"] = ""
    return Asked(Filters(**chosen), tuple(map(printable, unknown)))
