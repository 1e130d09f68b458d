"""The words of an object, read from its fields: what is chosen, counted or pointed to is left out."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.wiki.texts.html import html_paragraphs
from cms.wiki.texts.stream import stream_blocks

WORDLESS = {"ref", "choice", "bool", "number", "date", "time", "datetime"}  # styles of paragraphs


@cache
def text_fields(model: Any, leave_out: tuple[str, ...] = ()) -> tuple[models.Field, ...]:
    """The fields of `model` that hold words, without those of any page."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, StreamField))
        and not isinstance(field, models.URLField | models.EmailField | models.UUIDField)
        and field.model is not Page
        and not field.choices
        and field.editable
        and field.name not in leave_out
    )


@cache
def text_rows(
    model: Any, leave_out: tuple[str, ...] = ()
) -> tuple[tuple[str, tuple[models.Field, ...]], ...]:
    """(relation, its fields that hold words) of the rows that are part of a page of `model`."""
    of_any_page = {relation.name for relation in get_all_child_relations(Page)}
    found = []
    for relation in get_all_child_relations(model):
        if relation.name in of_any_page or relation.name in leave_out:
            continue
        fields = tuple(f for f in text_fields(relation.related_model) if not isinstance(f, ParentalKey))
        if fields:
            found.append((relation.get_accessor_name(), fields))
    return tuple(found)


def words_of(instance: Any, fields: Iterable[models.Field]) -> Iterator[str]:
    """The paragraphs of some fields, as plain text."""
    for field in fields:
        value = getattr(instance, field.attname)
        if not value:
            continue
        if isinstance(field, StreamField):
            raw = getattr(value, "raw_data", value)
            for block in stream_blocks(field.stream_block, list(raw)):
                yield from (each.text for each in block.paragraphs if each.style not in WORDLESS)
        elif isinstance(field, RichTextField):
            yield from plain(value)
        else:
            yield str(value)


def plain(html: str) -> list[str]:
    """The paragraphs of stored rich text."""
    return [each.text for each in html_paragraphs(html) if each.style not in WORDLESS]
