"""Words of a text, and which of them two texts share. Work is bounded: what costs too much is said to be replaced.

Two texts are laid side by side by the words that occur once in each (patience), then by what lies between
them, and where that finds nothing by the shortest edit (Myers) within a limit.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

# Written without spaces: each character stands for itself, with the marks that sit on it.
_SOLID = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SITTING = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
    "\u3099\u309a\u0300-\u036f\u20d0-\u20ff\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
_POINTS = (
    "!-/:-@\\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u060c\u061b\u061f\u06d4"
    "\u0964\u0965\u2010-\u2027\u2030-\u205e\u3001-\u3003\u3008-\u3020\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3d"
)
_WORD = f"[{_SOLID}][{_SITTING}]*|[^\\s{_POINTS}{_SOLID}]+"
_TOKEN = re.compile(f"(\\s*)({_WORD}|[{_POINTS}][{_SITTING}]*)")
_COUNTED = re.compile(f"[{_POINTS}][{_SITTING}]*|({_WORD})")

STEPS_A_TOKEN = 16  # how much work a token may cause
LONGEST_EDIT = 64  # words: past it, the shortest edit is not looked for


def count_words(text: str) -> int:
    """A character counts as a word in scripts that put no space between words."""
    return sum(map(bool, _COUNTED.findall(text)))


class Tokens(NamedTuple):
    """A text cut into words and punctuation, each with the space before it; `end` is the space after the last."""

    spaces: Sequence[str]
    words: Sequence[str]
    end: str

    def text(self, start: int, stop: int) -> str:
        pairs = zip(self.spaces[start:stop], self.words[start:stop], strict=True)
        return "".join(space + word for space, word in pairs)


def tokens(text: str) -> Tokens:
    found = _TOKEN.findall(text)
    if not found:
        return Tokens((), (), text)
    spaces, words = zip(*found, strict=True)
    return Tokens(spaces, words, text[len(text.rstrip()) :])


class Run(NamedTuple):
    """`old[i:i+length] == new[j:j+length]`"""

    i: int
    j: int
    length: int


class Work:
    """Counts the steps of comparing, so that the time they take is in proportion to the texts."""

    def __init__(self, old: Sequence, new: Sequence) -> None:
        self.left = STEPS_A_TOKEN * (len(old) + len(new)) + 200
        self.done = 0

    def spend(self, steps: int) -> bool:
        """False where there is no more to spend."""
        if steps > self.left:
            return False
        self.left -= steps
        self.done += steps
        return True


def common_runs(old: Sequence[str], new: Sequence[str], work: Work | None = None) -> list[Run]:
    """Runs of equal words, in order in both. Not always the most there are, but as a reader would see them."""
    work = work or Work(old, new)
    found: list[Run] = []
    regions = [(0, len(old), 0, len(new))]
    while regions:
        i, i_end, j, j_end = regions.pop()
        start = i
        while i < i_end and j < j_end and old[i] == new[j]:
            i, j = i + 1, j + 1
        if i > start:
            found.append(Run(start, j - i + start, i - start))
        stop = i_end
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
        if i_end < stop:
            found.append(Run(i_end, j_end, stop - i_end))
        if i == i_end or j == j_end or not work.spend(i_end - i + j_end - j):
            continue
        a, b = old[i:i_end], new[j:j_end]
        if anchors := _anchors(a, b):
            found += [Run(i + x, j + y, 1) for x, y in anchors]
            regions += _between(anchors, i, i_end, j, j_end)
        else:
            found += [Run(i + x, j + y, 1) for x, y in _shortest_edit(a, b, work)]
    return _joined(sorted(found))


def _between(anchors: list[tuple[int, int]], i: int, i_end: int, j: int, j_end: int) -> Iterable[tuple]:
    last_i, last_j = i, j
    for x, y in anchors:
        yield last_i, i + x, last_j, j + y
        last_i, last_j = i + x + 1, j + y + 1
    yield last_i, i_end, last_j, j_end


def _joined(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.i + last.length == run.i and last.j + last.length == run.j:
            joined[-1] = Run(last.i, last.j, last.length + run.length)
        else:
            joined.append(run)
    return joined


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of places of what occurs once in each, in an order that holds in both."""
    once = _once(a, b)
    if not once and min(len(a), len(b)) > 8:
        # Few different words: look at three in a row.
        a, b = _threes(a), _threes(b)
        once = _once(a, b)
    if not once:
        return []
    places = {word: place for place, word in enumerate(b) if word in once}
    pairs = [(place, places[word]) for place, word in enumerate(a) if word in once]
    return [pairs[kept] for kept in longest_rise([place for _, place in pairs])]


def _threes(words: Sequence[Hashable]) -> list[tuple[Hashable, ...]]:
    return list(zip(words, words[1:], words[2:], strict=False))


def _once(a: Sequence, b: Sequence) -> set:
    in_a, in_b = Counter(a), Counter(b)
    return {word for word, times in in_a.items() if times == 1 and in_b.get(word) == 1}


def longest_rise(values: Sequence[int]) -> list[int]:
    """Indices of a longest increasing subsequence."""
    tails: list[int] = []  # the smallest end of a rise of each length
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[place], ends[place] = value, index
    kept = []
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.append(index)
        index = before[index]
    return kept[::-1]


def _shortest_edit(a: Sequence[str], b: Sequence[str], work: Work) -> list[tuple[int, int]]:
    """Pairs of places of equal words (Myers, An O(ND) difference algorithm); [] where it is too far."""
    if set(a).isdisjoint(b):
        return []
    reach = {1: 0}
    trace = []
    steps = 0
    for d in range(min(len(a) + len(b), LONGEST_EDIT) + 1):
        if not work.spend(steps + d + 1):
            return []
        trace.append(dict(reach))
        steps = 0
        for k in range(-d, d + 1, 2):
            down = k == -d or (k != d and reach[k - 1] < reach[k + 1])
            x = start = reach[k + 1] if down else reach[k - 1] + 1
            y = x - k
            while x < len(a) and y < len(b) and a[x] == b[y]:
                x, y = x + 1, y + 1
            steps += x - start
            reach[k] = x
            if x >= len(a) and y >= len(b):
                return _walk_back(trace, len(a), len(b))
    return []


def _walk_back(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs = []
    for d in range(len(trace) - 1, -1, -1):
        reach, k = trace[d], x - y
        down = k == -d or (k != d and reach[k - 1] < reach[k + 1])
        before = k + 1 if down else k - 1
        from_x = reach[before]
        from_y = from_x - before
        while x > from_x and y > from_y and (x > 0 and y > 0):
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = from_x, from_y
    return pairs[::-1]
