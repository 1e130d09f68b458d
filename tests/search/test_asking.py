"""What somebody types, read: nothing of it is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.asking import LONGEST, MOST_PHRASES, MOST_WORDS, read
from search.engines import Word


def said(text: str) -> list[str]:
    return [word.text for word in read(text).words]


@given(st.text())
def test_a_query_is_one_short_line_of_few_words(text):
    query = read(text)
    assert len(query.text) <= LONGEST
    assert query.text == query.text.strip()
    assert not any(ord(character) < 32 or character == "\x7f" for character in query.text)
    assert len(query.words) <= MOST_WORDS
    assert len(query.phrases) <= MOST_PHRASES
    assert read(query.text).text == query.text


@given(st.lists(st.sampled_from(['"', "“", "”", "«", "»", "„", "'", "(", ")", "*", "AND", "word", "-", " "])))
def test_quotation_marks_and_operators_in_any_order(parts):
    query = read("".join(parts))
    assert {word.text for word in query.words} <= {"word", "AND"} | {
        "".join(parts[start:end]) for start in range(len(parts)) for end in range(start, len(parts) + 1)
    }


@pytest.mark.parametrize(
    ("text", "words", "phrases"),
    [
        ('"social economy" bank', ["bank"], [("social", "economy")]),
        ("« Économie solidaire » banque", ["banque"], [("economie", "solidaire")]),
        ("“third pillar”", [], [("third", "pillar")]),
        ("„dritter Pfeiler“", [], [("dritter", "pfeiler")]),
        ('an "open quote', ["an", "open", "quote"], []),
        ('"" empty', ["empty"], []),
        ("NOT bank OR (valley)", ["NOT", "bank", "OR", "valley"], []),
        ("bank* title:valley^2 ~1", ["bank", "title", "valley", "2", "1"], []),
        ("<script>alert(1)</script>", ["script", "alert", "1"], []),
        ("bank bank Bank", ["bank", "Bank"], []),
    ],
)
def test_words_and_phrases(text, words, phrases):
    query = read(text)
    assert said(text) == words
    assert list(query.phrases) == phrases


def test_what_is_too_long_is_cut_and_that_is_said():
    assert read("a " * 500).cut
    assert read(" ".join(f"word{chr(97 + number)}" for number in range(20))).cut
    assert not read("few words").cut


def test_a_hyphen_ties_words():
    assert read("co-operative bank").words == (Word("co", True), Word("operative"), Word("bank"))


@pytest.mark.parametrize("text", ["", " ", "!?", "…", "\0", "'", '"', "---", "\u200f", "💡"])
def test_nothing_to_look_for(text):
    assert read(text).empty
