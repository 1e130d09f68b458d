"""Cuts an original, or its translation, into segments by the translation library's rules.

Where a page's slug is concerned they are overruled: an address is made from the translated title, by nobody.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail.fields import StreamField
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.translations.media_places import media_rows

NOT_TRANSLATED = {"slug"}
_IN_TEMPLATE = re.compile(r'<(p|li|h[1-6]|blockquote)\b[^>]*>|<text position="(\d+)"', re.IGNORECASE)


def all_segments(instance: Model) -> list[Any]:
    """Every segment value of the library, those that hold words and those that hold the rest."""
    return [each for each in extract_segments(instance) if each.path not in NOT_TRANSLATED]


def source_rows(instance: Model) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What `Work.segments` and `Work.media` keep of `instance`."""
    found = all_segments(instance)
    return _words(instance, found), media_rows(instance, found, dict(_block_types(instance)))


def segment_rows(instance: Model) -> list[dict[str, Any]]:
    """The words of `instance`, in document order, as `Work.segments` keeps them.

    `block` is the type of the block of running text ("heading", "text" …), "" outside of one; `rich` whether
    markup may stand in it; `tag` the element a rich text stands in ("p", "li" …), "" outside of one; `links` what
    the ids of its `<a>` stand for (id → attributes).
    """
    return _words(instance, all_segments(instance))


def media_of(instance: Model) -> list[dict[str, Any]]:
    """The pictures and files of `instance`, as `Work.media` keeps them."""
    return source_rows(instance)[1]


def _words(instance: Model, found: list[Any]) -> list[dict[str, Any]]:
    tags = {each.path: _tags(each.template) for each in found if isinstance(each, TemplateSegmentValue)}
    nth: Counter[str] = Counter()
    blocks = dict(_block_types(instance))
    rows = []
    for each in found:
        if not isinstance(each, StringSegmentValue):
            continue
        within = tags.get(each.path, [])
        rows.append(
            {
                "path": each.path,
                "text": each.string.data,
                "order": each.order,
                "block": blocks.get(".".join(each.path.split(".")[:2]), ""),
                "rich": each.path in tags,
                "tag": within[nth[each.path]] if nth[each.path] < len(within) else "",
                "links": each.attrs or {},
            }
        )
        nth[each.path] += 1
    return rows


def _tags(template: str) -> list[str]:
    """The element in which each text of a rich text stands, in order."""
    tags, last = [], ""
    for found in _IN_TEMPLATE.finditer(template):
        if found[2] is None:
            last = found[1].lower()
        else:
            tags.append(last)
    return tags


def _block_types(instance: Model) -> Iterator[tuple[str, str]]:
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            for block in field.value_from_object(instance) or ():
                yield f"{field.name}.{block.id}", block.block_type
