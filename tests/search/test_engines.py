"""What every engine finds, counts and leaves out: the same questions to the database and to each search server."""

from datetime import UTC, datetime, timedelta

import pytest

from search.engines import EVERYBODY, Expansion, Word
from search.models import Entry
from tests.search.conftest import NOW
from tests.search.entries import make_entry

pytestmark = pytest.mark.django_db

# language, what is typed, what it is to find
SAME_WORD = [
    ("fr", "economie", "L’économie des territoires"),
    ("fr", "l'économie", "Économie et société"),
    ("fr", "ÉCONOMIE", "Les économies locales"),
    ("fr", "cooperatives", "Une coopérative d’habitants"),
    ("fr", "aujourd’hui coopérative", "La coopérative d’aujourd’hui"),
    ("en", "co-operative", "A cooperative bank"),
    ("en", "cooperative", "The co-operative bank"),
    ("en", "banks", "The bank of the valley"),
    ("en", "cafe", "Café tables"),
    ("es", "economia", "Economía solidaria"),
    ("es", "cooperativa", "Las cooperativas del valle"),
    ("pt", "economia", "As economias solidárias"),
    ("de", "genossenschaften", "Eine Genossenschaft"),
    ("it", "l'economia", "Economie locali"),
    ("ca", "economia", "L’economia social"),
    ("ar", "الاقتصاد", "اقتصاد التضامن"),
]


@pytest.mark.parametrize(("language", "typed", "title"), SAME_WORD, ids=lambda value: value[:14])
def test_a_word_is_found_in_the_form_its_language_gives_it(engine, language, typed, title):
    make_entry(title, language=language)
    make_entry("Zug um Zug nach Norden", language=language)
    engine.index()
    assert engine.titles(typed, language=language) == [title]


def test_all_words_must_be_found_wherever_they_stand(engine):
    make_entry("Solidarity finance", body="How savings stay where they are made.")
    make_entry("Solidarity")
    engine.index()
    assert engine.titles("solidarity savings") == ["Solidarity finance"]
    assert sorted(engine.titles("solidarity savings", any_word=True)) == ["Solidarity", "Solidarity finance"]


def test_stop_words_alone_are_found_as_they_stand(engine):
    make_entry("To be or not to be")
    make_entry("Anything else")
    engine.index()
    assert engine.titles("to be or not to be") == ["To be or not to be"]


def test_phrases_are_found_as_they_stand(engine):
    make_entry("Ours", body="The social economy of the valley")
    make_entry("Theirs", body="An economy that is social")
    engine.index()
    assert engine.titles('"social economy"') == ["Ours"]
    assert engine.titles('"SOCIAL economy of"') == ["Ours"]


@pytest.mark.parametrize(
    ("language", "title", "typed"),
    [
        ("fr", "Un logement pour tous", '"pour tous"'),
        ("fr", "Un logement pour tous", 'logement "pour tous"'),
        ("en", "Housing for all", 'housing "for all"'),
        ("en", "To be or not to be", '"to be or not"'),
    ],
)
def test_phrases_of_stop_words_are_found_too(engine, language, title, typed):
    make_entry(title, language=language)
    make_entry("Tous pour un logement, all for housing, or be not", language=language)
    engine.index()
    assert engine.titles(typed, language=language) == [title]


def test_no_phrase_goes_over_the_end_of_a_text(engine):
    make_entry("Savings", summary="bank", body="valley")
    engine.index()
    assert engine.titles('"bank valley"') == []


def test_codes_are_found_exactly_and_the_document_itself_first(engine):
    make_entry("Mentions it", body="See IF2010-03 for more. " * 5)
    make_entry("Is it", code="IF2010-03")
    make_entry("Another", code="IF2010-30")
    engine.index()
    assert engine.titles("if 2010-3") == ["Is it", "Mentions it"]


def test_a_title_comes_before_a_summary_and_a_summary_before_a_text(engine):
    filling = "Words of all sorts about this and that stand here in some length. "
    make_entry("In the text", summary=filling, body="Finance. " + filling)
    make_entry("In the summary", summary="Finance. " + filling, body=filling)
    make_entry("Finance in the title", summary=filling, body=filling)
    engine.index()
    assert engine.titles("finance") == ["Finance in the title", "In the summary", "In the text"]


