"""The library in memory: every public work with what it is filtered, ordered and placed by. Pure.

A *work* is a document in all its languages. Works have a rank, their place in the default order (newest
first); for each value of each facet the catalogue holds an int whose bit i says whether the work of rank i
has it, so that filtering is `&`, and counting is `int.bit_count`, at any size of the library.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from itertools import islice

from cms.core.language_choice import language_shown
from cms.core.sorting import collation_key

FACETS = ("type", "theme", "territory", "language", "year", "collection")
ORDERS = ("newest", "oldest", "title")
UNKNOWN_YEAR = "unknown"
Point = tuple[float, float]  # latitude, longitude, in degrees


@dataclass(frozen=True, slots=True)
class Version:
    """A work in one language: one public page."""

    page_id: int
    lang: str
    title: str
    url: str  # path, without host


@dataclass(frozen=True, slots=True)
class Work:
    key: str  # translation_key, as the database writes it
    kind: str  # "if", "cs" … : a code of `rules.KINDS` in lower case
    original: str  # the language it was written in; there may be no public page in it
    versions: Mapping[str, Version]  # by language, never empty
    code: str = ""
    date: Date | None = None
    date_precision: str = "unknown"
    starts: Date | None = None
    ends: Date | None = None
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()  # the first says where the work belongs
    collections: tuple[str, ...] = ()
    point: Point | None = None  # its own place on the map; None: that of its territory
    has_grid: bool = False
    published: str = ""  # the latest day (ISO) on which one of its languages was published first; "" unknown

    def version(self, lang: str) -> Version:
        """The page for a reader of `lang`."""
        return self.versions.get(lang) or self.versions[language_shown(self.versions, lang, self.original)]

    @property
    def day(self) -> Date | None:
        """What orders the work in time. None where the sources give no date."""
        known = self.date if self.date_precision != "unknown" else None
        return known or self.starts

    @property
    def year_key(self) -> str:
        return f"{self.day.year:04d}" if self.day else UNKNOWN_YEAR


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a facet, as loaded. `parent`: the key of the entry above it, in a tree."""

    key: str
    labels: Mapping[str, str]  # name by language, never empty
    parent: str | None = None
    point: Point | None = None
    is_country: bool = False


@dataclass(slots=True)
class Value:
    """A value of a facet, with its works. In a tree, `bits` holds those of everything below it too."""

    key: str
    labels: Mapping[str, str]
    bits: int = 0
    parent: str | None = None
    children: list[str] = field(default_factory=list)
    point: Point | None = None
    is_country: bool = False

    def label(self, lang: str) -> tuple[str, str]:
        """(text, its language) for a reader of `lang`."""
        shown = language_shown(self.labels, lang)
        return self.labels[shown], shown


Facet = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Catalogue:
    works: tuple[Work, ...]  # by rank
    facets: Mapping[str, Facet]  # values in the order in which they are shown
    rank_of_page: Mapping[int, int]
    rank_of_code: Mapping[str, int]  # by reference code in upper case
    with_grid: int  # bits
    _orders: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    # (work's key, language) → what lists say of its place: filled by `cards.where` as it is asked.
    places_said: dict[tuple[str, str], str] = field(default_factory=dict)
    offers_said: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # the same, by `views.grid.offer_label`

    @property
    def everything(self) -> int:
        return (1 << len(self.works)) - 1

    def ranks(self, order: str, lang: str) -> Sequence[int]:
        """All ranks in `order`. Titles are those a reader of `lang` sees. Undated works come last."""
        if order == "newest":
            return range(len(self.works))
        slot = (order, lang if order == "title" else "")
        if slot not in self._orders:
            works = self.works
            if order == "oldest":
                # Python's sort is stable, so works of the same day keep the order of their ranks.
                found = sorted(range(len(works)), key=lambda rank: works[rank].day or Date.max)
            else:
                found = sorted(
                    range(len(works)), key=lambda rank: collation_key(works[rank].version(lang).title, lang)
                )
            self._orders[slot] = tuple(found)
        return self._orders[slot]

    def pick(self, selection: int, order: str, lang: str, start: int, stop: int) -> list[Work]:
        """The works of `selection` from position `start` up to, not including, `stop`, in `order`."""
        if order == "newest":
            wanted: Iterator[int] = set_bits(selection)
        else:
            marks = format(selection, "b")[::-1]
            last = len(marks)
            wanted = (rank for rank in self.ranks(order, lang) if rank < last and marks[rank] == "1")
        return [self.works[rank] for rank in islice(wanted, start, stop)]

    def place(self, work: Work) -> Value | None:
        """Where a work belongs: its first territory, or the most precise of the others within it."""
        territories = self.facets["territory"]
        known = [key for key in work.territories if key in territories]
        if not known:
            return None
        best, depth = known[0], 0
        for key in known[1:]:
            path = ancestors(territories, key)
            if known[0] in path and path.index(known[0]) + 1 > depth:
                best, depth = key, path.index(known[0]) + 1
        return territories[best]

    def point(self, work: Work) -> tuple[Point, bool] | None:
        """(coordinates, whether they are its own): else those of the nearest territory that has some."""
        if work.point is not None:
            return work.point, True
        value = self.place(work)
        seen: set[str] = set()
        while value is not None and value.key not in seen:
            if value.point is not None:
                return value.point, False
            seen.add(value.key)
            value = self.facets["territory"].get(value.parent or "")
        return None

    def country(self, value: Value) -> Value | None:
        """The country in which a territory lies; None for a country itself, a continent, or where unknown."""
        if value.is_country:
            return None
        territories = self.facets["territory"]
        return next(
            (territories[key] for key in ancestors(territories, value.key) if territories[key].is_country),
            None,
        )


