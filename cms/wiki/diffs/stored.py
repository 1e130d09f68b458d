"""A difference as JSON, to be kept. Lists rather than objects: it holds the whole text."""

from typing import Any

from .values import BlockChange, Form, Mark, Name, PageDiff, ParagraphChange, Piece, SectionChange

VERSION = 1  # of the format; what is kept in another is to be made anew


class OtherFormat(ValueError):
    """Kept by another version of this code."""


def to_json(diff: PageDiff) -> dict[str, Any]:
    return {
        "version": VERSION,
        "models": diff.models,
        "counts": [diff.words_added, diff.words_removed, diff.characters],
        "sections": [
            [
                section.key,
                section.old,
                section.new,
                section.before,
                section.after,
                [_block_row(block) for block in section.blocks],
            ]
            for section in diff.sections
        ],
    }


def _block_row(block: BlockChange) -> list:
    paragraphs = [_paragraph_row(paragraph) for paragraph in block.paragraphs]
    return [block.old, block.new, block.moved, block.before, block.after, paragraphs]


def _paragraph_row(paragraph: ParagraphChange) -> list:
    after = 0 if paragraph.before == paragraph.after else paragraph.after  # 0: as before
    return [paragraph.old, paragraph.new, paragraph.moved, paragraph.before, after, paragraph.pieces]


def from_json(data: dict[str, Any]) -> PageDiff:
    """Raises `OtherFormat`."""
    if data.get("version") != VERSION:
        raise OtherFormat
    sections = tuple(
        SectionChange(key, old, new, before, after, tuple(_block(row) for row in blocks))
        for key, old, new, before, after, blocks in data["sections"]
    )
    return PageDiff((data["models"][0], data["models"][1]), sections, *data["counts"])


def _block(row: list) -> BlockChange:
    old, new, moved, before, after, paragraphs = row
    return BlockChange(
        old,
        new,
        moved,
        Name(*before) if before else None,
        Name(*after) if after else None,
        tuple(_paragraph(each) for each in paragraphs),
    )


def _paragraph(row: list) -> ParagraphChange:
    old, new, moved, before, after, pieces = row
    was = _form(before)
    return ParagraphChange(
        old,
        new,
        moved,
        was,
        was if after == 0 else _form(after),
        tuple(Piece(op, text) for op, text in pieces),
    )


def _form(row: list | None) -> Form | None:
    return Form(row[0], row[1], tuple(Mark(*mark) for mark in row[2])) if row else None
