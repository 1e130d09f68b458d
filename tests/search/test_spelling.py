"""The words that misspelt ones are put right with, as each process knows them."""

import pytest

from search.analysis import folded
from search.asking import read
from search.models import TitleWord
from search.queries.spelling import corrections, vocabulary

pytestmark = pytest.mark.django_db


def know(word: str, language: str = "en", **fields) -> None:
    TitleWord.objects.create(folded=folded(word), language=language, written=word, **fields)


def test_words_that_came_since_are_read_with_one_query(django_assert_num_queries):
    know("savings")
    assert dict(vocabulary.words()) == {"savings": {"en": "savings"}}
    know("épargne", "fr")
    with django_assert_num_queries(1):
        assert dict(vocabulary.words()) == {"savings": {"en": "savings"}, "epargne": {"fr": "épargne"}}


def test_a_word_that_was_committed_after_a_later_one_is_not_missed():
    know("later", pk=8)
    vocabulary.words()
    know("earlier", pk=7)
    assert set(vocabulary.words()) == {"later", "earlier"}


def test_what_somebody_is_looking_through_does_not_change_under_them():
    know("savings")
    words = iter(vocabulary.words())
    know("finance")
    vocabulary.words()
    assert list(words) == ["savings"]


def test_what_is_offered_is_of_the_readers_language_where_it_can_be():
    for word, language in [
        ("coopérative", "fr"),
        ("cooperative", "en"),
        ("cooperativa", "es"),
        ("economía", "es"),
        ("économie", "fr"),
    ]:
        know(word, language)

    def offered(typed: str, language: str) -> str:
        return " ".join(word.text for word in corrections(read(typed).words, language)[0])

    assert offered("cooperetive", "en") == "cooperative"
    assert offered("cooperetive", "fr") == "coopérative"
    assert offered("cooperetiva", "es") == "cooperativa"
    assert offered("economi", "fr") == "économie"
    assert offered("economi", "es") == "economía"
    # Better one of another language than none.
    assert offered("cooperetiva", "en") == "cooperativa"
