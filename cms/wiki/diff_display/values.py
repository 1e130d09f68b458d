"""What the template of a difference is given: words, and no decision left to take."""

from collections.abc import Sequence
from dataclasses import dataclass

from cms.wiki.diffs import Piece


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `change`: same, edited, added or removed; `said`: sentences about it, safe HTML."""

    change: str
    style: str
    label: str
    pieces: Sequence[Piece]
    said: Sequence[str] = ()
    moved: str = ""  # a sentence, "" where it did not move

    is_fold = False

    @property
    def text(self) -> str:
        """Of a line that did not change."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Fold:
    """What did not change, shown only when asked for."""

    summary: str
    lines: Sequence[Line]

    is_fold = True


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or a row too long for a sentence. `status`: what happened to it, a sentence or ""."""

    change: str
    moved: bool
    label: str
    status: str
    entries: Sequence[Line | Fold]

    is_fold = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of the page. What changed in it, as sentences (safe HTML) or, for a text, as a line."""

    label: str
    sentences: Sequence[str]
    lines: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class ShownSection:
    """`kind`: text (`entries` are parts and folds), rows (sentences, as safe HTML) or facts."""

    key: str
    label: str
    kind: str
    entries: Sequence[Part | Fold | Fact | str]
    unchanged: str = ""  # of rows: how many stayed as they were, in words


@dataclass(frozen=True, slots=True)
class ShownDiff:
    lang: str  # of the content; "" where it is the interface's
    dir: str
    interface: str  # language of the labels
    size: str  # in words
    sections: Sequence[ShownSection] = ()

    @property
    def is_empty(self) -> bool:
        return not self.sections
