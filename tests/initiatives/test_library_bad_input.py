"""Whatever is asked of the library, its map, the grid, the events and the search gets an answer."""

import pytest

from tests.factories.documents import make_document

from .library_tools import soup, titles

pytestmark = pytest.mark.django_db
QUERIES = [
    "type=zz",
    "type=%00",
    "theme=" + "x" * 10_000,
    "&".join(f"theme=t{number}" for number in range(1000)),
    "year=2011-2008",
    "year_from=2011&year_to=2008",
    "year_from=two",
    "year=99999999999999999999",
    "page=-1",
    "page=0",
    "page=abc",
    "page=" + "9" * 5000,
    "page=%D9%A2",
    "order=;drop",
    "language=%FF%FE",
    "territory=%E2%80%AE%F0%9F%8C%8D",
    "collection=../../etc/passwd",
    "type[]=if",
    "&&==&",
    "%",
]


@pytest.mark.parametrize("path", ["library/", "library/map/", "library/grid/", "events/", "newsletter/"])
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:25])
def test_no_query_string_breaks_a_page(client, site, path, query):
    make_document(title="Here")
    response = client.get(f"/fr/{path}?{query}")
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("type=zz", "The filter “zz” is not known and was left out."),
        ("year=2011-2008", "end before they begin"),
        ("page=-1", "There is no page “-1”"),
        ("order=best", "The order “best” is not known"),
    ],
)
def test_what_was_left_out_is_said_and_the_rest_is_answered(client, site, query, said):
    make_document(title="Here")
    response = client.get(f"/en/library/?{query}")
    assert titles(response) == ["Here"]
    page = soup(response)
    assert said in page.select_one(".notice").get_text()
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_what_is_shown_of_a_bad_value_is_escaped(client, site):
    page = client.get("/en/library/?type=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_page_far_beyond_the_end_leads_to_the_last(client, site):
    assert client.get("/en/library/?page=999999999")["Location"] == "/en/library/"
