"""Which items of a sequence are which items of another, which of them moved, and in which order both are read."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from .words import longest_rise

ALIKE = 0.5  # the share of words that two items have in common, to be one item
ALIKE_IN_PLACE = 0.3  # the same for two that stand between the same neighbours
RARE = 8  # a word that more items have than this says nothing about which item it is
TRIED = 3  # candidates looked at for each item


class Item(NamedTuple):
    name: str  # matched by it first, if it is there once on both sides; "" for none
    kind: str  # never matched with another kind, but by name
    content: Hashable
    short: bool  # the one in its place is matched whatever it says
    words: Callable[[], Sequence[str]]


class Pair(NamedTuple):
    old: int | None
    new: int | None
    moved: str = ""


def aligned(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Every item of both, in the order in which they are read together."""
    return in_reading_order(Matching(old, new).made(), len(old), len(new))


class Matching:
    """By name, by content, by likeness, by place; each step takes what the one before has left."""

    def __init__(self, old: Sequence[Item], new: Sequence[Item]) -> None:
        self.old, self.new = old, new
        self.of_new: dict[int, int] = {}
        self.of_old: dict[int, int] = {}
        self._bags: tuple[dict[int, Counter], dict[int, Counter]] = ({}, {})

    def made(self) -> dict[int, int]:
        """Index in the old by index in the new."""
        self._by_key(lambda item: item.name or None)
        self._by_key(lambda item: (item.kind, item.content))
        self._by_neighbours(self._is_equal)
        self._the_rest_that_is_equal()
        if len(self.of_new) < len(self.new) and len(self.of_old) < len(self.old):
            self._by_likeness()
            self._by_neighbours(self._fits_here)
        return self.of_new

    def _pair(self, i: int, j: int) -> None:
        self.of_new[j], self.of_old[i] = i, j

    def _left(self) -> tuple[list[int], list[int]]:
        old = [i for i in range(len(self.old)) if i not in self.of_old]
        return old, [j for j in range(len(self.new)) if j not in self.of_new]

    def _by_key(self, key: Callable[[Item], Hashable]) -> None:
        """Pairs what has a key that is there once on both sides."""
        left_old, left_new = self._left()
        old_keys = [(key(self.old[i]), i) for i in left_old]
        new_keys = [(key(self.new[j]), j) for j in left_new]
        old_times, new_times = Counter(k for k, _ in old_keys), Counter(k for k, _ in new_keys)
        places = {k: i for k, i in old_keys if k is not None and old_times[k] == 1}
        for k, j in new_keys:
            if k in places and new_times[k] == 1:
                self._pair(places[k], j)

    def _by_neighbours(self, fits: Callable[[int, int], bool]) -> None:
        """Pairs what follows, or is followed by, a pair; the two ends count as pairs."""
        last_old, last_new = len(self.old), len(self.new)
        for step, edge in ((1, (-1, -1)), (-1, (last_old, last_new))):
            places = range(last_new) if step == 1 else range(last_new - 1, -1, -1)
            for j in places:
                beside = edge[0] if j - step == edge[1] else self.of_new.get(j - step)
                if j in self.of_new or beside is None:
                    continue
                i = beside + step
                if 0 <= i < last_old and i not in self.of_old and fits(i, j):
                    self._pair(i, j)

    def _is_equal(self, i: int, j: int) -> bool:
        return self.old[i][1:3] == self.new[j][1:3]

    def _the_rest_that_is_equal(self) -> None:
        left_old, left_new = self._left()
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for i in reversed(left_old):
            waiting[self.old[i][1:3]].append(i)
        for j in left_new:
            if candidates := waiting.get(self.new[j][1:3]):
                self._pair(candidates.pop(), j)

    def _bag(self, side: int, index: int) -> Counter:
        bags = self._bags[side]
        if index not in bags:
            bags[index] = Counter((self.old, self.new)[side][index].words())
        return bags[index]

    def _likeness(self, i: int, j: int) -> float:
        a, b = self._bag(0, i), self._bag(1, j)
        size = a.total() + b.total()
        return 2 * sum(min(times, b[word]) for word, times in a.items() if word in b) / size if size else 0

    def _by_likeness(self) -> None:
        left_old, left_new = self._left()
        who_says: dict[tuple[str, str], list[int]] = defaultdict(list)
        for i in left_old:
            for word in self._bag(0, i):
                who_says[self.old[i].kind, word].append(i)
        found = []
        for j in left_new:
            votes: Counter = Counter()
            for word in self._bag(1, j):
                sayers = who_says.get((self.new[j].kind, word), ())
                if len(sayers) <= RARE:
                    votes.update(sayers)
            for i, _votes in votes.most_common(TRIED):
                likeness = self._likeness(i, j)
                if likeness >= ALIKE:
                    found.append((-likeness, abs(i - j), j, i))
        for _likeness, _distance, j, i in sorted(found):
            if i not in self.of_old and j not in self.of_new:
                self._pair(i, j)

    def _fits_here(self, i: int, j: int) -> bool:
        old, new = self.old[i], self.new[j]
        if old.kind != new.kind:
            return False
        return (old.short and new.short) or self._likeness(i, j) >= ALIKE_IN_PLACE


def in_reading_order(of_new: dict[int, int], old_length: int, new_length: int) -> list[Pair]:
    """The new order; what went stands where it stood, before what came there. Fewest possible are said to move."""
    matched = sorted(of_new)
    stays = [matched[index] for index in longest_rise([of_new[j] for j in matched])]
    stays_old = [of_new[j] for j in stays]
    gone = set(range(old_length)).difference(of_new.values())
    staying = set(stays)
    order: list[Pair] = []
    waiting: list[Pair] = []
    next_old = 0
    for j in range(new_length + 1):
        if j < new_length and j not in staying:
            i = of_new.get(j)
            # What moved has passed at least one of those that stay, or it would stay too.
            passed = 0 if i is None else bisect_left(stays_old, i) - bisect_left(stays, j)
            waiting.append(Pair(i, j, "up" if passed > 0 else "down" if passed else ""))
            continue
        until = of_new[j] if j < new_length else old_length
        order += [Pair(i, None) for i in range(next_old, until) if i in gone]
        order += waiting
        waiting, next_old = [], until + 1
        if j < new_length:
            order.append(Pair(until, j))
    return order
