"""What a place in a document is called: its field, and the block or the entry of a list in it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from wagtail.blocks import BaseStreamBlock, BaseStructBlock
from wagtail.fields import StreamField

from cms.translations.limits import longest_of
from cms.translations.media_places import LINKED
from cms.translations.replacing import PICTURE, MediaPlace


@dataclass(frozen=True, slots=True)
class Place:
    field: str  # "Body"
    part: str  # "Table: caption", "Session: title"; "" where the field is one text
    group: str  # the same for all segments that stand in one block or one entry
    longest: int | None  # characters of the text without markup
    lines: bool  # whether a line break may stand in it


def place_of(model: type[models.Model], row: dict[str, Any]) -> Place:
    """`row`: as `Work.segments` keeps it. A field that the model has no more is called by its path."""
    name, *steps = row["path"].split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return Place(row["path"], "", row["path"], None, True)
    several = row["rich"] or "<br" in row["text"]
    if isinstance(field, StreamField):
        part = ": ".join(_block_names(field.stream_block, row["block"], steps[1:]))
        group = ".".join([name, *steps[:1]])
        return Place(_capital(field.verbose_name), part, group, longest_of(model, row), True)
    if isinstance(field, models.ForeignObjectRel) and len(steps) == 2:
        return _place_in_list(field, name, steps, several)
    if isinstance(field, models.Field):
        return Place(_capital(field.verbose_name), "", name, field.max_length, several or _is_long(field))
    return Place(name, "", name, None, True)


def media_name(model: type[models.Model], place: MediaPlace) -> str:
    """What the place of a picture or file is called: "Text: Image", "Picture at the head"."""
    name, *steps = place.path.split(".")
    if name == LINKED:
        return _("File that the text links to")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return place.path
    if isinstance(field, StreamField):
        return ": ".join([_capital(field.verbose_name), *_block_names(field.stream_block, place.block, [])])
    if isinstance(field, models.ForeignObjectRel):
        related: Any = field.related_model
        listed = _("Attached picture") if place.kind == PICTURE else _("Attached file")
        return listed if len(steps) == 2 and steps[1].isdecimal() else _capital(related._meta.verbose_name)
    return _capital(field.verbose_name)


def _place_in_list(field: models.ForeignObjectRel, name: str, steps: list[str], several: bool) -> Place:
    related: Any = field.related_model
    part = _capital(related._meta.verbose_name)
    longest, long = None, True
    try:
        inner = related._meta.get_field(steps[1])
    except FieldDoesNotExist:
        inner = None
    if isinstance(inner, models.Field):
        part = f"{part}: {inner.verbose_name}"
        longest, long = inner.max_length, _is_long(inner)
    heading = _capital(related._meta.verbose_name_plural)
    return Place(heading, part, f"{name}.{steps[0]}", longest, several or long)


def _is_long(field: models.Field) -> bool:
    return isinstance(field, models.TextField)


def _block_names(stream: BaseStreamBlock, kind: str, steps: list[str]) -> list[str]:
    block = stream.child_blocks.get(kind)
    if block is None:
        return [kind] if kind else []
    names = [_capital(block.label)]
    for step in steps:
        if isinstance(block, BaseStructBlock) and step in block.child_blocks:
            block = block.child_blocks[step]
            names.append(str(block.label).lower())
        elif hasattr(block, "child_block"):
            block = block.child_block
    return names


def _capital(name: Any) -> str:
    said = str(name)
    return said[:1].upper() + said[1:]
