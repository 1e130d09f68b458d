"""The numbers of the source and those of the translation, each read as its language writes them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from .findings import Note
from .pair import Pair

_DIGIT = re.compile(r"\d")
_MARKS = str.maketrans(
    {
        "٫": ",",
        "٬": "'",
        "’": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "٪": "%",
        "％": "%",
        "．": ".",
        "，": ",",
    }
)
_NUMBER = re.compile(
    r"(?P<grouped>\d{1,3}(?:(?P<mark>[., '])\d{3})(?:(?P=mark)\d{3})*(?!\d)(?:[.,]\d+(?![.,]?\d))?)"
    r"|(?P<indian>\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?)"
    r"|(?P<dotted>\d+(?:\.\d+){2,})"
    r"|(?P<plain>\d+(?:[.,]\d+)?)"
)
_ROMAN = re.compile(
    r"(?<![^\W_])(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?:e|er|ème|º|th)?(?![^\W_])"
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_POINT = frozenset(["en", "zh", "ja", "ko", "th", "he", "hi", "ms", "ur"])  # 1,234.5
_COMMA = frozenset(
    [
        "fr",
        "de",
        "it",
        "pt",
        "nl",
        "ru",
        "pl",
        "uk",
        "tr",
        "sv",
        "da",
        "nb",
        "no",
        "fi",
        "cs",
        "ca",
        "ro",
        "el",
        "hu",
        "bg",
        "id",
        "vi",
    ]
)  # 1.234,5
_SCALES = frozenset(Decimal(10) ** n for n in (3, 4, 6, 8, 9, 12))  # thousand, 万, million, 亿, milliard
_MOST_COMPARED = 60


class Number(NamedTuple):
    written: str
    readings: frozenset[str]  # "1234.5", without zeros in front
    counts: bool  # stands before a unit that words would not stand before: "15 %"

    @property
    def main(self) -> str:
        return max(self.readings, key=lambda reading: (len(reading.partition(".")[0]), reading))

    @property
    def can_be_words(self) -> bool:
        if self.counts or len(self.main) > 3 or not self.main.isdigit():
            return False
        value = int(self.main)
        return value <= 20 or (value <= 100 and value % 10 == 0)


def numbers_differ(pair: Pair) -> Iterator[Note]:
    lost, added = _unmatched(
        numbers_of(pair.source_plain, pair.source_language),
        numbers_of(pair.target_plain, pair.target_language),
    )
    lost = _without_written_otherwise(lost, pair.target_plain)
    added = _without_written_otherwise(added, pair.source_plain)
    if len(lost) != len(added) and "".join(map(_digits, lost)) == "".join(map(_digits, added)):
        return  # the same, cut otherwise: "12 500" and "12500"
    if not lost or (not added and all(number.can_be_words for number in lost)):
        return  # where words became a number, or a small number words
    missing = ", ".join(dict.fromkeys(number.written for number in lost[:5]))
    instead = ", ".join(dict.fromkeys(number.written for number in added[:5]))
    if instead:
        message = _("The numbers differ: the source has %(source)s, the translation %(target)s.")
    else:
        message = _("The source has numbers that the translation has not: %(source)s.")
    yield Note(
        message % {"source": missing, "target": instead}, f"{missing} > {instead}" if instead else missing
    )


def numbers_of(text: str, language: str) -> list[Number]:
    """In order. Groups of digits joined by the marks of thousands are one number, dates are several."""
    text = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit.group())), text).translate(_MARKS)
    found: list[Number] = []
    for match in _NUMBER.finditer(text):
        counts = text[match.end() : match.end() + 2].strip()[:1] in ("%", "‰", "€", "$", "£")
        if match["dotted"]:
            found += [Number(part, frozenset((_plain(part),)), counts) for part in match.group().split(".")]
        else:
            found.append(Number(match.group(), _readings(match, language), counts))
    return found


def _readings(match: re.Match, language: str) -> frozenset[str]:
    written = match.group()
    if match["indian"]:
        return frozenset((_plain(written.replace(",", "")),))
    if match["plain"]:
        return frozenset((_plain(written.replace(",", ".")),))
    mark = match["mark"]
    whole = _plain(_grouped(written, mark))
    if mark in ".," and written.count(mark) == 1 and len(re.findall("[.,]", written)) == 1:
        decimal = _plain(written.replace(",", "."))
        if language in _POINT:
            return frozenset((whole if mark == "," else decimal,))
        if language in _COMMA:
            return frozenset((whole if mark == "." else decimal,))
        return frozenset((whole, decimal))
    return frozenset((whole,))


def _grouped(written: str, mark: str) -> str:
    head = written.rfind("," if mark != "," else ".")
    if head > written.rfind(mark):
        return written[:head].replace(mark, "") + "." + written[head + 1 :]
    if mark not in ".," and (point := written.rfind(".")) > 0:
        return written[:point].replace(mark, "") + "." + written[point + 1 :]
    return written.replace(mark, "")


def _plain(digits: str) -> str:
    whole, _point, part = digits.partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _unmatched(source: list[Number], target: list[Number]) -> tuple[list[Number], list[Number]]:
    lost = _left(source, Counter(number.main for number in target))
    added = _left(target, Counter(number.main for number in source))
    if len(lost) > _MOST_COMPARED or len(added) > _MOST_COMPARED:
        return lost, added
    for number in lost[:]:
        other = next((other for other in added if _may_be_same(number, other)), None)
        if other:
            lost.remove(number)
            added.remove(other)
    return lost, added


def _left(numbers: list[Number], there: Counter[str]) -> list[Number]:
    left = []
    for number in numbers:
        if there[number.main] > 0:
            there[number.main] -= 1
        else:
            left.append(number)
    return left


def _may_be_same(a: Number, b: Number) -> bool:
    if a.readings & b.readings:
        return True
    short, long = sorted((a.main, b.main), key=len)
    if len(long) > 15 or _digits(a) == _digits(b):
        return False
    if len(long) == 4 and len(short) == 2 and long.isdigit():
        return long.endswith(short)  # the 1990s, the nineties
    if long.isdigit() and short.isdigit() and int(long) - int(short) == 12 and int(long) < 25:
        return True  # 3 p.m. is 15 h
    return Decimal(short) != 0 and Decimal(long) / Decimal(short) in _SCALES


def _without_written_otherwise(numbers: list[Number], text: str) -> list[Number]:
    """Those that the text does not have as Roman numerals: the XIXe siècle."""
    if not numbers:
        return numbers
    roman = {str(_roman(found.group())) for found in _ROMAN.finditer(text)}
    return [number for number in numbers if number.main not in roman]


def _roman(written: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in written if letter in _ROMAN_VALUES]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _digits(number: Number) -> str:
    return re.sub(r"\D", "", number.written)
