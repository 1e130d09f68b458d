"""Words that stand within sentences."""

import pytest
from django.utils.translation import override

from cms.wiki.wording import language_in_words, who_decides


@pytest.mark.parametrize(
    ("interface", "name"), [("en", "Spanish"), ("de", "Spanisch"), ("fr", "espagnol"), ("es", "español")]
)
def test_languages_are_called_as_within_a_sentence(interface, name):
    with override(interface):
        assert language_in_words("es") == name


def test_a_language_django_does_not_know_is_called_by_its_code():
    assert language_in_words("zz") == "zz"


def test_reviewers_are_named_with_their_language():
    with override("fr"):
        assert "(espagnol)" in who_decides("Language reviewers (es)", [])
