"""What stands beside a list of documents: counted facets, removable choices, orders. Pure.

Rows are plain dicts: a template reads a dict's key at a third of the cost of an object's attribute, and there
are a hundred rows on a page.
"""

from collections.abc import Callable
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .catalogue import (
    FACETS,
    UNKNOWN_YEAR,
    Catalogue,
    Facet,
    Selection,
    Value,
    ancestors,
    select,
)
from .filters import Filters, join
from .rules import KINDS

TREES = ("theme", "territory")
OPEN_ROWS = 12  # a tree shows its second level where it has not more rows than this
FACET_NAMES: dict[str, Promise | str] = {
    "type": gettext_lazy("Type"),
    "theme": gettext_lazy("Theme"),
    "territory": gettext_lazy("Territory"),
    "language": gettext_lazy("Available in"),
    "year": gettext_lazy("Year"),
    "collection": gettext_lazy("Collection"),
}
ORDER_NAMES: dict[str, Promise | str] = {
    "newest": pgettext_lazy("order", "newest first"),
    "oldest": pgettext_lazy("order", "oldest first"),
    "title": pgettext_lazy("order", "by title"),
}


def value_label(facet: str, value: Value, lang: str) -> tuple[str, str]:
    """(text, its language where it is not `lang`, else "")."""
    if facet == "type":
        return str(KINDS[value.key.upper()]), ""
    if facet == "year":
        return (_("not known"), "") if value.key == UNKNOWN_YEAR else (value.key, "")
    text, own = value.label(lang)
    return text, "" if own == lang else own


def key_label(catalogue: Catalogue, facet: str, key: str, lang: str) -> tuple[str, str]:
    """As `value_label`, also for a span of years."""
    if key in catalogue.facets[facet]:
        if facet == "year" and key == UNKNOWN_YEAR:
            return _("year not known"), ""
        return value_label(facet, catalogue.facets[facet][key], lang)
    first, _dash, last = key.partition("-")
    if first and last:
        return f"{first}–{last}", ""
    if first:
        return _("since %(year)s") % {"year": first}, ""
    return _("until %(year)s") % {"year": last}, ""


def facet_rows(
    catalogue: Catalogue, filters: Filters, selection: Selection, lang: str, path: str
) -> list[dict]:
    """One dict per facet with something to choose: name, and rows `url, label, lang, count, active, depth`.

    Values that would leave nothing are not shown, unless they are chosen.
    """
    found = []
    for name in FACETS:
        facet = catalogue.facets[name]
        chosen = filters.keys(name)
        counts = {value.key: selection.count(name, value) for value in facet.values()}
        visible = _visible_rows(name, facet, counts, chosen)
        if not visible:
            continue
        link = _linker(filters, name, facet, path)
        rows = []
        for value, depth in visible:
            text, own = value_label(name, value, lang)
            rows.append(
                {
                    "url": link(value.key),
                    "label": text,
                    "lang": own,
                    "count": str(counts[value.key]),  # as text: templates are slow at writing numbers
                    "active": value.key in chosen,
                    "depth": str(depth) if depth else "",
                }
            )
        found.append({"key": name, "name": FACET_NAMES[name], "rows": rows, "active": len(chosen)})
    return found


def _visible_rows(
    name: str, facet: Facet, counts: dict[str, int], chosen: tuple[str, ...]
) -> list[tuple[Value, int]]:
    """(value, depth) in the order in which they are shown."""
    shown = {key for key, count in counts.items() if count or key in chosen}
    if name not in TREES:
        return [(value, 0) for value in facet.values() if value.key in shown]

    tops = [key for key in facet if facet[key].parent is None and key in shown]
    opened = {key for chosen_key in chosen for key in (chosen_key, *ancestors(facet, chosen_key))}
    second = [key for top in tops for key in facet[top].children if key in shown]
    if len(tops) + len(second) <= OPEN_ROWS or len(tops) == 1:
        opened.update(tops)
    rows: list[tuple[Value, int]] = []

    def walk(keys: list[str], depth: int) -> None:
        # Places come by what they hold; themes in the order their editors gave them.
        ordered = sorted(keys, key=lambda key: -counts[key]) if name == "territory" else keys
        for key in ordered:
            if key in shown:
                rows.append((facet[key], depth))
                if key in opened:
                    walk(facet[key].children, depth + 1)

    walk(tops, 0)
    return rows


def _linker(filters: Filters, name: str, facet: Facet, path: str) -> Callable[[str], str]:
    """The address that chooses a value, or leaves it where it is chosen.

    In a tree a choice takes the place of those above and below it: "Europe or France" is but "Europe".
    """
    index = FACETS.index(name)
    before = [part for other in FACETS[:index] for part in filters.parts(other)]
    after = [part for other in FACETS[index + 1 :] for part in filters.parts(other)] + filters.tail()
    chosen = set(filters.keys(name))

    def link(key: str) -> str:
        keys = chosen ^ {key}
        if key not in chosen and chosen and name in TREES:
            above = set(ancestors(facet, key))
            keys = {other for other in keys if other not in above and key not in ancestors(facet, other)}
        own = [f"{name}={quote(other, safe='')}" for other in sorted(keys)]
        return path + join(*before, *own, *after)

    return link


def chips(catalogue: Catalogue, filters: Filters, lang: str, path: str) -> list[dict]:
    """What is chosen, each with the address without it: `label, lang, facet, url`."""
    found = []
    for name in FACETS:
        for key in filters.keys(name):
            text, own = key_label(catalogue, name, key, lang)
            found.append(
                {
                    "label": text,
                    "lang": own,
                    "facet": FACET_NAMES[name],
                    "url": path + filters.without(name, key).query(),
                }
            )
    return found


def ways_out(catalogue: Catalogue, filters: Filters, lang: str, path: str) -> list[dict]:
    """For an empty result: each choice left out alone, and how many works that would give; the most first."""
    found = []
    for name in FACETS:
        for key in filters.keys(name):
            wider = filters.without(name, key)
            text, own = key_label(catalogue, name, key, lang)
            total = select(catalogue, wider.chosen).total
            found.append(
                {
                    "label": text,
                    "lang": own,
                    "facet": FACET_NAMES[name],
                    "url": path + wider.query(),
                    "count": total,
                }
            )
    return sorted(found, key=lambda way: -way["count"])


def order_links(filters: Filters, path: str) -> list[dict]:
    return [
        {"label": name, "url": path + filters.query(order=order), "active": order == filters.order}
        for order, name in ORDER_NAMES.items()
    ]


def year_span(filters: Filters) -> tuple[str, str]:
    """What the form for years shows: (from, to)."""
    for key in filters.keys("year"):
        if "-" in key:
            first, _dash, last = key.partition("-")
            return first, last
    return "", ""
