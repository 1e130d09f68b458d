"""Stream blocks as paragraphs, from their stored form: nothing is looked up, whatever they point to."""

import json
from collections.abc import Iterable
from typing import Any

from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

from cms.wiki.diffs import Block, Paragraph

from .html import BETWEEN_CELLS, html_paragraphs
from .references import reference

VALUES: tuple[tuple[type[blocks.Block], str], ...] = (
    (blocks.DateBlock, "date"),
    (blocks.TimeBlock, "time"),
    (blocks.DateTimeBlock, "datetime"),
    (blocks.IntegerBlock, "number"),
    (blocks.FloatBlock, "number"),
    (blocks.DecimalBlock, "number"),
)


def stream_blocks(stream_block: blocks.StreamBlock, stored: Any) -> tuple[Block, ...]:
    """One block each, with its own id."""
    return tuple(
        Block(
            str(item.get("id") or ""),
            str(item["type"]),
            tuple(_child(stream_block, item["type"], item.get("value"), "")),
        )
        for item in stream_items(stored)
    )


def stream_items(stored: Any) -> list[dict]:
    """The blocks of a stored stream, which is JSON, or text that holds it; [] for anything else."""
    if isinstance(stored, str):
        try:
            stored = json.loads(stored or "[]")
        except ValueError:
            return []
    return [item for item in stored or () if isinstance(item, dict) and "type" in item]


def below(label: str, part: str) -> str:
    return f"{label}/{part}" if label else part


def block_paragraphs(block: blocks.Block | None, value: Any, label: str) -> list[Paragraph]:
    if value is None or value == "" or isinstance(block, blocks.StaticBlock):
        return []
    if block is None:  # of a kind that the site no longer has
        return _anything(value, label)
    if isinstance(block, blocks.BaseStructBlock) and isinstance(value, dict):
        parts = ((name, value.get(name)) for name in block.child_blocks)
        return [each for name, part in parts for each in _child(block, name, part, below(label, name))]
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            each
            for item in stream_items(value)
            for each in _child(block, item["type"], item.get("value"), below(label, item["type"]))
        ]
    if isinstance(block, blocks.ListBlock) and isinstance(value, list):
        return [each for item in value for each in block_paragraphs(block.child_block, _item(item), label)]
    if isinstance(block, BaseTypedTableBlock) and isinstance(value, dict):
        return list(_table(block, value, label))
    return _leaf(block, value, label)


def _child(parent: Any, name: str, value: Any, label: str) -> list[Paragraph]:
    return block_paragraphs(parent.child_blocks.get(name), value, label)


def _item(item: Any) -> Any:
    """Lists were once stored without the ids of their items."""
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        return item["value"]
    return item


def _table(block: BaseTypedTableBlock, value: dict, label: str) -> Iterable[Paragraph]:
    columns = value.get("columns") or []
    if value.get("caption"):
        yield Paragraph("line", str(value["caption"]), (), below(label, "caption"))
    headings = BETWEEN_CELLS.join(str(column.get("heading") or "") for column in columns)
    if headings.strip(" |"):
        yield Paragraph("heading_row", headings, (), label)
    for row in value.get("rows") or []:
        cells = []
        for column, cell in zip(columns, row.get("values") or [], strict=False):
            paragraphs = _child(block, column.get("type"), cell, "")
            cells.append(" ".join(paragraph.text for paragraph in paragraphs))
        text = BETWEEN_CELLS.join(cells)
        if text.strip(" |"):
            yield Paragraph("row", text, (), label)


def _leaf(block: blocks.Block, value: Any, label: str) -> list[Paragraph]:
    if isinstance(block, blocks.RichTextBlock | blocks.RawHTMLBlock):
        return html_paragraphs(str(value), label)
    if isinstance(block, blocks.ChooserBlock):
        return [Paragraph("ref", reference(block.model_class, value), (), label)]
    if isinstance(block, BaseChoiceBlock):
        chosen = value if isinstance(value, list) else [value]
        return [Paragraph("choice", str(each), (), label) for each in chosen]
    if isinstance(block, blocks.BooleanBlock):
        return [Paragraph("bool", str(bool(value)).lower(), (), label)]
    if isinstance(block, blocks.TextBlock | blocks.BlockQuoteBlock):
        return lines(str(value), label)
    for kind, style in VALUES:
        if isinstance(block, kind):
            return [Paragraph(style, str(value), (), label)]
    return [Paragraph("line", value, (), label)] if isinstance(value, str) else _anything(value, label)


def lines(text: str, label: str = "") -> list[Paragraph]:
    stripped = (line.strip() for line in text.replace("\0", "").splitlines())
    return [Paragraph("p", line, (), label) for line in stripped if line]


def _anything(value: Any, label: str) -> list[Paragraph]:
    if isinstance(value, dict):
        return [each for key, part in value.items() for each in _anything(part, below(label, str(key)))]
    if isinstance(value, list):
        return [each for part in value for each in _anything(_item(part), label)]
    if isinstance(value, str):
        return html_paragraphs(value, label) if "<" in value else lines(value, label)
    return [] if value is None else [Paragraph("line", str(value), (), label)]
