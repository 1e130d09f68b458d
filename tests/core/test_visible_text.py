"""Names and titles: on one line, and to be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.visible_text import is_seen, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Bread\r\n for\tall ", "Bread for all"),
        ("Why\u00a0?", "Why\u00a0?"),
        ("Bread\u2028for\u0085all", "Bread for all"),
        ("Br\x07ead\x00", "Bread"),
        ("Bread \x07 for all", "Bread for all"),
        ("Le four : qui  l’allume ?", "Le four\u00a0: qui l’allume\u00a0?"),
        ("« Chaud »", "«\u00a0Chaud\u00a0»"),
        ("At 10:30, really? :-)", "At 10:30, really? :-)"),
        ("\u202egnp.daerb", "gnp.daerb"),
        ("\u200fخبز\u200f!", "\u200fخبز\u200f!"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("\u200b\u2060\ufeff", ""),
        ("\u3164\u2800", ""),
        ("\u0301", ""),
        ("\u2067 \u2069", ""),
        ("?", "?"),
    ],
)
def test_what_is_kept(typed, kept):
    assert one_line(typed) == kept


@given(st.text())
def test_it_is_one_line_seen_or_nothing_and_tidy_once_for_all(typed):
    line = one_line(typed)
    assert len(line.splitlines()) <= 1
    assert line == "" or is_seen(line)
    assert one_line(line) == line
