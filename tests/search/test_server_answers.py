"""What a search server counts of very many hits, and how its numbers are told."""

from hypothesis import given
from hypothesis import strategies as st

from search.backends import questions
from search.backends.answers import at_least
from search.engines import Asked, Word

from .entries import make_entry


@given(st.integers(0, 10**8))
def test_an_estimate_is_told_in_round_numbers_below_it(number):
    told, estimated = at_least(number)
    assert estimated == (number > questions.EXACTLY)
    if estimated:
        assert 0.85 * number < told < number
        assert set(str(told)[2:]) <= {"0"}
    else:
        assert told == number


def test_facets_that_nobody_chose_in_share_one_sample():
    asked = Asked(words=(Word("x"),), section="library", chosen={"type": frozenset({"if"})})
    counted = questions.section_search(asked, "library", {"match_all": {}})["aggs"]
    assert set(counted) == {"total", "left", "facet type"}
    assert "facet type" not in counted["left"]["aggs"]["best"]["aggs"]
    assert set(counted["facet type"]["aggs"]["best"]["aggs"]) == {"facet type"}


def test_of_very_many_the_facets_of_the_best_are_counted_and_said_to_be_more(db, server_engine, monkeypatch):
    monkeypatch.setattr(questions, "FACETED", 3)
    for number in range(8):
        make_entry(f"Savings {number}", facets={"type": ["if" if number % 2 else "cs"]})
    server_engine.index()
    found = server_engine.ask("savings", section="library")
    assert (found.total, found.total_at_least, found.facets_at_least) == (8, False, True)
    assert sum(found.facets["type"].values()) == 3
    found = server_engine.ask("savings", section="library", chosen={"type": frozenset({"if"})})
    assert found.total == 4
    assert set(found.facets["type"]) <= {"if", "cs"}
    monkeypatch.setattr(questions, "FACETED", 100)
    found = server_engine.ask("savings", section="library", chosen={"type": frozenset({"if"})})
    assert (found.facets["type"], found.facets_at_least) == ({"if": 4, "cs": 4}, False)
