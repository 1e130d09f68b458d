"""What a search server is asked so that words in very many texts cost little: few entries are looked at and counted,
more only where it matters, and what is shown and told stays true."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.backends import searches
from search.backends.answers import told
from search.engines import EVERYBODY, Asked, Word

from .entries import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def trips(there, monkeypatch):
    """The requests that the server gets."""
    made = []
    monkeypatch.setattr(there, "perform", lambda *each, real=there.perform: made.append(each) or real(*each))
    return made


@pytest.fixture
def few_are_looked_at(monkeypatch):
    monkeypatch.setattr(searches, "ENTRIES", 0)
    monkeypatch.setattr(searches, "OF_A_WORK", 1)


@given(st.integers(0, 10**8), st.booleans())
def test_what_was_not_counted_to_its_end_is_told_in_round_numbers_below_it(number, more):
    shown, at_least = told(number, more)
    assert at_least == (more or number > searches.COUNTED)
    if at_least:
        assert 0.85 * number - 1 < shown <= number
        assert set(str(shown)[2:]) <= {"0"}
    else:
        assert shown == number


def test_counting_ends_and_says_so(server_engine, monkeypatch):
    monkeypatch.setattr(searches, "COUNTED", 4)
    for number in range(20):
        make_entry(f"Savings {number}", facets={"type": ["if"]})
    make_entry("Savings", section="glossary")
    server_engine.index()
    found = server_engine.ask("savings", section="library")
    assert (found.total, found.total_at_least, found.facets_at_least) == (3, True, True)
    assert found.facets["type"] == {"if": 4}
    assert (found.totals, found.at_least) == ({"library": 3, "glossary": 1}, {"library"})
    assert len(found.rows["library"]) == 10
    monkeypatch.setattr(searches, "COUNTED", 30)
    found = server_engine.ask("savings", section="library")
    assert (found.total, found.total_at_least, found.facets_at_least) == (20, False, False)


def test_a_choice_that_leaves_few_is_counted_to_its_end(server_engine, monkeypatch):
    """However much there is without it."""
    monkeypatch.setattr(searches, "COUNTED", 6)
    for number in range(30):
        make_entry(
            f"Savings {number}", facets={"type": ["if" if number in (3, 17) else "cs"], "year": ["2020"]}
        )
    server_engine.index()
    found = server_engine.ask("savings", section="library", chosen={"type": frozenset({"if"})})
    assert (found.total, found.total_at_least, len(found.rows["library"])) == (2, False, 2)
    assert found.facets["year"] == {"2020": 2}
    assert found.at_least == {"library"}
    assert found.facets_at_least  # of the other types


def test_a_page_has_its_topics_however_many_posts_one_of_them_has(server_engine, few_are_looked_at, trips):
    for number in range(40):
        make_entry(f"Savings savings {number}", section="forum", work="topic:1")
    for number in range(2, 6):
        make_entry("Talk", body="Of savings, among much else", section="forum", work=f"topic:{number}")
    server_engine.index()
    trips.clear()
    found = server_engine.ask("savings", section="forum", window=(0, 3))
    assert len(trips) == 2
    assert len(found.rows["forum"]) == 3
    assert [hit.more for hit in found.rows["forum"]] == [39, 0, 0]
    assert not found.rows["forum"][0].more_at_least
    later = server_engine.ask("savings", section="forum", window=(3, 6)).rows["forum"]
    assert len({hit.entry for hit in [*found.rows["forum"], *later]}) == 5
    trips.clear()
    assert server_engine.ask("savings", section="forum", window=(0, 1)).rows["forum"][0].more_at_least
    assert len(trips) == 1


def test_of_few_topics_with_many_posts_no_more_is_asked(server_engine, few_are_looked_at, trips):
    for number in range(20):
        make_entry(f"Savings {number}", section="forum", work="topic:1")
    server_engine.index()
    trips.clear()
    assert len(server_engine.ask("savings", section="forum").rows["forum"]) == 1
    assert len(trips) == 1


@pytest.mark.parametrize("case", ["open", "closed", "not chosen"])
def test_a_work_is_shown_in_the_readers_language_though_better_entries_hide_it(
    server_engine, few_are_looked_at, trips, case
):
    for number in range(20):
        year = 2000 + number
        moment = datetime(year, 1, 1, tzinfo=UTC)
        make_entry("Coopérative", language="fr", work=f"w{number}", moment=moment)
    own = make_entry("Otra", body="De la coopérative, entre tantas otras cosas", language="es", work="w19")
    server_engine.index()
    trips.clear()
    found = server_engine.ask(
        "coopérative",
        section="library",
        language="es",
        open_languages=frozenset({"fr"} if case == "closed" else {"fr", "es"}),
        chosen={"language": frozenset({"fr"})} if case == "not chosen" else {},
    )
    shown = [hit.entry for hit in found.rows["library"]]
    assert (shown[0] == own.pk) == (case == "open")
    assert (own.pk in shown) == (case == "open")
    assert len(shown) == 10
    assert len(trips) == (1 if case == "closed" else 2)


def test_pages_follow_each_other_beyond_what_is_weighed(server_engine, monkeypatch):
    """Each work stands on one page, and on one alone."""
    monkeypatch.setattr(searches, "WEIGHED", 7)
    monkeypatch.setattr(searches, "ENTRIES", 1)
    monkeypatch.setattr(searches, "OF_A_WORK", 1)
    for number in range(40):
        make_entry(
            "Savings " * (number % 3 + 1),
            language="fr" if number % 2 else "en",
            archived=number % 5 == 0,
            work=f"w{number // 2}",
        )
    server_engine.index()
    pages = [
        server_engine.ask("savings", section="library", window=(start, start + 4)).rows.get("library", ())
        for start in range(0, 24, 4)
    ]
    assert [len(page) for page in pages] == [4, 4, 4, 4, 4, 0]
    assert len({hit.entry for page in pages for hit in page}) == 20


def test_other_words_are_tried_for_what_their_reader_may_see(server_engine, trips):
    make_entry("Savings", access="category:7", section="forum")
    make_entry("Money", language="fr")
    make_entry("Solidarity", section="glossary")
    server_engine.index()
    words = ("savings", "money", "nothing", "solidarity")
    tries = [
        Asked(words=(Word(word),), languages=("en", "fr"), open_languages=frozenset({"en"})) for word in words
    ]
    there = server_engine._there
    trips.clear()
    hits, first = there.answer_otherwise([], tries)
    assert (hits, first, len(trips)) == ([], 3, 1)
    member = [
        Asked(words=each.words, access=frozenset({EVERYBODY, "category:7"}), languages=("en",))
        for each in tries
    ]
    assert there.answer_otherwise(tries[3:], member)[1] == 0
    assert there.answer_otherwise(tries[3:], tries[:3])[0][0].totals == {"glossary": 1}