def test_the_readers_language_comes_first(engine):
    make_entry("Finance locale", language="fr", moment=NOW)
    make_entry("Finance local", language="en")
    engine.index()
    assert engine.titles("finance", language="en") == ["Finance local", "Finance locale"]
    assert engine.titles("finance", language="fr") == ["Finance locale", "Finance local"]


def test_what_is_archived_comes_last(engine):
    make_entry("Finance A", archived=True, moment=NOW)
    make_entry("Finance B")
    engine.index()
    assert engine.titles("finance") == ["Finance B", "Finance A"]


def test_the_newer_of_two_that_are_as_good_comes_first(engine):
    for year in (2012, 2024, 2018):
        make_entry(f"Finance {year}", moment=datetime(year, 1, 1, tzinfo=UTC))
    engine.index()
    assert engine.titles("finance") == ["Finance 2024", "Finance 2018", "Finance 2012"]


def test_a_work_is_found_and_counted_once(engine):
    make_entry("Finance", language="en", work="one")
    make_entry("Finance", language="fr", work="one")
    make_entry("Finance", work="two")
    engine.index()
    hits = engine.ask("finance", section="library", language="fr")
    assert (hits.totals, hits.total) == ({"library": 2}, 2)
    assert sorted(hit.more for hit in hits.rows["library"]) == [0, 1]
    assert hits.facets["language"] == {"en": 2, "fr": 1}
    in_english = engine.ask("finance", section="library", chosen={"language": frozenset({"en"})})
    assert [hit.more for hit in in_english.rows["library"]] == [0, 0]


@pytest.mark.parametrize("section", ["library", "glossary", "people"])
def test_a_work_is_shown_in_the_readers_language_wherever_its_words_are_found_there(engine, section):
    shared = {"section": section, "work": "one"}
    make_entry("Finance", language="fr", moment=NOW, **shared)
    make_entry("Savings", language="en", body="Nothing much, at length. " * 50 + "Of finance.", **shared)
    make_entry("Finance", language="es", moment=NOW, **shared)
    make_entry("Ahorros", language="ca", **shared)
    make_entry("Local finance", section=section, work="two", language="fr")
    engine.index()
    assert engine.titles("finance", section=section, language="en") == ["Savings", "Local finance"]
    assert engine.titles("finance", section=section, language="ca") == ["Finance", "Local finance"]
    hits = engine.ask("finance", language="en").rows[section]
    assert [(hit.more, hit.expansion) for hit in hits] == [(2, -1), (0, -1)]
    (french, _other) = engine.ask(
        "finance", section=section, language="en", chosen={"language": frozenset({"fr"})}
    ).rows[section]
    assert (Entry.objects.get(pk=french.entry).language, french.more) == ("fr", 0)


def test_a_work_is_shown_in_the_readers_language_if_only_an_expansion_is_found_there(engine):
    make_entry("Solidarity economy", language="en", work="one")
    make_entry("Economía solidaria", language="es", work="one")
    make_entry("Solidarity economy, and nothing else", language="en")
    engine.index()
    expansion = Expansion("economía solidaria", "es", (Word("economía"), Word("solidaria")))
    asked = {"language": "es", "expansions": (expansion,), "section": "library"}
    rows = engine.ask("solidarity economy", **asked).rows["library"]
    titles = dict(Entry.objects.values_list("pk", "title"))
    assert {titles[hit.entry]: (hit.expansion, hit.more) for hit in rows} == {
        "Economía solidaria": (0, 1),
        "Solidarity economy, and nothing else": (-1, 0),
    }


def test_of_a_conversation_the_post_that_answers_best_is_shown_in_whatever_language(engine):
    make_entry("Finance", section="forum", work="topic", language="fr")
    make_entry(
        "Savings", section="forum", work="topic", language="en", body="Nothing much. " * 50 + "Finance."
    )
    engine.index()
    (hit,) = engine.ask("finance", section="forum", language="en").rows["forum"]
    assert (Entry.objects.get(pk=hit.entry).title, hit.more) == ("Finance", 1)


