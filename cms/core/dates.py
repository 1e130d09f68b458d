"""Dates as people write them: as precisely as they are known, in the active language. No models here.

English, French and Spanish have their patterns here, since spans need more than a pattern (`del 17 al 20 de
octubre de 2011`); any other language uses Django's own formats.
"""

from datetime import date
from functools import lru_cache

from django.utils import formats
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_DAY = {"en": "j F Y", "fr": "j F Y", "es": r"j \d\e F \d\e Y"}
_DAY_OF_YEAR = {"en": "j F", "fr": "j F", "es": r"j \d\e F"}
_MONTH = {"en": "F Y", "fr": "F Y", "es": r"F \d\e Y"}


def written_date(value: date | None, precision: str = "day") -> str:
    """`17 October 2011`, `October 2011` or `2011`; "" where the date is not known."""
    if value is None or precision == "unknown":
        return ""
    return _written(value, precision, _language())


def written_span(starts: date | None, ends: date | None) -> str:
    """`17–20 October 2011`, `17-20 octobre 2011`; one day where only one is known; "" where none is."""
    first, last = starts or ends, ends or starts
    if first is None or last is None:
        return ""
    return _written_span(first, last, _language())


def machine_date(value: date | None, precision: str = "day") -> str:
    """For `datetime` attributes and linked data: 2011, 2011-10 or 2011-10-17 (ISO 8601)."""
    if value is None or precision == "unknown":
        return ""
    return value.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@lru_cache(maxsize=4096)
def _written(value: date, precision: str, language: str) -> str:
    if precision == "year":
        return f"{value.year}"
    if precision == "month":
        return date_format(value, _MONTH.get(language) or formats.get_format("YEAR_MONTH_FORMAT"))
    return _pattern(value, _DAY.get(language) or formats.get_format("DATE_FORMAT"), language)


@lru_cache(maxsize=1024)
def _written_span(first: date, last: date, language: str) -> str:
    end = _written(last, "day", language)
    if first >= last:
        return _written(first, "day", language)
    same_month = (first.year, first.month) == (last.year, last.month)
    if language not in _DAY:
        # Where the day need not come first, a shortened beginning would be misread.
        return _("%(start)s – %(end)s") % {"start": _written(first, "day", language), "end": end}
    if same_month:
        start = _pattern(first, "j", language)
    elif first.year == last.year:
        start = _pattern(first, _DAY_OF_YEAR[language], language)
    else:
        start = _written(first, "day", language)
    if language == "es":
        return f"del {start} al {end}"
    if language == "fr":
        return f"{start}-{end}" if same_month else f"du {start} au {end}"
    return f"{start}–{end}" if same_month else f"{start} – {end}"


def _pattern(value: date, pattern: str, language: str) -> str:
    text = date_format(value, pattern)
    if language == "fr" and value.day == 1 and text.startswith("1"):
        return "1er" + text[1:]
    return text
