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


@pytest.mark.parametrize(
    "typed",
    [
        "IF2010-03",
        "if2010-03",
        "IF 2010-03",
        "if-2010-03",
        "IF2010/03",
        "if/2010/03",
        "IF_2010_03",
        "IF.2010.03",
        "IF2010:03",
        "IF2010 - 03",
        "IF2010—03",
        "IF2010−03",
        "IF 2010 03",
        "IF201003",
        "if 201003",
        "IF2010 n° 3",
        "IF2010 no. 3",
        "IF2010 #3",
        "“IF2010/03”",
        "(IF2010/03).",
    ],
)
def test_a_reference_code_however_it_is_typed(typed):
    query = read(f"bread {typed}")
    assert query.codes == ("IF2010-03",)
    assert said(f"bread {typed}") == ["bread"]
    assert query.phrases == ()
    assert query.text == f"bread {typed}"


@pytest.mark.parametrize(
    "typed",
    [
        "in 2008-09",
        "en 2009/10",
        "on 2010-03",
        "EV 2009/04/22",
        "XIF2010/03",
        "IF2010/0345",
        "IF 20103",
        "IF2010, 3",
        "IF1800/03",
        "2010/03",
        "IF2010",
    ],
)
def test_what_may_be_something_else_is_no_reference_code(typed):
    assert read(typed).codes == ()
    assert read(typed).words


@pytest.mark.parametrize("text", ["", " ", "!?", "…", "\0", "'", '"', "---", "\u200f", "💡"])
def test_nothing_to_look_for(text):
    assert read(text).empty
