"""Texts with more different words than an index has room for."""

import random

import pytest

from search.models.entry import LONGEST_BODY
from tests.search.entries import make_entry

pytestmark = pytest.mark.django_db


def different_words(seed: int) -> str:
    """A text written without spaces: hardly a pair of its letters stands in it twice."""
    letters = random.Random(seed)
    return "".join(chr(letters.randrange(0x4E00, 0x9FA5)) for _each in range(LONGEST_BODY))


def test_what_comes_first_in_a_text_too_long_for_the_index_is_found(engine):
    make_entry("社会经济 of the valley", body=different_words(1), files=different_words(2))
    make_entry("Another")
    engine.index()
    assert engine.titles("经济") == ["社会经济 of the valley"]
    assert engine.titles('"of the valley"') == ["社会经济 of the valley"]
    assert engine.titles(different_words(1)[:3]) == ["社会经济 of the valley"]
