"""What becomes of numbers when posts go to another topic. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

MOST_RANGES = 200
_RANGE = re.compile(r"(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Renumbered:
    """Posts with the numbers `old`, ascending, got `first`, `first + 1` …, in their order."""

    old: tuple[int, ...]
    first: int

    def new(self, number: int) -> int:
        """`KeyError` for a number that did not go."""
        at = bisect_right(self.old, number) - 1
        if at < 0 or self.old[at] != number:
            raise KeyError(number)
        return self.first + at

    def read(self, number: int) -> int:
        """How far somebody has read of what went, who had read to `number` where it came from; 0 for nothing."""
        went = bisect_right(self.old, number)
        return self.first + went - 1 if went else 0


def read_in_target(renumbered: Renumbered, last_before: int, read_here: int, read_there: int) -> int:
    """How far somebody has read in the topic that posts came to: never further than they really have.

    `last_before`: the number of its last readable post before they came, 0 for none; `read_here`: how far they had
    read it; `read_there`: the topic that the posts came from. One number says that all up to it was read, so what
    came counts only for who had read all that stands before it.
    """
    if read_here < last_before:
        return read_here
    return max(read_here, renumbered.read(read_there))


Ranges = tuple[tuple[int, int], ...]  # first and last number, both included, ascending, apart from each other


def parsed_ranges(text: str) -> Ranges:
    """`"4-9, 12"` → ((4, 9), (12, 12)). `ValueError` for anything else, and for more than 200 ranges."""
    pairs = []
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*([-–—])\s*", r"\1", text.strip()))):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise ValueError(part)
        first = int(match[1])
        pairs.append((first, int(match[2] or first)))
    return joined(pairs)


def joined(pairs: Iterable[tuple[int, int]]) -> Ranges:
    """Ranges that touch or overlap are one. `ValueError` for one that ends before it begins, for too many."""
    made: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if first < 1 or last < first:
            raise ValueError(f"{first}–{last}")
        if made and first <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    if len(made) > MOST_RANGES:
        raise ValueError(f"{len(made)} ranges")
    return tuple(made)


def in_words(ranges: Iterable[tuple[int, int]]) -> str:
    """((4, 9), (12, 12)) → `"4–9, 12"`."""
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in ranges)


def ranges_of(numbers: Iterable[int]) -> Ranges:
    return joined((number, number) for number in numbers)
