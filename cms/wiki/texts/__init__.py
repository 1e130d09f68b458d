"""What a page says, read from the page: the plain values that `cms.wiki.diffs` compares.

Which fields count is asked of the model. Nothing is looked up: what a page points to stands in its text as a
reference, and gets its name when it is shown, from what the reader may see then.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.wiki.diffs import Block, PageText, Paragraph, Section

from .fields import fields_of, fields_of_row, precision_of
from .html import html_paragraphs
from .references import reference
from .stream import block_paragraphs, lines, stream_blocks

__all__ = ["content_text", "fields_of", "fields_of_row", "page_text"]

VALUES: tuple[tuple[type[models.Field], str], ...] = (
    (models.BooleanField, "bool"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.TimeField, "time"),
    (models.IntegerField, "number"),
    (models.FloatField, "number"),
    (models.DecimalField, "number"),
)


def page_text(page: Page) -> PageText:
    """The text of a page of its own type, as it is in memory."""
    return content_text(type(page), page.serializable_data())


def content_text(model: Any, content: Mapping[str, Any]) -> PageText:
    """The text of a page of the type `model`, from the content of a revision of it. Asks the database nothing.

    Prefer it to making a page of the content first: that asks about every row the page points to, and drops
    what no longer exists.
    """
    return PageText(model._meta.label_lower, tuple(_section(field, content) for field in fields_of(model)))


def _section(field: Any, content: Mapping[str, Any]) -> Section:
    if isinstance(field, ParentalManyToManyField):
        return Section(field.name, "rows", _targets(field, content.get(field.name)))
    if field.is_relation and field.auto_created:
        return Section(field.name, "rows", _rows(field, content.get(field.name)))
    if isinstance(field, StreamField):
        return Section(field.name, "text", stream_blocks(field.stream_block, content.get(field.name)))
    is_text = isinstance(field, models.TextField) and not field.choices
    paragraphs = tuple(_field_paragraphs(field, content, ""))
    blocks = (Block(field.name, "", paragraphs),) if paragraphs else ()
    return Section(field.name, "text" if is_text else "fact", blocks)


def _targets(field: ParentalManyToManyField, keys: Any) -> tuple[Block, ...]:
    """In the order of their keys: such a relation has none of its own."""
    model = field.related_model
    ordered = sorted(set(keys or ()), key=lambda key: (len(str(key)), str(key)))
    return tuple(Block(str(key), "", (Paragraph("ref", reference(model, key)),)) for key in ordered)


def _rows(relation: Any, rows: Any) -> tuple[Block, ...]:
    fields = fields_of_row(relation.related_model)
    return tuple(
        Block(
            # Without a key before it is first published; a translatable row has one from the start.
            str(row.get("translation_key") or row.get("pk") or ""),
            "",
            tuple(each for field in fields for each in _field_paragraphs(field, row, field.name)),
        )
        for row in rows or ()
    )


def _field_paragraphs(field: models.Field, content: Mapping[str, Any], label: str) -> list[Paragraph]:
    value = content[field.name] if field.name in content else field.get_default()
    if value is None or value == "" or value == []:
        return []
    if isinstance(field, StreamField):
        return block_paragraphs(field.stream_block, value, label)
    if isinstance(field, RichTextField):
        return html_paragraphs(str(value), label)
    if isinstance(field, models.ForeignKey):
        return [Paragraph("ref", reference(field.related_model, value), (), label)]
    if field.choices or isinstance(field, models.JSONField):
        chosen = value if isinstance(value, list) else [value]
        return [Paragraph("choice", str(each), (), label) for each in chosen]
    for kind, style in VALUES:
        if isinstance(field, kind):
            return [Paragraph(style, _value(field, value, content), (), label)]
    if isinstance(field, models.TextField):
        return lines(str(value), label)
    text = " ".join(str(value).replace("\0", "").split("\n")).strip()
    return [Paragraph("line", text, (), label)] if text else []


def _value(field: models.Field, value: Any, content: Mapping[str, Any]) -> str:
    """As text that sorts and can be read back: dates as ISO 8601, with how well they are known behind a slash."""
    if isinstance(field, models.BooleanField):
        return str(value in (True, "true", "True", "1", 1)).lower()
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    precision = isinstance(field, models.DateField) and precision_of(field)
    return f"{text}/{content.get(precision) or ''}" if precision else text
