"""Pages laid out from right to left, as in Arabic: the browser turns those of the demo around."""

import pytest

from tests.e2e import places
from tests.e2e.browser import DESK, PHONE

pytestmark = pytest.mark.browser

# What comes first in a line, and what comes after it.
IN_ORDER = {
    "/en/": [(".brand", ".account"), (".menu a:first-child", ".menu a:last-child")],
    "/en/library/": [(".facets", ".results"), (".facets li a span", ".facets li a .count")],
    places.document("cs-quebec-cdec"): [
        (".document .prose", ".record"),
        (".languages li", ".languages li + li"),
    ],
    "/en/search/?q=solidarity+economy&section=library": [
        (".find.wide input", ".find.wide button"),
        (".sections li", ".sections li + li"),
        (".facets", ".hits"),
    ],
    "/en/organisations/": [(".letter h2", ".entries")],
    "/en/people/yvon-poirier/": [("h1", ".record")],
}


def turned(visitor, path: str):
    page = visitor.open(path)
    page.evaluate("Object.assign(document.documentElement, { dir: 'rtl', lang: 'ar' })")
    return page


@pytest.mark.parametrize("path", IN_ORDER)
def test_what_comes_first_stands_to_the_right(visit, path):
    page = turned(visit(width=DESK), path)
    for first, after in IN_ORDER[path]:
        right, left = (page.locator(one).first.bounding_box() for one in (first, after))
        assert right["x"] >= left["x"] + left["width"], (first, after)


@pytest.mark.parametrize(
    "path", [*IN_ORDER, "/en/library/grid/", "/en/library/map/", "/en/glossary/", "/en/languages/"]
)
def test_nothing_sticks_out_to_either_side(visit, path):
    page = turned(visit(width=PHONE), path)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE


def test_titles_of_the_other_direction_stand_where_their_list_begins(visit):
    page = turned(visit(width=DESK), "/en/library/")
    title = page.locator(".card h3, .card h2").first
    title.evaluate("title => { title.dir = 'ltr'; title.lang = 'fr'; }")
    assert title.evaluate("title => getComputedStyle(title).direction") == "ltr"
    words = title.locator("a").bounding_box()
    card = page.locator(".card").first.bounding_box()
    assert words["x"] + words["width"] > card["x"] + card["width"] - 40
