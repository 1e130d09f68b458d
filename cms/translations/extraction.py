"""Cuts an original, or its translation, into segments by the translation library's rules.

Where a page's slug is concerned they are overruled: an address is made from the translated title, by nobody.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail.fields import StreamField
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

NOT_TRANSLATED = {"slug"}


def all_segments(instance: Model) -> list[Any]:
    """Every segment value of the library, those that hold words and those that hold the rest."""
    return [each for each in extract_segments(instance) if each.path not in NOT_TRANSLATED]


def segment_rows(instance: Model) -> list[dict[str, Any]]:
    """The words of `instance`, in document order, as `Work.segments` keeps them.

    `block` is the type of the block of running text ("heading", "text" …), "" outside of one; `rich` whether
    markup may stand in it; `links` what the ids of its `<a>` stand for (id → attributes).
    """
    found = all_segments(instance)
    rich = {each.path for each in found if isinstance(each, TemplateSegmentValue)}
    blocks = dict(_block_types(instance))
    return [
        {
            "path": each.path,
            "text": each.string.data,
            "order": each.order,
            "block": blocks.get(".".join(each.path.split(".")[:2]), ""),
            "rich": each.path in rich,
            "links": each.attrs or {},
        }
        for each in found
        if isinstance(each, StringSegmentValue)
    ]


def _block_types(instance: Model) -> Iterator[tuple[str, str]]:
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            for block in field.value_from_object(instance) or ():
                yield f"{field.name}.{block.id}", block.block_type
