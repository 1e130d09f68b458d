"""What the keys of a text are called in the language of the interface: fields, blocks, choices, values."""

from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cms.core.dates import written_date
from cms.wiki.diffs import ATOMIC
from cms.wiki.texts import fields_of, fields_of_row

# Fields that Wagtail names in words for the few who know them.
NAMES = {"search_description": gettext_lazy("summary for search engines")}


class Labels:
    """For pages of one type. A key that the model no longer knows is shown as it is."""

    def __init__(self, model_label: str) -> None:
        try:
            self.model: Any = apps.get_model(model_label)
        except (LookupError, ValueError):
            self.model = None
        self.fields = {field.name: field for field in fields_of(self.model)} if self.model else {}

    def section(self, key: str) -> str:
        field = self.fields.get(key)
        if field is None:
            return _plain(key)
        if field.auto_created and field.is_relation:
            return str(self._heading(key) or capfirst(field.related_model._meta.verbose_name_plural))
        return str(capfirst(NAMES.get(key) or field.verbose_name))

    def _heading(self, relation: str) -> Any:
        """What the editor calls a list."""
        waiting = [self.model.get_edit_handler()] if hasattr(self.model, "get_edit_handler") else []
        while waiting:
            panel = waiting.pop()
            if getattr(panel, "relation_name", "") == relation:
                return panel.heading
            waiting.extend(getattr(panel, "children", ()))
        return ""

    def block(self, section: str, type: str) -> str:
        """ "" for plain text, which needs no name."""
        block = self._part(section, type, "")
        if not type or isinstance(block, blocks.RichTextBlock):
            return ""
        return str(block.label) if isinstance(block, blocks.Block) else _plain(type)

    def part(self, section: str, type: str, label: str) -> str:
        if not label:
            return ""
        part = self._part(section, type, label)
        if isinstance(part, models.Field):
            return str(capfirst(part.verbose_name))
        return str(part.label) if isinstance(part, blocks.Block) and part.label else _plain(label)

    def value(self, section: str, type: str, style: str, label: str, text: str, names: dict[str, str]) -> str:
        """A value in words; text that is not a value stays as it is."""
        if style == "ref":
            return names.get(text) or _("something that no longer exists or is not public")
        if style == "choice":
            return self._choices(self._part(section, type, label)).get(text, text)
        return value_in_words(style, text) if style in ATOMIC else text

    def _part(self, section: str, type: str, label: str) -> Any:
        """The field or block that `label` leads to, or None."""
        part = self.fields.get(section)
        steps = label.split("/") if label else []
        if part is not None and part.is_relation and part.auto_created:
            fields = {field.name: field for field in fields_of_row(part.related_model)}
            part = fields.get(steps.pop(0)) if steps else None
        stream = getattr(part, "stream_block", None)
        if stream is not None:
            part, steps = stream, [type, *steps] if type else steps
        for step in steps:
            while isinstance(part, blocks.ListBlock):
                part = part.child_block
            part = getattr(part, "child_blocks", {}).get(step)
        return part

    @staticmethod
    def _choices(part: Any) -> dict[str, str]:
        while isinstance(part, blocks.ListBlock):
            part = part.child_block
        if isinstance(part, blocks.Block):
            choices = getattr(getattr(part, "field", None), "choices", ())
        elif isinstance(part, models.Field):
            choices = part.flatchoices or getattr(part.formfield(), "choices", ())
        else:
            choices = ()
        flat: dict[str, str] = {}
        for value, label in choices:
            inner = label if isinstance(label, list | tuple) else [(value, label)]
            flat |= {str(key): str(name) for key, name in inner}
        return flat


def _plain(key: str) -> str:
    return capfirst(key.rpartition("/")[2].replace("_", " "))


def value_in_words(style: str, text: str) -> str:
    """A date, a time, a yes or no. What cannot be read is shown as it is."""
    if style == "bool":
        return _("yes") if text == "true" else _("no")
    try:
        if style == "date":
            return date_in_words(text)
        if style == "time":
            return formats.time_format(time.fromisoformat(text))
        if style == "datetime":
            moment = datetime.fromisoformat(text)
            moment = timezone.localtime(moment) if timezone.is_aware(moment) else moment
            return formats.date_format(moment, "DATETIME_FORMAT")
    except ValueError:
        pass
    return text


def date_in_words(text: str) -> str:
    """`2010-05-01/month` → May 2010."""
    day, _slash, precision = text.partition("/")
    return written_date(date.fromisoformat(day), precision or "day") or _("not known")


def exact_date(text: str) -> str:
    """`2010-05-01/month` → 1 May 2010: where two dates would read alike. "" for what is no date."""
    try:
        return written_date(date.fromisoformat(text.partition("/")[0]))
    except ValueError:
        return ""
