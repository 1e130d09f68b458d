"""What a search server is asked so that words in very many texts cost little: few entries are looked at and counted,
more only where it matters, and what is shown and told stays true."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.backends import searches
from search.backends.answers import told
from search.backends.documents import number_of
from search.engines import EVERYBODY, Asked, Expansion, Hits, Word
from search.models import Entry
from search.queries.finding import are_few

from .entries import make_entry, unsaved_entry

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
    assert at_least == more
    if at_least:
        assert 0.9 * number <= shown <= number
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
    assert (found.total, found.total_at_least) == (11, True)  # there is another page
    assert found.facets_at_least == {"type", "theme", "territory", "language", "year", "collection"}
    assert found.facets["type"] == {"if": 4}
    assert (found.totals, found.at_least) == ({"library": 10, "glossary": 1}, {"library"})
    assert len(found.rows["library"]) == 10
    monkeypatch.setattr(searches, "COUNTED", 30)
    found = server_engine.ask("savings", section="library")
    assert (found.total, found.total_at_least, found.facets_at_least) == (20, False, frozenset())


def test_as_many_as_are_counted_are_counted_exactly(server_engine):
    """Beyond some number a server estimates, under each value of a facet too."""
    number = searches.COUNTED
    Entry.objects.bulk_create(
        unsaved_entry("Savings", facets={"type": ["if"], "year": [str(2000 + at % 2)]})
        for at in range(number - 1)
    )
    server_engine.index()
    found = server_engine.ask("savings", section="library")
    assert (found.total, found.total_at_least) == (number - 1, False)
    assert found.facets["type"] == {"if": number - 1}
    assert found.facets["year"] == {"2000": number // 2, "2001": number // 2 - 1}


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
    assert found.facets_at_least == {"type"}  # for the other types


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


def test_topics_can_all_be_reached_though_the_posts_of_one_fill_what_is_counted(server_engine, monkeypatch):
    monkeypatch.setattr(searches, "COUNTED", 10)
    lowest = min((f"topic:{number}" for number in range(30)), key=number_of)
    for _number in range(15):
        make_entry("Savings savings", section="forum", work=lowest)
    for number in range(30):
        make_entry("Savings", section="forum", work=f"topic:{number}")
    server_engine.index()
    found, start = [], 0
    while True:
        hits = server_engine.ask("savings", section="forum", window=(start, start + 10))
        found += hits.rows.get("forum", ())
        assert hits.found
        if hits.total <= start + 10:
            break
        start += 10
    assert len(found) == len({hit.entry for hit in found}) == 30


def test_what_holds_some_words_has_its_pages_too(server_engine):
    for _number in range(100):
        make_entry("Savings savings", section="forum", work="topic:0")
    for number in range(1, 30):
        make_entry("Talk", body="Savings, at last", section="forum", work=f"topic:{number}")
    server_engine.index()
    words = Word("savings"), Word("zebra")
    for start in (0, 10, 20):
        wide = Asked(words=words, any_word=True, section="forum", window=(start, start + 10))
        (hits,), _none = server_engine._there.answer_otherwise([wide], [])
        assert len(hits.rows["forum"]) == 10


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


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_follow_each_other_beyond_what_is_weighed(server_engine, monkeypatch, language):
    """Each work stands on one page, and on one alone, though the best are archived."""
    monkeypatch.setattr(searches, "WEIGHED", 25)
    monkeypatch.setattr(searches, "ENTRIES", 5)
    monkeypatch.setattr(searches, "OF_A_WORK", 1)
    for number in range(60):
        make_entry("Savings" if number < 40 else "Savings, one word more", archived=number < 40)
    server_engine.index()
    pages = [
        server_engine.ask("savings", section="library", language=language, window=(start, start + 5))
        for start in range(0, 65, 5)
    ]
    rows = [page.rows.get("library", ()) for page in pages]
    assert [len(each) for each in rows] == [5] * 12 + [0]
    assert len({hit.entry for each in rows for hit in each}) == 60


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


def test_the_longest_question_in_many_languages_is_not_refused(server_engine):
    words = tuple(Word(f"word{number}") for number in range(12))
    terms = ((0, 4), (5, 9))
    languages = ("en", "fr", "es", "pt", "de", "it", "ca", "ar")
    expansions = tuple(Expansion("a term", language, words, terms) for language in languages)
    make_entry(" ".join(word.text for word in words))
    server_engine.index()
    typed = " ".join(word.text for word in words)
    assert server_engine.ask(typed, section="library", expansions=expansions).total == 1


@pytest.mark.parametrize(
    ("hits", "few"),
    [
        ({"totals": {"forum": 3}}, True),
        ({"totals": {}}, False),
        ({"totals": {"forum": 4}}, False),
        ({"totals": {"forum": 3}, "at_least": frozenset({"forum"})}, False),
        ({"totals": {"forum": 3}, "asked_again": True}, False),
    ],
)
def test_no_third_request_is_made_for_other_words(hits, few):
    assert are_few(Hits(rows={}, **hits)) == few
