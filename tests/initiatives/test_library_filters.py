"""Reading the library's query string: what is known is kept, the rest is said, nothing breaks."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.catalogue import FACETS
from initiatives.filters import MOST_PROBLEMS, MOST_VALUES, Filters, parse

KNOWN = {
    "type": {"if", "cs"},
    "theme": {"food", "work"},
    "territory": {"aude"},
    "language": {"en", "fr"},
    "year": {"2008", "2011", "unknown"},
    "collection": {"on-the-road"},
}


def read(query: str) -> Filters:
    asked = QueryDict(query)
    return parse(((name, value) for name, values in asked.lists() for value in values), KNOWN)


def test_what_is_known_is_chosen_sorted_and_once():
    filters = read("theme=work&type=IF&theme=food&theme=work&utm_source=mail&page=3&order=title")
    assert filters.chosen == {"type": ("if",), "theme": ("food", "work")}
    assert (filters.order, filters.page, filters.problems) == ("title", 3, ())
    assert filters.query() == "?type=if&theme=food&theme=work&order=title"
    assert filters.query(page=3) == "?type=if&theme=food&theme=work&order=title&page=3"


def test_no_choice_is_no_query_string():
    assert read("").query() == ""
    assert read("type=&theme=%20").query() == ""
    assert not read("order=oldest&page=2")


@pytest.mark.parametrize(
    ("query", "year"),
    [
        ("year=2008-2011", ("2008-2011",)),
        ("year=2008-2008", ("2008",)),
        ("year=1990-1990", ("1990-1990",)),
        ("year=2010-", ("2010-",)),
        ("year=-2010", ("-2010",)),
        ("year_from=2008&year_to=2011", ("2008-2011",)),
        ("year_from=&year_to=2011", ("-2011",)),
        ("year=2008&year=unknown", ("2008", "unknown")),
    ],
)
def test_years(query, year):
    filters = read(query)
    assert filters.keys("year") == year
    assert filters.problems == ()


@pytest.mark.parametrize(
    ("query", "what", "value"),
    [
        ("type=zz", "unknown", "zz"),
        ("theme=food%00", "unknown", "food"),
        ("theme=%E2%80%AEdoof", "unknown", "doof"),
        ("year=1999", "unknown", "1999"),
        ("year=-", "unknown", "-"),
        ("year=2008-11", "unknown", "2008-11"),
        ("year=%D9%A2%D9%A0%D9%A0%D9%A8-2011", "unknown", "٢٠٠٨-2011"),
        ("year=2011-2008", "backwards", "2011–2008"),
        ("year_from=2011&year_to=2008", "backwards", "2011–2008"),
        ("year_from=abc", "unknown", "abc"),
        ("page=-1", "page", "-1"),
        ("page=0", "page", "0"),
        ("page=1e9", "page", "1e9"),
        ("page=%D9%A2", "page", "٢"),
        ("page=" + "9" * 5000, "page", "9" * 59 + "…"),
        ("order=best", "order", "best"),
        ("theme=" + "x" * 10_000, "unknown", "x" * 59 + "…"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_said(query, what, value):
    filters = read(query)
    assert [(problem.what, problem.value) for problem in filters.problems] == [(what, value)]
    assert value in filters.problems[0].message
    assert (filters.query(), filters.page) == ("", 1)


def test_a_thousand_filters_are_cut_short():
    filters = read("&".join(f"theme=t{number}" for number in range(1000)) + "&type=if")
    assert len(filters.problems) == MOST_PROBLEMS + 1
    assert "more filters than" in filters.problems[-1].message
    assert read("&".join(["type=if"] * 1000)).chosen == {"type": ("if",)}
    assert MOST_VALUES < 1000


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from([*FACETS, "page", "order", "year_from", "year_to", "q"]), st.text()))
)
def test_anything_can_be_asked(pairs):
    filters = parse(pairs, KNOWN)
    again = read(filters.query(page=filters.page)[1:])
    # The clean address means the same, and has nothing to complain of.
    assert (again.chosen, again.order, again.page, again.problems) == (
        filters.chosen,
        filters.order,
        filters.page,
        (),
    )
    assert all(problem.message for problem in filters.problems)


def test_choosing_starts_at_the_first_page():
    filters = read("type=if&type=cs&year=2008&page=4")
    assert filters.without("type", "if").query() == "?type=cs&year=2008"
    assert filters.without("type", "if").page == 1
    assert filters.choosing("theme", ["work", "food", "work"]).query() == (
        "?type=cs&type=if&theme=food&theme=work&year=2008"
    )