def test_every_section_is_counted_and_shows_its_best(engine):
    for number in range(6):
        make_entry(f"Finance {number}")
    make_entry("Finance, a term", section="glossary", kind="term")
    make_entry("Finance in the forum", section="forum", kind="post", access="forum.1")
    engine.index()
    asked = {"access": frozenset([EVERYBODY, "forum.1"]), "window": (0, 4)}
    hits = engine.ask("finance", **asked)
    assert hits.totals == {"library": 6, "glossary": 1, "forum": 1}
    assert {section: len(rows) for section, rows in hits.rows.items()} == {
        "library": 4,
        "glossary": 1,
        "forum": 1,
    }
    within = engine.ask("finance", section="glossary", **asked)
    assert within.totals == hits.totals
    assert list(within.rows) == ["glossary"]


def test_facets_count_all_values_and_ignore_their_own_choice(engine):
    for number in range(25):
        make_entry(
            f"Finance {number}", facets={"theme": [f"theme-{number}"], "type": ["cs" if number % 2 else "if"]}
        )
    engine.index()
    hits = engine.ask("finance", section="library")
    assert hits.facets["theme"] == {f"theme-{number}": 1 for number in range(25)}
    assert hits.facets["type"] == {"if": 13, "cs": 12}
    chosen = {"type": frozenset({"cs"}), "theme": frozenset({"theme-1", "theme-2", "theme-3"})}
    narrowed = engine.ask("finance", section="library", chosen=chosen)
    assert (narrowed.total, narrowed.totals["library"]) == (2, 25)
    assert narrowed.facets["type"] == {"cs": 2, "if": 1}
    assert len(narrowed.facets["theme"]) == 12


def test_pages_follow_each_other_and_end(engine):
    for number in range(23):
        make_entry(f"Finance {number}", moment=datetime(2000 + number, 1, 1, tzinfo=UTC))
    engine.index()
    pages = [engine.titles("finance", window=(start, start + 10)) for start in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 3, 0]
    assert len({title for page in pages for title in page}) == 23
    assert engine.titles("finance", window=(10**6, 10**6 + 10)) == []


def test_nobody_finds_what_they_may_not_see(engine):
    make_entry("Finance for all", section="forum", access=EVERYBODY)
    make_entry("Finance for some", section="forum", access="forum.7")
    make_entry("Finance closed", language="pt")
    make_entry("Finance over", until=NOW - timedelta(minutes=1))
    make_entry("Finance to come down", until=NOW + timedelta(days=1))
    engine.index()
    open_here = {"open_languages": frozenset({"en"}), "languages": ("en", "pt")}
    hits = engine.ask("finance", **open_here)
    assert hits.totals == {"library": 1, "forum": 1}
    assert engine.titles("finance", **open_here) == ["Finance to come down"]
    assert engine.titles("finance", section="forum", **open_here) == ["Finance for all"]
    theirs = engine.ask("finance", section="forum", access=frozenset([EVERYBODY, "forum.7"]), **open_here)
    assert theirs.total == 2


def test_what_only_an_expansion_finds_comes_last_and_says_so(engine):
    make_entry("Economía solidaria en el valle", language="es")
    make_entry("Solidarity economy", language="en", body="Nothing much, at length. " * 50)
    engine.index()
    expansion = Expansion("economía solidaria", "es", (Word("economía"), Word("solidaria")))
    asked = {"language": "es", "expansions": (expansion,), "section": "library"}
    assert engine.titles("solidarity economy", **asked) == [
        "Solidarity economy",
        "Economía solidaria en el valle",
    ]
    rows = engine.ask("solidarity economy", **asked).rows["library"]
    assert [hit.expansion for hit in rows] == [-1, 0]
    assert engine.ask("solidarity economy", section="library", language="es").total == 1


def test_an_entry_that_changes_is_found_as_it_is(engine):
    entry = make_entry("Finance")
    engine.index()
    entry.title = "Housing"
    entry.save()
    engine.index()
    assert engine.titles("finance") == []
    assert engine.titles("housing") == ["Housing"]
