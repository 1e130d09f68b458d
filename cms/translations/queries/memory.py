"""The translation memory: what was published for a text before, and for texts like it.

However large it is, no more than so many of its texts are compared with the one at hand: those that share what most
like it share (`matching.traits_of`), and those of nearly its length. Each are found by an index.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Abs

from cms.translations.inline import plain_text
from cms.translations.matching import best_matches, comparable, length_window, traits_of
from cms.translations.models import MemoryEntry
from cms.translations.queries.works import withheld_keys
from cms.translations.segments import source_hash

AT_LEAST = 70  # percent
MOST = 9  # texts that are like it
MOST_SAME = 50  # entries for the very same text
ALIKE_BY_TRAIT, ALIKE_BY_LENGTH = (
    1000,
    500,
)  # texts compared: that share a trait; that are longer, and shorter


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text, inline HTML, to find words for. `path` and `work_key`: its place, where it has one."""

    text: str
    source_language: str
    target_language: str
    path: str = ""
    work_key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    entry: MemoryEntry
    score: int  # the percent its source is like the text; 100 for the very same
    here: bool  # said for it in its place


def remembered(wanted: Wanted) -> Iterator[Remembered]:
    """The very same text, the newest first; then what is like it, the most similar first. At most five queries.

    The words of pages that readers may not read now are left out: `works.withheld_keys`.
    """
    entries = MemoryEntry.objects.filter(target_language=wanted.target_language)
    if withheld := withheld_keys(wanted.target_language):
        entries = entries.exclude(work_key__in=withheld)
    name = source_hash(wanted.text)
    same = entries.filter(source_language=wanted.source_language, source_hash=name)
    for entry in same.order_by("-approved_at")[:MOST_SAME]:
        here = entry.path == wanted.path and entry.work_key == wanted.work_key
        yield Remembered(entry, 100, here)
    plain = plain_text(wanted.text)
    candidates = _candidates(entries.exclude(source_hash=name), plain, wanted.source_language)
    matches = best_matches(plain, candidates.items(), at_least=AT_LEAST, limit=MOST)
    found = MemoryEntry.objects.in_bulk([match.id for match in matches]) if matches else {}
    for match in matches:
        # Gone meanwhile: nothing to offer.
        if match.id in found:
            # What differs in mark-up alone is not the same.
            yield Remembered(found[match.id], min(match.score, 99), False)


def _candidates(entries: QuerySet[MemoryEntry], plain: str, language: str) -> dict[int, str]:
    """Id → plain source of what is compared with the text: of equal distance in length the newest first. Three queries."""
    length = len(comparable(plain))
    rows = {
        pk: (abs(long - length), -pk, source)
        for pk, long, source, written_in in (
            *_sharing_a_trait(entries, plain, length),
            *_about_as_long(entries.filter(source_language=language), length),
        )
        if written_in == language
    }
    return {-row[1]: _plain(row[2]) for row in sorted(rows.values())}


_COLUMNS = ("pk", "length", "source", "source_language")


def _sharing_a_trait(entries: QuerySet[MemoryEntry], plain: str, length: int) -> Iterator[tuple]:
    """Their language is not asked for: by it a database would choose the index of languages and lengths, and read all."""
    alike = entries.filter(length__range=length_window(length, AT_LEAST)).annotate(
        distance=Abs(F("length") - length)
    )
    each = [
        alike.filter(**{name: value}).values_list("distance", *_COLUMNS)
        for name, value in traits_of(plain)._asdict().items()
    ]
    for _distance, *row in each[0].union(*each[1:], all=True).order_by("distance")[:ALIKE_BY_TRAIT]:
        yield tuple(row)


def _about_as_long(entries: QuerySet[MemoryEntry], length: int) -> Iterator[tuple]:
    """From the length outwards both ways: sorted by their distance, all that might be alike would be read."""
    low, high = length_window(length, AT_LEAST)
    yield from (
        entries.filter(length__gte=length, length__lte=high)
        .order_by("length", "-pk")
        .values_list(*_COLUMNS)[:ALIKE_BY_LENGTH]
    )
    yield from (
        entries.filter(length__gte=low, length__lt=length)
        .order_by("-length", "-pk")
        .values_list(*_COLUMNS)[:ALIKE_BY_LENGTH]
    )


def _plain(text: str) -> str:
    """As `plain_text`, without its pains where there is nothing to read."""
    return plain_text(text) if "<" in text or "&" in text else text
