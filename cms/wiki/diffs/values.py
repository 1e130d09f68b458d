"""The text of a page, and the difference of two texts, as plain values: no models, no HTML, no language.

`PageText` is sections of blocks of paragraphs. What a word of the interface stands for is kept as a key (the
name of a field, of a block, of a choice) and what a row of the database stands for as a reference
(`taxonomy.person:12`): labels and names are looked up when it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from .words import count_words

# Styles of paragraphs whose text is one value: a reference, the key of a choice, a date …
ATOMIC = frozenset({"ref", "choice", "date", "time", "datetime", "number", "bool"})
# With these: one short text in its place, which changes rather than goes and comes.
SHORT = ATOMIC | {"line"}


class Mark(NamedTuple):
    """Formatting of `text[start:end]`. A link's `target` is an address, or a reference to a page or a file."""

    start: int
    end: int
    kind: str
    target: str = ""


class Paragraph(NamedTuple):
    """`label` is the way to the part of the block that holds it (`caption`, `items/title`), "" for the block."""

    style: str
    text: str
    marks: tuple[Mark, ...] = ()
    label: str = ""


class Block(NamedTuple):
    """A block of a text, a row of a list, or the whole of a field. `id` may be "" or repeated: it only helps."""

    id: str
    type: str
    paragraphs: tuple[Paragraph, ...]


class Section(NamedTuple):
    """One field or child relation. `kind`: text (blocks to read), fact (one value) or rows (a list)."""

    key: str
    kind: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PageText:
    """All that a page says, in the order of its editor. `model` is its type's label (`initiatives.event`)."""

    model: str
    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        keys = [section.key for section in self.sections]
        if len(set(keys)) != len(keys):
            raise ValueError("two sections have the same key")

    @cached_property
    def word_count(self) -> int:
        """Words to read; choices, dates and references are none."""
        return sum(
            count_words(paragraph.text)
            for section in self.sections
            for block in section.blocks
            for paragraph in block.paragraphs
            if paragraph.style not in ATOMIC
        )

    def to_json(self) -> dict[str, Any]:
        return {"model": self.model, "sections": self.sections}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "PageText":
        return cls(data["model"], tuple(_section(*row) for row in data["sections"]))


def _section(key: str, kind: str, blocks: Sequence) -> Section:
    return Section(key, kind, tuple(_block(*row) for row in blocks))


def _block(id: str, type: str, paragraphs: Sequence) -> Block:
    return Block(id, type, tuple(Paragraph(row[0], row[1], _marks(row[2]), row[3]) for row in paragraphs))


def _marks(rows: Sequence) -> tuple[Mark, ...]:
    return tuple(Mark(*row) for row in rows)


# The difference -----------------------------------------------------------------------------------------------

EQUAL, ADDED, REMOVED = "=", "+", "-"
BEFORE, AFTER = 0, 1  # the two sides


class Piece(NamedTuple):
    op: str  # EQUAL, ADDED or REMOVED
    text: str


class Form(NamedTuple):
    """What a paragraph is beside its text."""

    style: str
    label: str
    marks: tuple[Mark, ...]


class Name(NamedTuple):
    """What a block is beside its paragraphs."""

    id: str
    type: str


class _Placed:
    """What has a place on each side, or on one only. `moved`: "up", "down", or "" where the order is kept."""

    __slots__ = ()
    old: int | None
    new: int | None

    def place(self, side: int) -> int | None:
        return self.new if side == AFTER else self.old

    @property
    def is_added(self) -> bool:
        return self.old is None

    @property
    def is_removed(self) -> bool:
        return self.new is None


@dataclass(frozen=True)
class ParagraphChange(_Placed):
    old: int | None
    new: int | None
    moved: str
    before: Form | None
    after: Form | None
    pieces: tuple[Piece, ...]

    @cached_property
    def kind(self) -> str:
        """added, removed, edited or same; a paragraph that only moved is the same."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        unchanged = self.before == self.after and all(piece.op == EQUAL for piece in self.pieces)
        return "same" if unchanged else "edited"

    def text(self, side: int) -> str:
        gone = REMOVED if side == AFTER else ADDED
        return "".join(piece.text for piece in self.pieces if piece.op != gone)

    def paragraph(self, side: int) -> Paragraph | None:
        form = self.after if side == AFTER else self.before
        return form and Paragraph(form.style, self.text(side), form.marks, form.label)


@dataclass(frozen=True)
class BlockChange(_Placed):
    """Entries of `paragraphs` stand in the order in which they are read: the new one, removed ones in between."""

    old: int | None
    new: int | None
    moved: str
    before: Name | None
    after: Name | None
    paragraphs: tuple[ParagraphChange, ...]

    @cached_property
    def kind(self) -> str:
        """added, removed, edited or same. Another id alone is no change that anybody sees."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        assert self.before
        assert self.after
        unchanged = self.before.type == self.after.type and all(
            paragraph.kind == "same" and not paragraph.moved for paragraph in self.paragraphs
        )
        return "same" if unchanged else "edited"

    @property
    def type(self) -> str:
        name = self.after or self.before
        assert name
        return name.type

    def block(self, side: int) -> Block | None:
        name = self.after if side == AFTER else self.before
        return name and Block(*name, _in_order(self.paragraphs, side, ParagraphChange.paragraph))


@dataclass(frozen=True)
class SectionChange(_Placed):
    key: str
    old: int | None
    new: int | None
    before: str | None  # the section's kind
    after: str | None
    blocks: tuple[BlockChange, ...]

    @property
    def kind(self) -> str:
        return (self.before or "") if self.after is None else self.after

    @cached_property
    def is_changed(self) -> bool:
        return any(block.kind != "same" or block.moved for block in self.blocks)

    def section(self, side: int) -> Section | None:
        kind = self.after if side == AFTER else self.before
        if kind is None:
            return None
        return Section(self.key, kind, _in_order(self.blocks, side, BlockChange.block))


def _in_order(entries: Sequence, side: int, take: Any) -> tuple:
    present = [entry for entry in entries if entry.place(side) is not None]
    return tuple(take(entry, side) for entry in sorted(present, key=lambda entry: entry.place(side)))


class SizeChange(NamedTuple):
    words: int
    characters: int


@dataclass(frozen=True)
class PageDiff:
    """Everything of both texts, each thing once. Made by `compare`."""

    models: tuple[str, str]
    sections: tuple[SectionChange, ...]
    words_added: int
    words_removed: int
    characters: int  # more than before, or less

    @property
    def is_empty(self) -> bool:
        """Nothing that a reader could see differs."""
        return not self.sections_changed

    @cached_property
    def sections_changed(self) -> tuple[str, ...]:
        return tuple(section.key for section in self.sections if section.is_changed)

    @property
    def changed_words(self) -> int:
        """Words added and words removed, together. What only moved does not count."""
        return self.words_added + self.words_removed

    @property
    def size_change(self) -> SizeChange:
        return SizeChange(self.words_added - self.words_removed, self.characters)

    def text(self, side: int) -> PageText:
        return PageText(self.models[side], _in_order(self.sections, side, SectionChange.section))
