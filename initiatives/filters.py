"""The library's query string: what was asked, what of it is known, and the addresses of other choices. Pure.

The same keys mean the same in every language. What is not known, or not well formed, is left out and said:
the answer is still a page, not to be indexed.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from django.utils.translation import gettext as _

from cms.core.paging import page_number

from .catalogue import FACETS, ORDERS

MOST_VALUES = 40  # in one address; more than anyone chooses, few enough to answer fast
MOST_PROBLEMS = 5  # named one by one
SPAN = re.compile(r"([0-9]{4})?-([0-9]{4})?", re.ASCII)
YEAR = re.compile(r"[0-9]{4}", re.ASCII)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the address that was left out, told by `message`."""

    what: str
    value: str = ""

    @property
    def message(self) -> str:
        if self.what == "backwards":
            return _("The years “%(value)s” end before they begin, and were left out.") % {
                "value": self.value
            }
        if self.what == "many":
            return _("The address asks for more filters than can be combined. Some were left out.")
        if self.what == "case":
            return _("There is no case “%(value)s” in the library.") % {"value": self.value}
        if self.what == "no_grid":
            return _("“%(value)s” does not answer the reading grid.") % {"value": self.value}
        if self.what == "too_many":
            return _("Six cases can stand side by side. The first six are shown.")
        if self.what == "page":
            return _("There is no page “%(value)s”. This is the first.") % {"value": self.value}
        if self.what == "order":
            return _("The order “%(value)s” is not known. The newest come first.") % {"value": self.value}
        return _("The filter “%(value)s” is not known and was left out.") % {"value": self.value}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is chosen: keys by facet (sorted, each once), the order, the page (from 1)."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ORDERS[0]
    page: int = 1
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return any(self.chosen.values())

    @property
    def count(self) -> int:
        return sum(map(len, self.chosen.values()))

    def keys(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def choosing(self, facet: str, keys: Iterable[str]) -> "Filters":
        """The same with other keys in one facet, from the first page."""
        return replace(self, chosen={**self.chosen, facet: tuple(sorted(set(keys)))}, page=1, problems=())

    def without(self, facet: str, key: str) -> "Filters":
        return self.choosing(facet, (other for other in self.keys(facet) if other != key))

    def parts(self, facet: str) -> list[str]:
        return [f"{facet}={quote(key, safe='')}" for key in self.keys(facet)]

    def query(self, *, order: str | None = None, page: int = 1) -> str:
        """The query string with its question mark, or nothing: one address for one choice."""
        return join(*(part for facet in FACETS for part in self.parts(facet)), *self.tail(order, page))

    def tail(self, order: str | None = None, page: int = 1) -> list[str]:
        wanted = order or self.order
        return [f"order={wanted}"] * (wanted != ORDERS[0]) + [f"page={page}"] * (page > 1)


def join(*parts: str) -> str:
    return "?" + "&".join(parts) if parts else ""


def parse(pairs: Iterable[tuple[str, str]], known: Mapping[str, Container[str]]) -> Filters:
    """Read (name, value) pairs of a query string; `known` tells the keys of each facet. Never raises.

    Names that are no facet are none of our business (a link may carry a campaign's mark) and are passed over.
    The two fields of the form for years, `year_from` and `year_to`, make one span.
    """
    chosen: dict[str, set[str]] = {}
    problems: list[Problem] = []
    order, page, seen = ORDERS[0], 1, 0
    span = {"year_from": "", "year_to": ""}
    for name, raw in pairs:
        value = raw.strip()
        if not value:
            continue
        if name in span:
            span[name] = value
        elif name == "order":
            if value in ORDERS:
                order = value
            else:
                problems.append(Problem("order", shown(value)))
        elif name == "page":
            if number := page_number(value):
                page = number
            else:
                problems.append(Problem("page", shown(value)))
        elif name in FACETS:
            seen += 1
            if seen > MOST_VALUES:
                continue
            _read_value(name, value, known[name], chosen, problems)
    if any(span.values()):
        if all(not value or YEAR.fullmatch(value) for value in span.values()):
            _read_value("year", f"{span['year_from']}-{span['year_to']}", known["year"], chosen, problems)
        else:
            problems.append(Problem("unknown", shown("–".join(value for value in span.values() if value))))
    if seen > MOST_VALUES or len(problems) > MOST_PROBLEMS:
        problems = [*dict.fromkeys(problems)][:MOST_PROBLEMS]
        if seen > MOST_VALUES:
            problems.append(Problem("many"))
    return Filters(
        {facet: tuple(sorted(chosen[facet])) for facet in FACETS if chosen.get(facet)},
        order,
        page,
        tuple(dict.fromkeys(problems)),
    )


def _read_value(facet: str, value: str, known: Container[str], chosen: dict, problems: list[Problem]) -> None:
    key = value if value in known else value.lower()
    if key in known:
        chosen.setdefault(facet, set()).add(key)
        return
    match = SPAN.fullmatch(value) if facet == "year" else None
    if match is None or not any(match.groups()):
        problems.append(Problem("unknown", shown(value)))
        return
    first, last = match.groups()
    if first and last and first > last:
        problems.append(Problem("backwards", value.replace("-", "–")))
    else:
        chosen.setdefault("year", set()).add(first if first == last and first in known else value)


def shown(value: str) -> str:
    """What was asked for, fit to be shown: no control or direction characters, not long."""
    clean = UNPRINTABLE.sub("", value)
    return clean if len(clean) <= 60 else clean[:59] + "…"
