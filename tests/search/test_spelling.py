"""The words that misspelt ones are put right with, as each process knows them."""

import pytest

from search.models import TitleWord
from search.queries.spelling import vocabulary

pytestmark = pytest.mark.django_db


def test_words_that_came_since_are_read_with_one_query(django_assert_num_queries):
    TitleWord.objects.create(folded="savings", written="savings")
    assert dict(vocabulary.words()) == {"savings": "savings"}
    TitleWord.objects.create(folded="epargne", written="épargne")
    with django_assert_num_queries(1):
        assert dict(vocabulary.words()) == {"savings": "savings", "epargne": "épargne"}


def test_a_word_that_was_committed_after_a_later_one_is_not_missed():
    TitleWord.objects.create(pk=8, folded="later", written="later")
    vocabulary.words()
    TitleWord.objects.create(pk=7, folded="earlier", written="earlier")
    assert set(vocabulary.words()) == {"later", "earlier"}


def test_what_somebody_is_looking_through_does_not_change_under_them():
    TitleWord.objects.create(folded="savings", written="savings")
    words = iter(vocabulary.words())
    TitleWord.objects.create(folded="finance", written="finance")
    vocabulary.words()
    assert list(words) == ["savings"]
