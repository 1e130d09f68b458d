"""Which segment of one language corresponds to which of another, where nobody kept it. Pure.

Two versions of a page that the site translated share the ids of their blocks; of two that were written apart, blocks
of one kind are paired in their order, so that those stand together that are most alike in what no language changes.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cms.translations.likeness import Marks, likeness, ratio_of

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12}|\d+")
Row = Mapping[str, Any]  # as `Work.segments` keeps it; "path", "text", "block" and "links" are read
Places = list[tuple[int | None, int | None]]  # of the source, of the target

# Pairs that are weighed for one pair of sequences; of longer ones, those near the same part of the way only.
MOST_WEIGHED: Final = 20_000
NEAREST: Final = 8
DEEPEST: Final = 8  # steps of a path that are told apart
SAME_NEIGHBOUR: Final = 0.4  # what it adds to the likeness of two blocks that they stand beside the same one
LIKELY: Final = (
    1.0  # that two of one kind at one place in the order are the same, before anything is known of them
)


def align(source: Sequence[Row], target: Sequence[Row]) -> Places:
    """Pairs of places, in the order of the source; what has no counterpart stands where it comes, with None.

    Every place of both occurs exactly once.
    """
    partner: dict[int, int] = {}
    _align_parts(_parts(source), _parts(target), 0, partner)
    return in_order(partner, len(source), len(target))


@dataclass(frozen=True, slots=True)
class _Part:
    steps: list[str]  # of its path
    row: Row
    place: int

    def step(self, depth: int) -> str:
        return self.steps[depth] if depth < len(self.steps) else ""


def _parts(rows: Sequence[Row]) -> list[_Part]:
    return [_Part(row["path"].split(".", DEEPEST), row, place) for place, row in enumerate(rows)]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is paired as one: a block with all its texts, an item of a list, a paragraph."""

    parts: list[_Part]
    marks: Marks
    beside: tuple[str, str]  # the units that both sides have, before it and after it

    @property
    def kind(self) -> str:
        return self.parts[0].row.get("block", "")


def _align_parts(source: list[_Part], target: list[_Part], depth: int, partner: dict[int, int]) -> None:
    """Pair what has the same step of the path at `depth`; and by order and likeness what has a step that says
    nothing across languages: ids of blocks, hashes of words.
    """
    ours, theirs = _by_step(source, depth), _by_step(target, depth)
    both = [step for step in ours if step in theirs and not step.isdecimal()]
    for step in both:
        if step:
            _align_parts(ours[step], theirs[step], depth + 1, partner)
        else:
            _align_same_path(ours[step], theirs[step], partner)
    mine, others = _units(ours, both, depth), _units(theirs, both, depth)
    for one, other in _pairs(mine, others):
        _align_parts(mine[one].parts, others[other].parts, depth + 1, partner)


def _align_same_path(source: list[_Part], target: list[_Part], partner: dict[int, int]) -> None:
    """The paragraphs of one text. One that stands alone on both sides is the same, whatever it says."""
    if len(source) == len(target) == 1:
        partner[source[0].place] = target[0].place
        return
    for one, other in _pairs(_paragraphs(source), _paragraphs(target)):
        partner[source[one].place] = target[other].place


def _by_step(parts: list[_Part], depth: int) -> dict[str, list[_Part]]:
    found: dict[str, list[_Part]] = defaultdict(list)
    for part in parts:
        found[part.step(depth)].append(part)
    return found


def _units(by_step: dict[str, list[_Part]], both: list[str], depth: int) -> list[_Unit]:
    """Those that only one side has, and whose step is no name: what stands first in a field never is one."""
    steps, common = list(by_step), set(both)
    after = [""] * len(steps)
    last = ""
    for place in range(len(steps) - 1, -1, -1):
        after[place] = last
        last = steps[place] if steps[place] in common else last
    units, last = [], ""
    for place, step in enumerate(steps):
        if step in common:
            last = step
        elif step and (depth == 1 or _ID.fullmatch(step)):
            parts = by_step[step]
            units.append(_Unit(parts, Marks.of(part.row for part in parts), (last, after[place])))
    return units


def _paragraphs(parts: list[_Part]) -> list[_Unit]:
    return [_Unit([part], Marks.of([part.row]), ("", "")) for part in parts]


def _pairs(source: list[_Unit], target: list[_Unit]) -> list[tuple[int, int]]:
    """Those of one kind that are most alike, in order."""
    ratio = ratio_of([each.marks for each in source], [each.marks for each in target])

    def weight(one: int, other: int) -> float:
        mine, theirs = source[one], target[other]
        if mine.kind != theirs.kind and mine.kind and theirs.kind:
            return 0.0
        beside = sum(here == there for here, there in zip(mine.beside, theirs.beside, strict=True))
        return LIKELY + SAME_NEIGHBOUR * beside + likeness(mine.marks, theirs.marks, ratio)

    return pair_in_order(len(source), len(target), weight)


def pair_in_order(rows: int, columns: int, weight: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Pairs of places, ascending on both sides, whose weights add up to the most; none that weighs nothing.

    Of long sequences only places that are about as far on their way as each other are paired.
    """
    if not rows or not columns:
        return []
    windows = _windows(rows, columns)
    best = dict.fromkeys(range(windows[0][0], windows[0][1] + 1), 0.0)
    paired: list[set[int]] = []  # row → the columns where the best is reached by pairing the two
    skipped: list[set[int]] = []  # row → the columns where it is reached by leaving out the row
    for row in range(rows):
        low, high = windows[row + 1]
        now: dict[int, float] = {}
        paired.append(set())
        skipped.append(set())
        for column in range(low, high + 1):
            top = now.get(column - 1, -1.0)
            if best.get(column, -1.0) >= top:
                top = best[column]
                skipped[row].add(column)
            gained = weight(row, column - 1) if column - 1 in best else 0.0
            if gained > 0 and best[column - 1] + gained > top:
                top = best[column - 1] + gained
                paired[row].add(column)
            now[column] = top
        best = now
    return _traced(paired, skipped, columns)


def _windows(rows: int, columns: int) -> list[tuple[int, int]]:
    """For each number of rows passed, the first and last number of columns passed that are looked at."""
    near = max(NEAREST, -(-columns // rows), MOST_WEIGHED // (2 * rows))
    middles = (row * columns // rows for row in range(rows + 1))
    return [(max(0, middle - near), min(columns, middle + near)) for middle in middles]


def _traced(paired: list[set[int]], skipped: list[set[int]], columns: int) -> list[tuple[int, int]]:
    """The way that led to the best, from its end."""
    found, row, column = [], len(paired), columns
    while row and column:
        if column in paired[row - 1]:
            row, column = row - 1, column - 1
            found.append((row, column))
        elif column in skipped[row - 1]:
            row -= 1
        else:
            column -= 1
    return found[::-1]


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
