"""Dates as people write them."""

from datetime import date

import pytest
from django.utils import translation

from cms.core.dates import machine_date, written_date, written_span

SPANS = [
    # (from, to, English, French, Spanish)
    (
        "2011-10-17",
        "2011-10-20",
        "17–20 October 2011",
        "17-20 octobre 2011",
        "del 17 al 20 de octubre de 2011",
    ),
    ("2011-10-01", "2011-10-03", "1–3 October 2011", "1er-3 octobre 2011", "del 1 al 3 de octubre de 2011"),
    (
        "2011-09-28",
        "2011-10-02",
        "28 September – 2 October 2011",
        "du 28 septembre au 2 octobre 2011",
        "del 28 de septiembre al 2 de octubre de 2011",
    ),
    (
        "2010-12-30",
        "2011-01-02",
        "30 December 2010 – 2 January 2011",
        "du 30 décembre 2010 au 2 janvier 2011",
        "del 30 de diciembre de 2010 al 2 de enero de 2011",
    ),
    ("2009-05-01", "2009-05-01", "1 May 2009", "1er mai 2009", "1 de mayo de 2009"),
    ("2009-05-01", "", "1 May 2009", "1er mai 2009", "1 de mayo de 2009"),
    ("", "2009-05-11", "11 May 2009", "11 mai 2009", "11 de mayo de 2009"),
    ("", "", "", "", ""),
]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("starts", "ends", "en", "fr", "es"), SPANS)
def test_a_span_repeats_nothing_that_both_ends_share(starts, ends, en, fr, es):
    for language, expected in (("en", en), ("fr", fr), ("es", es)):
        with translation.override(language):
            assert written_span(day(starts), day(ends)) == expected


@pytest.mark.parametrize(
    ("precision", "en", "fr", "es"),
    [
        ("day", "4 July 2009", "4 juillet 2009", "4 de julio de 2009"),
        ("month", "July 2009", "juillet 2009", "julio de 2009"),
        ("year", "2009", "2009", "2009"),
        ("unknown", "", "", ""),
    ],
)
def test_a_date_says_no_more_than_is_known(precision, en, fr, es):
    for language, expected in (("en", en), ("fr", fr), ("es", es)):
        with translation.override(language):
            assert written_date(date(2009, 7, 4), precision) == expected
            assert written_date(None, precision) == ""


def test_a_language_without_patterns_of_ours_writes_both_ends_whole():
    with translation.override("de"):
        assert written_span(date(2011, 10, 17), date(2011, 10, 20)) == "17. Oktober 2011 – 20. Oktober 2011"
    with translation.override("ar"):
        assert "2011" in written_span(date(2011, 10, 17), date(2011, 10, 20))


@pytest.mark.parametrize(
    ("precision", "expected"),
    [("day", "2009-07-04"), ("month", "2009-07"), ("year", "2009"), ("unknown", "")],
)
def test_machines_get_the_same_precision(precision, expected):
    assert machine_date(date(2009, 7, 4), precision) == expected
