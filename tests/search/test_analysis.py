"""Words as they are looked for: what makes no difference, and what does."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import STEMMERS, folded, groups, indexed, is_code, stems, tidy, tokens
from search.asking import read
from search.engines import Word

LANGUAGES = st.sampled_from([*STEMMERS, "ja", "xx", "pt-br"])
WORDS = st.text(st.characters(categories=["Ll", "Lu", "Lt", "Lo", "Mn", "Nd"]), min_size=1, max_size=20)


def words(text: str) -> list[str]:
    return [token.folded for token in tokens(tidy(text))]


def meets(typed: str, text: str, language: str) -> bool:
    """Whether a query finds a text of that language."""
    there = set(indexed(tidy(text), language).stems)
    found = groups(read(typed).words, language)
    return bool(found) and all(
        any(all(set(stem) & there for stem in alternative) for alternative in group) for group in found
    )


@given(st.text())
def test_tokens_stand_where_they_say_and_in_order(text):
    text, end = tidy(text), 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text) or token.start >= end - 1  # pairs overlap
        assert token.folded
        assert not any(map(str.isspace, token.folded))
        end = token.end


@given(st.text(), LANGUAGES)
def test_any_text_can_be_indexed_and_asked_for(text, language):
    found = indexed(tidy(text), language)
    assert all(found.words)
    assert all(found.stems)
    assert not any(set(word) & set(" \"'\0=") for word in [*found.words, *found.stems])
    groups(read(text).words, language)


@given(WORDS)
def test_folding_takes_away_case_and_accents_once_and_for_all(word):
    plain = folded(word)
    assert folded(plain) == plain
    assert folded(word.upper()) == folded(word.upper().lower())
    assert folded(unicodedata.normalize("NFD", word)) == plain
    assert folded(unicodedata.normalize("NFC", word)) == plain


@given(
    st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x17F), min_size=1, max_size=14), LANGUAGES
)
def test_a_word_typed_without_its_accents_is_found(word, language):
    for token in tokens(tidy(word)):
        written = tidy(word)[token.start : token.end]
        assert set(stems(token.folded, language)) <= set(stems(written, language))


@given(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=14), LANGUAGES)
def test_a_text_is_found_by_its_own_words(word, language):
    if groups(read(word).words, language):
        assert meets(word, word, language)


def test_folding_of_letters_that_are_two():
    assert [folded(word) for word in ("Œuvre", "Straße", "Łódź", "İzmir", "ﬁle", "col·lectiu")] == [
        *("oeuvre", "strasse", "lodz", "izmir", "file", "collectiu")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’économie d'aujourd’hui", ["economie", "aujourd", "hui"]),
        ("l'economia dell’Italia", ["economia", "italia"]),
        ("l’economia d'ara", ["economia", "ara"]),
        ("qu’une lorsqu'il", ["une", "il"]),
        ("Ana's didn’t o'clock", ["ana", "didn", "o", "clock"]),
        ("Lux’09, 1,000 km²", ["lux", "09", "1", "000", "km2"]),
        ("soli\u00addarité", ["solidarite"]),
        ("mot\u200bcollé", ["motcolle"]),
        ("v'è chi v’andò", ["e", "chi", "ando"]),
        ("قال ﷺ نعم", ["قال", "صلياللهعليهوسلم", "نعم"]),
        ("foo_bar -- baz", ["foo", "bar", "baz"]),
    ],
)
def test_what_words_are(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("a" * 40, True),
        ("a" * 41, False),
        ("Straßenentwässerungsinvestitionsbeiträge", False),  # 40 letters, and 41 once they are folded
        ("مَ" * 40, True),  # 40 letters, each with its vowel
        ("a\u0301" * 1_000_000, False),
    ],
    ids=["forty", "more", "more once folded", "with vowels", "very many"],
)
def test_a_word_has_at_most_forty_letters_once_it_is_folded(word, known):
    assert [len(found) for found in words(word)] == ([40] if known else [])


@pytest.mark.parametrize(
    "written", ["IF2010-03", "if2010 03", "IF 2010-3", "If2010–03", "IF2010.03", "if2010-003"]
)
def test_a_reference_code_is_one_word_however_it_is_written(written):
    assert words(f"See {written}, please") == ["see", "if2010-03", "please"]
    assert read(written).codes == ("IF2010-03",)


@pytest.mark.parametrize(
    "written",
    ["XIF2010-03", "IF20103", "IF2010", "IF1800-03", "I2010-03", "IF2010-0345", "in 2008-09", "de 2009-10"],
)
def test_what_is_no_reference_code(written):
    assert not any(map(is_code, words(written)))


def test_the_year_of_a_code_finds_it_too():
    assert meets("IF2010", "The file IF2010-03", "en")


@pytest.mark.parametrize(
    ("language", "typed", "text"),
    [
        ("fr", "economie", "les économies locales"),
        ("fr", "ÉVALUER", "une évaluation"),
        ("fr", "formee", "ils sont formés"),
        ("fr", "egalite", "l’égalité"),
        ("fr", "co-opératives", "la coopérative"),
        ("en", "cooperative", "a co-operative"),
        ("en", "co operatives", "a cooperative"),
        ("en", "co-operative", "the co operative bank"),
        ("en", "worklife", "work-life balance"),
        ("en", "work-life", "a work life"),
        ("en", "networks", "networking"),
        ("es", "jovenes", "una persona joven"),
        ("es", "accion", "las acciones"),
        ("pt", "acoes", "uma ação"),
        ("pt", "ação", "as acoes"),
        ("de", "Genossenschaften", "die Genossenschaft"),
        ("de", "strasse", "Straßen"),
        ("it", "cooperativa", "le cooperative"),
        ("ca", "solidària", "economies solidàries"),
        ("ar", "التعاونيات", "تعاونية"),
        ("ar", "تعاونيات", "التعاونيات"),
        ("ja", "経済", "社会的連帯経済"),
    ],
)
def test_forms_of_a_word_find_each_other(language, typed, text):
    assert meets(typed, text, language)


@pytest.mark.parametrize(
    ("language", "typed", "text"),
    [
        ("fr", "solidaire", "solitaire"),
        ("en", "cooperative", "operative"),
        ("en", "co-operative", "operative"),
        ("fr", "marché", "merchandise"),
        ("es", "del", "fin de la feria"),
    ],
)
def test_other_words_do_not(language, typed, text):
    assert not meets(typed, text, language)


def test_stop_words_are_not_looked_for_unless_there_is_nothing_else():
    assert len(groups(read("the economy of the commons").words, "en")) == 2
    assert groups(read("to be or not to be").words, "en") == ()
    # Only in their own language.
    assert len(groups(read("la economía").words, "en")) == 2
    assert len(groups(read("la economía").words, "es")) == 1
    # Nor are two of them written in one.
    assert len(groups(read("calendario de la síntesis").words, "es")) == 2
    assert meets("calendario de la síntesis", "síntesis y calendario", "es")


def test_no_phrase_is_made_of_what_a_hyphen_joins():
    assert groups((Word("vice", True), Word("president")), "en") == (
        ((("vicepresid",),), (("vice",), ("presid",))),
    )
