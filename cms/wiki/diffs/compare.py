"""Comparing two texts of a page."""

from collections.abc import Sequence

from .order import Item, Pair, aligned
from .pieces import pieces, replaced
from .values import (
    ADDED,
    AFTER,
    ATOMIC,
    BEFORE,
    EQUAL,
    REMOVED,
    SHORT,
    Block,
    BlockChange,
    Form,
    Name,
    PageDiff,
    PageText,
    Paragraph,
    ParagraphChange,
    Piece,
    Section,
    SectionChange,
)
from .words import count_words, tokens


class DoesNotApply(ValueError):
    """The text is not the one that the difference starts from."""


def compare(old: PageText, new: PageText) -> PageDiff:
    """The difference, with everything of both. Takes time in proportion to what they say, whatever they say."""
    sections = tuple(_sections(old.sections, new.sections))
    changed = [
        paragraph
        for section in sections
        for block in section.blocks
        for paragraph in block.paragraphs
        if paragraph.kind != "same"
    ]
    counts = {ADDED: 0, REMOVED: 0}
    characters = 0
    for paragraph in changed:
        for piece in _words_of(paragraph):
            counts[piece.op] += count_words(piece.text)
            characters += len(piece.text) if piece.op == ADDED else -len(piece.text)
    return PageDiff((old.model, new.model), sections, counts[ADDED], counts[REMOVED], characters)


def _words_of(paragraph: ParagraphChange) -> list[Piece]:
    """The pieces that count: words came or went, and not the key of a value."""
    values = [form is not None and form.style in ATOMIC for form in (paragraph.before, paragraph.after)]
    if not any(values):
        return [piece for piece in paragraph.pieces if piece.op != EQUAL]
    sides = ((REMOVED, BEFORE, paragraph.before), (ADDED, AFTER, paragraph.after))
    return [
        Piece(op, paragraph.text(side))
        for (op, side, form), is_value in zip(sides, values, strict=True)
        if form and not is_value
    ]


def apply(old: PageText, diff: PageDiff) -> PageText:
    """The new text. Raises `DoesNotApply` where `old` is not what was compared."""
    if diff.text(BEFORE) != old:
        raise DoesNotApply
    return diff.text(AFTER)


def revert(new: PageText, diff: PageDiff) -> PageText:
    """The old text. Raises `DoesNotApply` where `new` is not what was compared."""
    if diff.text(AFTER) != new:
        raise DoesNotApply
    return diff.text(BEFORE)


def _sections(old: Sequence[Section], new: Sequence[Section]) -> list[SectionChange]:
    items = [[Item(each.key, each.key, each.key, False, tuple) for each in side] for side in (old, new)]
    return [
        SectionChange(
            (new[pair.new] if pair.new is not None else old[pair.old or 0]).key,
            pair.old,
            pair.new,
            old[pair.old].kind if pair.old is not None else None,
            new[pair.new].kind if pair.new is not None else None,
            _blocks(
                old[pair.old].blocks if pair.old is not None else (),
                new[pair.new].blocks if pair.new is not None else (),
            ),
        )
        for pair in aligned(*items)
    ]


def _blocks(old: tuple[Block, ...], new: tuple[Block, ...]) -> tuple[BlockChange, ...]:
    if old == new:
        pairs = [Pair(place, place) for place in range(len(old))]
    else:
        pairs = aligned([_block_item(block) for block in old], [_block_item(block) for block in new])
    return tuple(_block_change(pair, old, new) for pair in pairs)


def _block_item(block: Block) -> Item:
    return Item(block.id, block.type, block.paragraphs, False, lambda: _said(block.paragraphs))


def _said(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The words by which something is known again: choices and figures are the same in many places."""
    said: list[str] = []
    for paragraph in paragraphs:
        if paragraph.style == "ref":
            said.append(paragraph.text)
        elif paragraph.style not in ATOMIC:
            said.extend(tokens(paragraph.text).words)
    return said


def _block_change(pair: Pair, old: Sequence[Block], new: Sequence[Block]) -> BlockChange:
    before = old[pair.old] if pair.old is not None else None
    after = new[pair.new] if pair.new is not None else None
    return BlockChange(
        pair.old,
        pair.new,
        pair.moved,
        Name(before.id, before.type) if before else None,
        Name(after.id, after.type) if after else None,
        _paragraphs(before.paragraphs if before else (), after.paragraphs if after else ()),
    )


def _paragraphs(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> tuple[ParagraphChange, ...]:
    if old == new:
        pairs = [Pair(place, place) for place in range(len(old))]
    elif not old or not new:
        pairs = [Pair(place, None) for place in range(len(old))] + [Pair(None, j) for j in range(len(new))]
    else:
        pairs = aligned([_paragraph_item(each) for each in old], [_paragraph_item(each) for each in new])
    return tuple(_paragraph_change(pair, old, new) for pair in pairs)


def _paragraph_item(paragraph: Paragraph) -> Item:
    short = paragraph.style in SHORT
    name = paragraph.label or ("*" if short else "")
    return Item(name, paragraph.label, paragraph, short, lambda: _said([paragraph]))


def _paragraph_change(pair: Pair, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> ParagraphChange:
    before = old[pair.old] if pair.old is not None else None
    after = new[pair.new] if pair.new is not None else None
    atomic = any(each.style in ATOMIC for each in (before, after) if each)
    join = replaced if atomic or before is None or after is None else pieces
    return ParagraphChange(
        pair.old,
        pair.new,
        pair.moved,
        Form(before.style, before.label, before.marks) if before else None,
        Form(after.style, after.label, after.marks) if after else None,
        join(before.text if before else "", after.text if after else ""),
    )
