"""The query string of the search: what was asked, what of it is known, and the addresses of other choices. Pure.

The same keys as the library's, in every language. What is not known is left out and said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote_plus

from cms.core.paging import page_number
from initiatives.filters import Problem, shown
from search.engines import FACETS, SECTIONS

MOST_VALUES = 40  # in one address
MOST_PROBLEMS = 5
LAST_PAGE = 50  # who has not found it by then needs other words
ALL_FACETS = tuple(dict.fromkeys(facet for facets in FACETS.values() for facet in facets))
Known = Callable[[str, str, str], str]
"""`known(section, facet, value)`: the value as it is written, "" where there is no such value."""


@dataclass(frozen=True, slots=True)
class Filters:
    """`typed`: nothing but the words that were typed is looked for, no other names of terms."""

    text: str = ""
    section: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    typed: bool = False
    problems: tuple[Problem, ...] = ()

    def keys(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    @property
    def count(self) -> int:
        return sum(map(len, self.chosen.values()))

    def toggled(self, facet: str, value: str) -> "Filters":
        keys = set(self.keys(facet)) ^ {value}
        return replace(self, chosen={**self.chosen, facet: tuple(sorted(keys))}, page=1)

    def within(self, section: str) -> "Filters":
        """The same words in another section."""
        return replace(self, section=section, chosen={}, page=1)

    def query(self) -> str:
        """The query string with its question mark: one address for one choice."""
        parts = [f"q={quote_plus(self.text)}"]
        if self.section:
            parts.append(f"section={self.section}")
        for facet in FACETS.get(self.section, ()):
            parts += [f"{facet}={quote_plus(key)}" for key in self.keys(facet)]
        if self.typed:
            parts.append("typed=1")
        if self.page > 1:
            parts.append(f"page={self.page}")
        return "?" + "&".join(parts)


def parse(text: str, pairs: Iterable[tuple[str, str]], known: Known) -> Filters:
    """Read the (name, value) pairs of a query string. Never raises; names it does not know are passed over."""
    values = [(name, value.strip()) for name, value in pairs if value.strip()]
    problems: list[Problem] = []
    section = _section(values, problems)
    chosen: dict[str, set[str]] = {}
    page, seen = 1, 0
    for name, value in values:
        if name == "page":
            page = page_number(value)
            if not page:
                problems.append(Problem("page", shown(value)))
        elif name in FACETS.get(section, ()):
            seen += 1
            if seen > MOST_VALUES:
                continue
            if key := known(section, name, value):
                chosen.setdefault(name, set()).add(key)
            else:
                problems.append(Problem("unknown", shown(value)))
        elif name in ALL_FACETS:
            problems.append(Problem("unknown", shown(value)))
    problems = list(dict.fromkeys(problems))[:MOST_PROBLEMS]
    if seen > MOST_VALUES:
        problems.append(Problem("many"))
    return Filters(
        text,
        section,
        {facet: tuple(sorted(chosen[facet])) for facet in FACETS.get(section, ()) if facet in chosen},
        min(max(page, 1), LAST_PAGE),
        any(name == "typed" for name, _value in values),
        tuple(problems),
    )


def _section(values: list[tuple[str, str]], problems: list[Problem]) -> str:
    """The one asked for, else the first whose hits can be narrowed so."""
    for name, value in values:
        if name == "section":
            if value in SECTIONS:
                return value
            problems.append(Problem("unknown", shown(value)))
    facets = {name for name, _value in values if name in ALL_FACETS}
    return next((each for each in SECTIONS if facets and facets <= set(FACETS[each])), "")
