"""Which segment of one language corresponds to which of another, where nobody kept it. Pure.

Two versions of a page that the site translated share the ids of their blocks; two that were written apart do not,
and are paired by their order and kind.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12}|\d+")
Row = Mapping[str, Any]  # as `Work.segments` keeps it; "path", "text" and "block" are read
Places = list[tuple[int | None, int | None]]  # of the source, of the target


def align(source: Sequence[Row], target: Sequence[Row]) -> Places:
    """Pairs of places, in the order of the source; what has no counterpart stands where it comes, with None.

    Every place of both occurs exactly once.
    """
    partner: dict[int, int] = {}
    source_groups, target_groups = _groups(source), _groups(target)
    left: list[list[int]] = []
    for name, places in source_groups.items():
        others = target_groups.get(name, [])
        if len(places) == len(others):
            partner.update(zip(places, others, strict=True))
        else:
            left.append(places)
    taken = set(partner.values())
    unclaimed = [places for places in target_groups.values() if not taken.intersection(places)]
    for field in dict.fromkeys(_field(source[places[0]]) for places in left):
        _align_groups(
            [places for places in left if _field(source[places[0]]) == field],
            [places for places in unclaimed if _field(target[places[0]]) == field],
            source,
            target,
            partner,
        )
    return in_order(partner, len(source), len(target))


def _groups(rows: Sequence[Row]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups[row["path"]].append(place)
    return groups


def _field(row: Row) -> str:
    return row["path"].partition(".")[0]


def _align_groups(left, right, source: Sequence[Row], target: Sequence[Row], partner: dict[int, int]) -> None:
    """Pair what stands at one place each, in order: the longest common run of kinds."""
    kinds = [_kind(places, source) for places in left]
    others = [_kind(places, target) for places in right]
    for one, other in _common(kinds, others):
        partner.update(zip(left[one], right[other], strict=False))


def _kind(places: Sequence[int], rows: Sequence[Row]) -> tuple:
    row = rows[places[0]]
    steps = row["path"].split(".")
    # Within a block the names of its parts say what it is; ids, and hashes of words, say nothing across languages.
    return row.get("block", ""), tuple(step for step in steps[2:] if not _ID.fullmatch(step))


def _common(one: Sequence[tuple], other: Sequence[tuple]) -> list[tuple[int, int]]:
    """A longest common subsequence, as pairs of places. Quadratic in the number of blocks of one field."""
    lengths = [[0] * (len(other) + 1) for _row in range(len(one) + 1)]
    for row in range(len(one) - 1, -1, -1):
        for column in range(len(other) - 1, -1, -1):
            lengths[row][column] = (
                lengths[row + 1][column + 1] + 1
                if one[row] == other[column]
                else max(lengths[row + 1][column], lengths[row][column + 1])
            )
    pairs, row, column = [], 0, 0
    while row < len(one) and column < len(other):
        if one[row] == other[column]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif lengths[row + 1][column] >= lengths[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def in_order(partner: Mapping[int, int], sources: int, targets: int) -> Places:
    """The source's order; a target without a partner comes before the pair of the next target that has one.

    `partner`: place in the source → in the target, which may be the partner of several.
    """
    back: dict[int, int] = {}
    for one, other in partner.items():
        back.setdefault(other, one)
    lone: dict[int | None, list[int]] = defaultdict(list)
    following: int | None = None
    for other in range(targets - 1, -1, -1):
        if other in back:
            following = back[other]
        else:
            lone[following].insert(0, other)
    ordered: Places = []
    for place in range(sources):
        ordered += [(None, each) for each in lone.get(place, [])]
        ordered.append((place, partner.get(place)))
    return ordered + [(None, each) for each in lone.get(None, [])]
