"""Inline HTML in its one form: what the translation library makes of it, and nothing that it would not take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.strings import StringValue

from cms.translations.inline import NotInline, link_ids, normalise_inline, plain_text
from cms.translations.markup import as_shown
from tests.cpu import pieces

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def as_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


INLINE = st.recursive(
    TEXT.map(as_html),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["b", "i", "em", "strong", "code", "abbr"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        st.tuples(st.integers(1, 9), inner).map(lambda pair: f'<a id="a{pair[0]}">{pair[1]}</a>'),
        st.tuples(inner, inner).map("<br/>".join),
        st.tuples(inner, inner).map("".join),
    ),
    max_leaves=8,
)


@given(INLINE)
def test_it_is_the_library_s_form(text):
    assert normalise_inline(text) == StringValue.from_translated_html(text).data == text


@given(INLINE)
def test_normalising_twice_is_normalising_once(text):
    assert normalise_inline(normalise_inline(text)) == normalise_inline(text)


@given(TEXT)
def test_plain_text_comes_back(text):
    assert plain_text(as_html(text)) == text


def test_lines_of_the_mark_up_are_none_of_the_text():
    text = "It is\nfiled<br/>here <b>and\r\nthere</b>."
    assert plain_text(text) == "It is filed\nhere and  there."
    assert as_shown(text) == "It is filed<br>here <b>and  there</b>."
    assert normalise_inline(text) == text


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused(text):
    try:
        once = normalise_inline(text)
    except NotInline:
        return
    assert normalise_inline(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<p>a</p>",
        '<b onclick="x">a</b>',
        '<a href="https://example.org/">a</a>',
        '<a id="a1" href="x">a</a>',
        '<img src="x">',
        "a <!-- b -->",
        "<![CDATA[a]]>",
        "<?php a ?>",
        "<!DOCTYPE html>",
        "<b>" * 30,
        "&#" + "9" * 5000 + ";",
    ],
)
def test_what_may_not_stand_in_a_segment(text):
    with pytest.raises(NotInline):
        normalise_inline(text)


def test_what_was_left_open_is_closed_and_what_closes_nothing_goes():
    assert normalise_inline("<b>a <i>b") == "<b>a <i>b</i></b>"
    assert normalise_inline("a</b> b") == "a b"
    assert normalise_inline("a & b < c") == "a &amp; b &lt; c"


def test_links_in_order():
    assert link_ids('<a id="a2">x</a> <a id="a1">y</a> <a id="a2">z</a>') == ["a2", "a1", "a2"]


@pytest.mark.parametrize("piece", ["<a ", '<a id="', "<a =", "<!--", "</b ", "<?", "<", "&"])
def test_what_never_closes_is_text_and_read_in_one_go(piece):
    cost, shown = pieces(lambda: plain_text(normalise_inline(piece * 20_000)))
    assert shown.startswith(piece.strip())
    assert cost < 100  # trying each "<" to the end of the text takes minutes
