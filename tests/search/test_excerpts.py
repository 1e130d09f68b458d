"""Found words in their context: what is marked, which passage is shown, and that no text is dear to look through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import folded, stems
from search.asking import read
from search.excerpts import LENGTH, Piece, closeness, marked, passage, places, wanted
from tests.cpu import pieces


def asked(typed: str, language: str):
    query = read(typed)
    return wanted(query.words, query.phrases, query.codes, language)


def found(typed: str, text: str, language: str = "fr") -> list[str]:
    return [piece.text for piece in marked(text, asked(typed, language)) if piece.marked]


@pytest.mark.parametrize(
    ("language", "typed", "text", "expected"),
    [
        ("fr", "economie", "L’économie et les Économies", ["économie", "Économies"]),
        ("fr", "coopérative", "des coopératives, des copies", ["coopératives"]),
        ("fr", "oeuvre", "une œuvre", ["œuvre"]),
        ("en", "happy", "happiness, happy, hapless", ["happiness", "happy"]),
        ("en", '"social economy"', "The social economy", ["social", "economy"]),
        ("en", "if2010-3", "see IF 2010-03 and IF2010-30", ["IF 2010-03"]),
        ("ar", "اقتصاد", "الاقتصاد التضامني", ["الاقتصاد"]),
        ("zh", "协议", "地方协议的例子", ["协议"]),
        ("ar", "协议 اقتصاد", "协议 و الاقتصاد", ["协议", "الاقتصاد"]),
        ("en", "art", "part, smart, art", ["art"]),
        ("en", "the", "The valley", ["The"]),
    ],
)
def test_words_are_marked_in_the_forms_they_have(language, typed, text, expected):
    assert found(typed, text, language) == expected


LETTERS = st.text(alphabet="aeéimnstولا 中文协议-'.<&\n", max_size=60)


@settings(deadline=None)
@given(LETTERS, LETTERS, st.sampled_from(["fr", "en", "ar", "zh", "de"]))
def test_what_is_shown_is_the_text_and_what_is_marked_are_words_asked_for(typed, text, language):
    sought = asked(typed, language)
    shown = marked(text, sought)
    assert "".join(piece.text for piece in shown) == text.replace("\n", " · ")
    known = {stem for group in sought.stems for stem in group} | set(sought.exact)
    for place in places(text, sought):
        word = text[place.start : place.end]
        assert known & {*stems(word, language), folded(word)}


@settings(deadline=None)
@given(LETTERS, st.lists(LETTERS, max_size=3))
def test_a_passage_is_a_stretch_of_one_of_the_texts(typed, texts):
    shown = passage(texts, asked(typed, "fr"))
    whole = "".join(piece.text for piece in shown if piece.text not in ("… ", " …"))
    assert any(whole in text.replace("\n", " · ") for text in texts) if whole else True


def test_the_passage_is_the_one_with_most_of_the_words():
    filling = "Nothing of it stands here. " * 30
    text = f"Savings. {filling}Savings stay in the valley. {filling}"
    shown = passage([text], asked("savings valley", "en"))
    assert [piece.text for piece in shown if piece.marked] == ["Savings", "valley"]
    assert (shown[0], shown[-1]) == (Piece("… "), Piece(" …"))
    assert sum(len(piece.text) for piece in shown) < LENGTH + 40


@pytest.mark.parametrize(
    ("texts", "close"),
    [
        (["The social economy"], 2),
        (["An economy that is social"], 1),
        (["social", "economy"], 1),
        (["The social life"], 0),
        ([], 0),
    ],
)
def test_how_close_the_words_stand(texts, close):
    assert closeness(texts, asked("social economy", "en")) == close


LONG = 40_000  # letters: the longest post


@pytest.mark.parametrize(
    ("language", "typed", "text"),
    [
        ("ar", "中文", "中文 " + "ا" * LONG),
        ("ar", "中文 اقتصاد", "ا" * LONG),
        ("ar", "اقتصاد", "ا" * LONG),
        ("ar", "اقتصاد", "اقتصا" * (LONG // 5)),
        ("fr", "oeoeoe", "oe" * (LONG // 2)),
        ("en", "aaa", "a " * (LONG // 2)),
        ("en", "IF2010-03", "IF2010" * (LONG // 6)),
        ("zh", "中中", "中" * LONG),
        ("en", "a-b-c-d", "a-" * (LONG // 2)),
    ],
)
def test_a_text_costs_what_its_length_is_worth(language, typed, text):
    cost, _ = pieces(lambda: passage([text], asked(typed, language)))
    assert cost < 100
