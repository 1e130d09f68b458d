"""Addresses that are put together for speed are those of `urls.py`."""

import pytest
from django.urls import resolve, reverse
from django.utils import translation

from forum.addresses import category_address, member_address, post_address, start, topic_address


@pytest.mark.parametrize("code", ["en", "fr"])
def test_they_are_what_reverse_answers(code):
    with translation.override(code):
        assert start() == reverse("forum:index")
        assert category_address("money") == reverse("forum:category", args=["money"])
        assert topic_address(12, "a-title") == reverse("forum:topic", args=[12, "a-title"])
        assert topic_address(12, "un-été") == reverse("forum:topic", args=[12, "un-été"])
    assert post_address(7) == reverse("forum_post", args=[7])
    assert member_address(7) == reverse("forum_member", args=[7])


def test_a_post_stands_on_its_page():
    with translation.override("en"):
        assert topic_address(1, "x", 20) == "/en/forum/t/1-x/#post-20"
        assert topic_address(1, "x", 21) == "/en/forum/t/1-x/?page=2#post-21"
        assert topic_address(1, "x", page=3) == "/en/forum/t/1-x/?page=3"
        assert topic_address(1, "x", language="es") == "/es/forum/t/1-x/"


def test_fixed_words_are_no_categories():
    from forum.models.category import RESERVED_SLUGS

    with translation.override("en"):
        for word in RESERVED_SLUGS:
            match = (
                resolve(f"/en/forum/{word}/")
                if word in {"new", "drafts", "members", "files", "preview"}
                else None
            )
            assert match is None or match.url_name != "category", word
