"""Glossary terms in a query: in other words and other languages, and where their words must stand in a text."""

import pytest

from search.asking import read
from search.engines import Expansion
from search.terms import Term, TermFinder, expansions
from tests.search.entries import make_entry

TERMS = [
    Term("1", {"en": ["solidarity economy", "solidarity-based economy"], "es": ["economía solidaria"]}),
    Term("2", {"en": ["cooperative"], "es": ["cooperativa"], "fr": ["société coopérative"]}),
]


def expanded(text: str, *languages: str) -> list[Expansion]:
    words = read(text).words
    found = TermFinder(TERMS, "en").find(words)
    return list(expansions(words, found, "en", languages))


def said(expansion: Expansion) -> tuple[str, list[str]]:
    """(all words, those of each term of several)."""
    words = [word.text for word in expansion.words]
    return " ".join(words), [" ".join(words[start:end]) for start, end in expansion.terms]


@pytest.mark.parametrize(
    ("text", "language", "words", "terms"),
    [
        ("solidarity economy", "es", "economía solidaria", ["economía solidaria"]),
        ("banks of the solidarity economy here", "es", "banks of the economía solidaria here", ["economía solidaria"]),
        ("cooperatives in Quito", "es", "cooperativa in Quito", []),
        ("cooperatives in Quito", "fr", "société coopérative in Quito", ["société coopérative"]),
        (
            "cooperatives of the solidarity economy",
            "fr",
            "société coopérative of the solidarity economy",
            ["société coopérative"],
        ),
        (
            "solidarity economy of cooperatives",
            "es",
            "economía solidaria of cooperativa",
            ["economía solidaria"],
        ),
    ],
)  # fmt: skip
def test_the_words_of_a_term_are_known_among_those_of_the_query(text, language, words, terms):
    assert said(expanded(text, language)[0]) == (words, terms)


def test_another_name_in_the_same_language_is_a_term_too():
    assert said(expanded("the solidarity economy", "en")[0]) == (
        "the solidarity based economy",
        ["solidarity based economy"],
    )


# language, a term of several words, whether it is found in a text
TEXTS = [
    ("es", "economía solidaria", "La economía solidaria del valle", True),
    ("es", "economía solidaria", "Las economías solidarias", True),
    ("es", "economía solidaria", "Una economía popular, social y solidaria", True),
    ("es", "economía solidaria", "La economía del valle, y al otro lado de la montaña una escuela solidaria", False),
    ("fr", "économie solidaire", "Solidaire, une économie", True),
    ("fr", "finance sociale et solidaire", "Les finances sociales et solidaires", True),
    ("fr", "finance sociale et solidaire", "La finance sociale ; la musique, les danses, les jeux, le repas : un bal solidaire", False),
    ("en", "co-operative bank", "Many words, and then the cooperative bank of the town", True),
    ("en", "co-operative bank", "Many words, and then the co-operative bank of the town", True),
    ("en", "participatory budget", "Budgets that are participatory", True),
    ("en", "participatory budget", "A budget for roads, schools, bridges, houses, fountains and a participatory map", False),
]  # fmt: skip


def is_found_by(engine, term: str, language: str, **texts: str) -> bool:
    make_entry(texts.pop("title", "Another"), language=language, **texts)
    engine.index()
    words = read(term).words
    expansion = Expansion(term, language, words, ((0, len(words)),))
    return bool(engine.titles("zebra", expansions=(expansion,)))


@pytest.mark.parametrize(("language", "term", "text", "is_found"), TEXTS, ids=lambda value: str(value)[:24])
def test_the_words_of_a_term_must_stand_near_each_other(engine, language, term, text, is_found):
    assert is_found_by(engine, term, language, body=text) == is_found


@pytest.mark.parametrize(("elsewhere", "is_found"), [("summary", True), ("names", True), ("body", False)])
def test_the_head_of_a_text_is_about_one_thing(engine, elsewhere, is_found):
    texts = {"title": "La economía", elsewhere: "Solidaria"}
    assert is_found_by(engine, "economía solidaria", "es", **texts) == is_found


def test_other_words_of_the_query_stand_anywhere(engine):
    make_entry("Quito", language="es", body="La economía solidaria. " + "Otra cosa. " * 50)
    engine.index()
    words = read("economía solidaria Quito").words
    expansion = Expansion("economía solidaria", "es", words, ((0, 2),))
    assert engine.titles("zebra", expansions=(expansion,)) == ["Quito"]


def test_a_term_is_found_at_the_end_of_a_very_long_text(engine):
    many = " ".join(f"n{number}" for number in range(17_000))
    assert is_found_by(engine, "economía solidaria", "es", body=f"{many} Las economías solidarias")
