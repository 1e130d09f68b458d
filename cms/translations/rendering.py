"""A translated page or entry from its original and the words for its segments, in memory.

The translation library would read the words from its own tables; ours come from drafts that nobody has approved,
and those never enter its tables (decision 0018).
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Locale, Page
from wagtail_localize.fields import copy_synchronised_fields, get_translatable_fields
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from cms.translations.extraction import all_segments
from cms.translations.media_places import LINKED, lists_of_media
from cms.translations.segments import segment_key

Links = Mapping[str, Mapping[str, str]]  # key of a segment → id of a link → address


def render(
    original: Model,
    target: Model,
    texts: Mapping[str, str],
    links: Links | None = None,
    replacements: Mapping[str, int] | None = None,
) -> Model:
    """`target`, a row of the same model, with the words of `texts` (key → inline HTML); changed and not saved.

    A segment without words shows those of the original. What is the same in every language follows the original.
    `replacements`: path → id of the picture or file that stands in for the original's; those are there.
    """
    locale = _locale(target)
    copy_synchronised_fields(original, target)
    _empty_what_was_emptied(original, target)
    segments = [
        prepared
        for each in all_segments(original)
        if (prepared := _prepared(each, locale, texts, links or {}, replacements or {})) is not None
    ]
    ingest_segments(original, target, _locale(original), locale, segments)
    if replacements:
        _replace_in_lists(target, replacements)
    return target


def _replace_in_lists(target: Model, replacements: Mapping[str, int]) -> None:
    """The title of a file in a list is the same in every language: another file brings its own."""
    for relation, field in lists_of_media(type(target)):
        rows = list(getattr(target, relation).all())
        for row in rows:
            other = replacements.get(f"{relation}.{field.name}.{getattr(row, field.attname)}")
            if other is not None:
                setattr(row, field.attname, other)
                if hasattr(row, "title"):
                    row.title = ""
        setattr(target, relation, rows)


def _locale(instance: Any) -> Locale:
    return instance.locale


def _empty_what_was_emptied(original: Model, target: Model) -> None:
    """The library passes over relations that the original has no more."""
    for translatable in get_translatable_fields(type(original)):
        field = translatable.get_field(type(original))
        if isinstance(field, ParentalManyToManyField) and translatable.is_synchronized(original):
            setattr(target, field.attname, list(getattr(original, field.attname).all()))


def _prepared(
    each: Any, locale: Locale, texts: Mapping[str, str], links: Links, replacements: Mapping[str, int]
):
    if isinstance(each, StringSegmentValue):
        key = segment_key(each.path, each.string.data)
        return StringSegmentValue(
            each.path,
            StringValue(texts.get(key) or each.string.data),
            attrs=_with_links(each.attrs or {}, links.get(key, {}), locale, replacements),
            order=each.order,
        )
    if isinstance(each, TemplateSegmentValue):
        return each
    if isinstance(each, RelatedObjectSegmentValue):
        rows = each.content_type.get_all_objects_for_this_type(
            translation_key=each.translation_key, locale_id=locale.pk
        )
        return each if rows.exists() else None
    if isinstance(each, OverridableSegmentValue) and each.path in replacements:
        return OverridableSegmentValue(each.path, replacements[each.path], order=each.order)
    return None


def _with_links(
    attrs: Mapping, chosen: Mapping[str, str], locale: Locale, replacements: Mapping[str, int]
) -> dict:
    """The attributes of links, those to pages led to their translation where there is one, others as chosen."""
    led = {}
    for name, values in attrs.items():
        values = dict(values)
        if name in chosen and "href" in values:
            values["href"] = chosen[name]
        elif values.get("linktype") == "page":
            values["id"] = str(_page_in(values.get("id"), locale))
        elif values.get("linktype") == "document":
            values["id"] = str(replacements.get(f"{LINKED}.{values.get('id')}", values.get("id")))
        led[name] = values
    return led


def _page_in(page_id: Any, locale: Locale) -> Any:
    page = Page.objects.filter(pk=page_id).first() if str(page_id).isdigit() else None
    if page is None:
        return page_id
    twin = Page.objects.filter(translation_key=page.translation_key, locale=locale, live=True).first()
    return twin.pk if twin else page_id
