"""How long the words of a place may be: what its field, or its block, holds."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.blocks import Block, ListBlock
from wagtail.fields import StreamField


def longest_of(model: type[models.Model], row: dict[str, Any]) -> int | None:
    """Characters of plain text, None where nothing limits them. `row`: as `Work.segments` keeps it."""
    if row["rich"]:
        return None
    return _longest(model, row["path"].split("."), row["block"])


def _longest(model: type[models.Model], steps: list[str], kind: str) -> int | None:
    try:
        field = model._meta.get_field(steps[0])
    except FieldDoesNotExist:
        return None
    if isinstance(field, StreamField):
        # After the field stand the id of the block, then the names of what is in it.
        return _longest_in(field.stream_block.child_blocks.get(kind), steps[2:])
    if isinstance(field, models.ForeignObjectRel):
        # "sessions.<translation key>.title"
        related: Any = field.related_model
        return _longest(related, steps[2:], kind) if len(steps) > 2 else None
    return field.max_length if isinstance(field, models.Field) else None


def _longest_in(block: Block | None, steps: list[str]) -> int | None:
    for step in steps:
        if isinstance(block, ListBlock):
            block = block.child_block
        else:
            block = getattr(block, "child_blocks", {}).get(step)
    return getattr(getattr(block, "field", None), "max_length", None)
