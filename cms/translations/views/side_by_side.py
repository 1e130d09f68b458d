"""Any two languages of a page side by side, text by text."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from wagtail.models import Page

from cms.core.addresses import tree_address
from cms.core.alternates import alternates_for_address
from cms.core.languages import direction, open_language_codes
from cms.core.page_cache.decorators import public_page
from cms.translations.addresses import side_by_side_address
from cms.translations.facing_tables import Table, partners, table_in, table_of
from cms.translations.passages import without_links
from cms.translations.queries.side_by_side import Rows, Sides, Tables, public_versions, sides
from cms.wiki.queries.pages import visible_page

HEADINGS = {"heading": "h3", "subheading": "h4"}


@dataclass(frozen=True, slots=True)
class Cell:
    text: SafeString  # "" where the language has nothing here, or a table
    element: str  # "h3", "h4", "li", "quote", "table" or "p"
    behind: bool
    table: Table | None = None

    @property
    def empty(self) -> bool:
        return not self.text and self.table is None


@dataclass(frozen=True, slots=True)
class Pair:
    number: int
    field: str  # heading before it, where another field begins
    one: Cell
    other: Cell


NOTHING = Cell(SafeString(""), "p", False)


@dataclass(frozen=True, slots=True)
class Side:
    code: str
    name: str
    dir: str
    url: str
    choices: list[tuple[str, str, str, bool]]  # (code, name, address, whether it is chosen)


@public_page
def side_by_side(request: HttpRequest, page_id: int, code: str) -> HttpResponse:
    """A page, and its row in language `code`. At most 20 queries, whatever the length of the page."""
    page = visible_page(page_id)
    if page is None or page.alias_of_id or code not in open_language_codes():
        raise Http404("no such page")
    versions = public_versions(page)
    own = page.locale.language_code
    if code not in versions or code == own:
        return redirect("wiki:languages", page.pk)
    found = sides(page, versions[code])
    context = {
        "page": page,
        "sides": [
            _side(versions, own, {each: (versions[each].pk, code) for each in versions if each != code}),
            _side(versions, code, {each: (page.pk, each) for each in versions if each != own}),
        ],
        "swap_url": side_by_side_address(versions[code].pk, own),
        "pairs": _pairs(found, page.specific_class or Page),
        "behind": bool(found.behind_one or found.behind_other),
        "alternates": alternates_for_address(request),
        "noindex": True,
    }
    return render(request, "translations/side_by_side.html", context)


def _side(versions: dict[str, Page], chosen: str, addresses: dict[str, tuple[int, str]]) -> Side:
    page = versions[chosen]
    names = settings.LANGUAGE_NAMES
    return Side(
        chosen,
        names[chosen],
        direction(chosen),
        tree_address(chosen, page.url_path),
        [
            (code, names[code], side_by_side_address(*addresses[code]), code == chosen)
            for code in open_language_codes()
            if code in addresses
        ],
    )


def _pairs(found: Sides, model: Any) -> list[Pair]:
    """In the order of the texts; a table stands whole where its first words come."""
    left = _Half(found.one, found.behind_one, found.tables_one)
    right = _Half(found.other, found.behind_other, found.tables_other)
    partner = partners((left.table_at(one), right.table_at(other)) for one, other in found.pairs)
    back = {other: one for one, other in partner.items()}
    pairs: list[Pair] = []
    last = ""
    for one, other in found.pairs:
        mine, theirs = left.table_at(one), right.table_at(other)
        cells = [(NOTHING if mine else left.text(one), NOTHING if theirs else right.text(other))]
        if mine or theirs:
            # Each with its own partner, whatever single words met.
            cells += [(left.table(mine), right.table(partner.get(mine, "")))]
            cells += [(left.table(back.get(theirs, "")), right.table(theirs))]
        row = found.one[one] if one is not None else found.other[other]  # type: ignore[index]
        name = row["path"].partition(".")[0]
        for first, second in cells:
            if not (first.empty and second.empty):
                pairs.append(
                    Pair(len(pairs) + 1, _field_name(model, name) if name != last else "", first, second)
                )
                last = name
    return pairs


class _Half:
    """One of two languages, whose tables are each shown once."""

    def __init__(self, rows: Rows, behind: frozenset[int], tables: Tables):
        self.rows, self.behind = rows, behind
        self.tables = dict(tables)
        self.paths = frozenset(tables)
        self.paths_behind = {rows[place]["path"] for place in behind}

    def table_at(self, place: int | None) -> str:
        return table_in(self.rows[place]["path"], self.paths) if place is not None else ""

    def text(self, place: int | None) -> Cell:
        if place is None:
            return NOTHING
        row = self.rows[place]
        return Cell(mark_safe(without_links(row["text"])), _element(row), place in self.behind)

    def table(self, block: str) -> Cell:
        value = self.tables.pop(block, None)
        if value is None:
            return NOTHING
        table = table_of(block, value, self.paths_behind)
        return Cell(SafeString(""), "table", table.behind, table)


def _element(row: dict) -> str:
    if row["path"] == "title":
        return "h3"
    if row.get("block") == "quotation":
        return "quote"
    return HEADINGS.get(row.get("block", ""), "li" if row.get("tag") == "li" else "p")


def _field_name(model: Any, name: str) -> str:
    """As the editor calls it; rows of a page by their own name."""
    field = next((each for each in model._meta.get_fields() if each.name == name), None)
    if field is None:
        return ""
    related = getattr(field, "related_model", None)
    if related is not None and field.auto_created:
        return capfirst(str(related._meta.verbose_name_plural))
    return capfirst(str(getattr(field, "verbose_name", name)))
