"""Dates as they are written: as precisely as they are known, and spans without repeating what both ends share."""

from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as by_pattern
from django.utils.translation import get_language, pgettext


def format_date(day: date | None, precision: str = "day") -> str:
    """`17 October 2011`, `October 2011` or `2011`, in the active language; "" where the date is not known."""
    if day is None or precision == "unknown":
        return ""
    return _written(day, precision, get_language() or "")


def format_range(starts: date | None, ends: date | None) -> str:
    """`17–20 October 2011`, in the active language; one day where there is one; "" where nothing is known."""
    first, last = starts or ends, ends or starts
    if first is None or last is None:
        return ""
    return _written_span(first, last, get_language() or "")


@lru_cache(maxsize=4096)
def _written(day: date, precision: str, language: str) -> str:
    if precision == "year":
        return f"{day.year}"
    if precision == "month":
        # Translators: Django's date format for a month and its year.
        return by_pattern(day, pgettext("date format", "F Y"))
    # Translators: Django's date format for a day: "j \d\e F \d\e Y" in Spanish, for example.
    return by_pattern(day, pgettext("date format", "j F Y"))


@lru_cache(maxsize=1024)
def _written_span(first: date, last: date, language: str) -> str:
    end = _written(last, "day", language)
    if first >= last:
        return _written(first, "day", language)
    if (first.year, first.month) == (last.year, last.month):
        # Translators: the first day of a span within one month, as in "17–20 October 2011".
        start = by_pattern(first, pgettext("date format", "j"))
        return pgettext("days within a month", "%(start)s–%(end)s") % {"start": start, "end": end}
    if first.year == last.year:
        # Translators: the first day of a span within one year, as in "28 September – 2 October 2011".
        start = by_pattern(first, pgettext("date format", "j F"))
    else:
        start = _written(first, "day", language)
    return pgettext("from a day to another", "%(start)s – %(end)s") % {"start": start, "end": end}


def format_day(day: date | None) -> str:
    """A day in the active language; "" for None."""
    return format_date(day, "day")


def machine_date(day: date | None, precision: str = "day") -> str:
    """As ISO 8601 writes it, no more precise than it is known: `2011-10-17`, `2011-10`, `2011`; "" if unknown."""
    if day is None or precision == "unknown":
        return ""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]
