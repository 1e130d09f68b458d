"""Which segment of a source became which, when the source was written anew. Pure.

What is the same stays with the same, in its place before elsewhere; then each segment takes the most similar
that is left. A place that holds one segment before and after holds the same segment, however it was rewritten.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from rapidfuzz import fuzz, process

from cms.wiki.diffs.words import tokens

from .stems import comparable

SAME: Final = "same"
CHANGED: Final = "changed"
ADDED: Final = "added"

ALIKE = 45  # percent of the words: from there on a text is taken for a changed one, not for another
SPELT_ALIKE = 70  # percent of the letters: a corrected word is no longer the same word

Source = tuple[str, str]  # path, text


class Counterpart(NamedTuple):
    """What a new segment was: `old` is its index there, None where it was added."""

    state: Literal["same", "changed", "added"]
    old: int | None


class Pairing(NamedTuple):
    of_new: tuple[Counterpart, ...]  # one for each new segment, in order
    removed: tuple[int, ...]  # indices of the old ones that no new one comes from

    @property
    def old_of(self) -> dict[int, int]:
        """Index of a new segment → of the old one it comes from."""
        return {new: each.old for new, each in enumerate(self.of_new) if each.old is not None}


def pair_changed(old: Sequence[Source], new: Sequence[Source]) -> Pairing:
    """Pairs older segments with the current ones, each at most once. Texts with the same words are the same."""
    pairing = _Pairing(old, new)
    pairing.take_same(lambda path, text: (path, text))
    pairing.take_same(lambda _path, text: text)
    pairing.take_alike(within_paths=True)
    pairing.take_only_one_left_in_its_path()
    pairing.take_alike(within_paths=False)
    return pairing.result()


class _Pairing:
    def __init__(self, old: Sequence[Source], new: Sequence[Source]) -> None:
        self.old = [(path, comparable(text)) for path, text in old]
        self.new = [(path, comparable(text)) for path, text in new]
        self.of_new: dict[int, Counterpart] = {}
        self.old_left = dict.fromkeys(range(len(old)))  # in order
        self.new_left = dict.fromkeys(range(len(new)))
        letters: dict[str, str] = {}
        self.old_words = [_as_letters(text, letters) for _path, text in self.old]
        self.new_words = [_as_letters(text, letters) for _path, text in self.new]

    def take(self, old: int, new: int, state: Literal["same", "changed"]) -> None:
        self.of_new[new] = Counterpart(state, old)
        del self.old_left[old], self.new_left[new]

    def take_same(self, key) -> None:
        waiting: dict[object, deque[int]] = defaultdict(deque)
        for index in self.old_left:
            waiting[key(*self.old[index])].append(index)
        for index in list(self.new_left):
            if same := waiting.get(key(*self.new[index])):
                self.take(same.popleft(), index, SAME)

    def take_alike(self, *, within_paths: bool) -> None:
        """The most similar first; of equally similar ones those in order."""
        if within_paths:
            groups = self._by_path()
        else:
            groups = [(list(self.old_left), list(self.new_left))]
        for olds, news in groups:
            for _score, old, new in sorted(self._scores(olds, news)):
                if old in self.old_left and new in self.new_left:
                    self.take(old, new, CHANGED)

    def take_only_one_left_in_its_path(self) -> None:
        for olds, news in self._by_path():
            if len(olds) == len(news) == 1:
                self.take(olds[0], news[0], CHANGED)

    def _by_path(self) -> list[tuple[list[int], list[int]]]:
        groups: dict[str, tuple[list[int], list[int]]] = {}
        for index in self.old_left:
            groups.setdefault(self.old[index][0], ([], []))[0].append(index)
        for index in self.new_left:
            groups.setdefault(self.new[index][0], ([], []))[1].append(index)
        return [group for group in groups.values() if group[0] and group[1]]

    def _scores(self, olds: list[int], news: list[int]) -> Iterable[tuple[float, int, int]]:
        words = {index: self.old_words[index] for index in olds}
        texts = {index: self.old[index][1] for index in olds}
        for new in news:
            best: dict[int, float] = {}
            for choices, asked, cutoff in (
                (words, self.new_words[new], ALIKE),
                (texts, self.new[new][1], SPELT_ALIKE),
            ):
                for _text, score, old in process.extract(
                    asked, choices, scorer=fuzz.ratio, processor=None, score_cutoff=cutoff, limit=None
                ):
                    best[old] = max(score, best.get(old, 0))
            yield from ((-score, old, new) for old, score in best.items())

    def result(self) -> Pairing:
        return Pairing(
            tuple(self.of_new.get(index, Counterpart(ADDED, None)) for index in range(len(self.new))),
            tuple(self.old_left),
        )


def _as_letters(text: str, letters: dict[str, str]) -> str:
    """A letter for each different word, so that words are compared as fast as letters are."""
    # Past the surrogates, which are no characters; there is room for 800,000 words.
    return "".join(letters.setdefault(word, chr(0x1_0000 + len(letters))) for word in tokens(text).words)
