"""Order of words as readers of a language expect it."""

from hypothesis import given
from hypothesis import strategies as st

from cms.core.sorting import alphabetical, collation_key, first_letter

words = st.text(max_size=12)
languages = st.sampled_from(["", "en", "fr", "es", "ar"])


def in_order(language, *texts):
    return sorted(texts, key=lambda text: collation_key(text, language))


def test_accents_and_case_do_not_move_a_word_away_from_its_neighbours():
    assert in_order("fr", "Zoé", "économie", "Eco", "ecole", "École") == [
        "Eco",
        "ecole",
        "École",
        "économie",
        "Zoé",
    ]


def test_accents_decide_between_words_of_the_same_letters():
    assert in_order("fr", "côté", "cote", "coté") == ["cote", "coté", "côté"]


def test_spanish_puts_ñ_after_n_and_other_languages_do_not():
    assert in_order("es", "ñame", "nuez", "oso", "nada") == ["nada", "nuez", "ñame", "oso"]
    assert in_order("en", "ñame", "nuez", "oso", "nada") == ["nada", "ñame", "nuez", "oso"]
    assert first_letter("Ñandú", "es") == "Ñ"
    assert first_letter("Ñandú", "en") == "N"


def test_quotation_marks_and_hyphens_do_not_count():
    assert in_order("fr", "« Porte-voix »", "Porte voix", "porte") == [
        "porte",
        "Porte voix",
        "« Porte-voix »",
    ]
    assert first_letter("«\u00a0Économie\u00a0»", "fr") == "E"


def test_ligatures_are_their_letters():
    assert in_order("fr", "œuvre", "oeil", "ohm") == ["oeil", "œuvre", "ohm"]


def test_digits_and_signs_stand_under_one_heading():
    assert first_letter("2009 forum") == first_letter("…") == first_letter("") == "#"


@given(words, words, languages)
def test_two_texts_have_the_same_key_only_if_they_are_the_same(one, other, language):
    assert (collation_key(one, language) == collation_key(other, language)) == (one == other)


@given(st.lists(words, max_size=12), languages)
def test_an_index_holds_each_item_once_and_in_order(texts, language):
    index = alphabetical(texts, str, language)
    listed = [text for section in index.sections for text in section.items]
    assert listed == in_order(language, *texts)
    assert len({section.anchor for section in index.sections}) == len(index.sections)
    assert index.total == len(texts)


def test_a_long_index_is_shown_letter_by_letter():
    texts = [f"{letter}{number}" for letter in "abc" for number in range(4)]
    index = alphabetical(texts, str, "en", chosen="B", limit=10)
    assert [section.label for section in index.sections] == ["B"]
    assert [letter.url for letter in index.letters] == ["?letter=A", "?letter=B", "?letter=C"]
    assert alphabetical(texts, str, "en", chosen="nonsense", limit=10).sections[0].label == "A"