def set_bits(bits: int) -> Iterator[int]:
    """Positions of the bits that are set, lowest first."""
    marks = format(bits, "b")[::-1]
    at = marks.find("1")
    while at >= 0:
        yield at
        at = marks.find("1", at + 1)


def ancestors(facet: Mapping[str, Value], key: str) -> list[str]:
    """Keys above `key`, nearest first. A circle in the data ends where it closes."""
    found: list[str] = []
    value = facet.get(key)
    while value is not None and value.parent in facet and value.parent not in found and value.parent != key:
        found.append(value.parent)  # type: ignore[arg-type]
        value = facet[value.parent]  # type: ignore[index]
    return found


def build(works: Iterable[Work], entries: Mapping[str, Sequence[Entry]]) -> Catalogue:
    """The catalogue of `works`.

    `entries` gives the values of the facets in the order in which they are shown; years come from the works.
    What a work names and `entries` does not is not shown.
    """
    ordered = tuple(sorted(works, key=_default_order))
    facets: dict[str, Facet] = {name: {} for name in FACETS}
    for name, known in entries.items():
        facets[name] = {
            entry.key: Value(
                entry.key, entry.labels, parent=entry.parent, point=entry.point, is_country=entry.is_country
            )
            for entry in known
        }
    years = sorted({work.year_key for work in ordered} - {UNKNOWN_YEAR}, reverse=True)
    if any(work.day is None for work in ordered):
        years.append(UNKNOWN_YEAR)
    facets["year"] = {year: Value(year, {"": year}) for year in years}
    for facet in facets.values():
        for value in facet.values():
            above = ancestors(facet, value.key)
            if above:
                facet[above[0]].children.append(value.key)
            else:
                value.parent = None

    with_grid = 0
    for rank, work in enumerate(ordered):
        bit = 1 << rank
        if work.has_grid:
            with_grid |= bit
        for name, keys in _keys(work).items():
            facet = facets[name]
            for key in keys:
                if key in facet:
                    facet[key].bits |= bit
                    for above_key in ancestors(facet, key):
                        facet[above_key].bits |= bit
    return Catalogue(
        works=ordered,
        facets=facets,
        rank_of_page={
            version.page_id: rank for rank, work in enumerate(ordered) for version in work.versions.values()
        },
        rank_of_code={work.code.upper(): rank for rank, work in enumerate(ordered) if work.code},
        with_grid=with_grid,
    )


def _default_order(work: Work) -> tuple:
    return (-(work.day.toordinal() if work.day else 0), work.code or "~", work.key)


def _keys(work: Work) -> dict[str, Iterable[str]]:
    return {
        "type": (work.kind,),
        "theme": work.themes,
        "territory": work.territories,
        "language": work.versions,
        "year": (work.year_key,),
        "collection": work.collections,
    }


@dataclass(frozen=True, slots=True)
class Selection:
    """What a set of filters leaves. `contexts[facet]`: what they would leave without that facet's own."""

    bits: int
    contexts: Mapping[str, int]

    @property
    def total(self) -> int:
        return self.bits.bit_count()

    def count(self, facet: str, value: Value) -> int:
        """How many works choosing `value` (alone in its facet) would leave."""
        return (self.contexts[facet] & value.bits).bit_count()


def select(catalogue: Catalogue, chosen: Mapping[str, Sequence[str]]) -> Selection:
    """Filter: within one facet any of the values will do, and every facet with a value must be met.

    A facet's own counts ignore its own values, so that they say what each other value would give. Keys that
    the catalogue does not know leave nothing; `filters.parse` sorts them out before.
    """
    masks = {}
    for name, keys in chosen.items():
        if keys:
            mask = 0
            for key in keys:
                mask |= bits_of(catalogue, name, key)
            masks[name] = mask
    everything = catalogue.everything
    contexts = {}
    for name in FACETS:
        context = everything
        for other, mask in masks.items():
            if other != name:
                context &= mask
        contexts[name] = context
    # Any context completed by its own facet's mask is the whole selection.
    return Selection(contexts[FACETS[0]] & masks.get(FACETS[0], everything), contexts)


def bits_of(catalogue: Catalogue, facet: str, key: str) -> int:
    """The works with a value; for the years also of a span: `2008-2011`, `2008-`, `-2011`."""
    values = catalogue.facets[facet]
    if key in values:
        return values[key].bits
    if facet != "year" or "-" not in key:
        return 0
    first, _, last = key.partition("-")
    bits = 0
    for year, value in values.items():
        if year != UNKNOWN_YEAR and (first or year) <= year <= (last or year):
            bits |= value.bits
    return bits
