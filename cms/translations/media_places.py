"""The pictures and files of an original, by where they stand: in a translation another one may stand in for each.

A place is named as the translation library names it ("lead_image", "body.<block id>.image"); it has none for files in
a list of a page ("attachments.file.<id of the file>"), and for those that a text links to ("linked.<id of the file>").
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.blocks import ChooserBlock, ListBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue

from cms.translations.inline import plain_text
from cms.translations.replacing import FILE, PICTURE

LINKED = "linked"
# Which of the texts beside a picture or file says best what it is.
SAYING = ("alt", "title", "caption")


def media_rows(instance: models.Model, found: Sequence[Any], blocks: dict[str, str]) -> list[dict[str, Any]]:
    """What `Work.media` keeps, in the order of the document. `found`: all segments of `instance`; `blocks`: the types
    of its blocks by their paths.

    Each: `path`, `kind`, `id`, `block` (the type of the block, "" outside of one), and `words` that say what it is.
    """
    texts = {
        each.path: plain_text(each.string.data) for each in found if isinstance(each, StringSegmentValue)
    }
    rows = [*_standing(instance, found, blocks, texts), *_linked(found), *_listed(instance)]
    return list({row["path"]: row for row in rows}.values())


def _row(path: str, kind: str, pk: int, block: str = "", words: str = "") -> dict[str, Any]:
    return {"path": path, "kind": kind, "id": pk, "block": block, "words": words}


def _standing(instance, found, blocks: dict[str, str], texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    for each in found:
        if isinstance(each, OverridableSegmentValue):
            block = blocks.get(".".join(each.path.split(".")[:2]), "")
            kind = _kind(_model_at(type(instance), each.path.split("."), block))
            if kind:
                yield _row(each.path, kind, each.data, block, _words_beside(each.path, texts))


def _kind(model: type | None) -> str:
    if model is None:
        return ""
    return (
        PICTURE if issubclass(model, AbstractImage) else FILE if issubclass(model, AbstractDocument) else ""
    )


def _model_at(model: type[models.Model], steps: list[str], block: str) -> type | None:
    """What is chosen at a place; None where nothing is."""
    try:
        field = model._meta.get_field(steps[0])
    except FieldDoesNotExist:
        return None
    if isinstance(field, StreamField):
        # After the field stand the id of the block, then the names of what is in it.
        return _chosen_in(field.stream_block.child_blocks.get(block), steps[2:])
    if isinstance(field, models.ForeignObjectRel):
        # "slides.<translation key>.picture"
        related: Any = field.related_model
        return _model_at(related, steps[2:], "") if len(steps) > 2 else None
    return field.related_model if isinstance(field, models.ForeignKey) and len(steps) == 1 else None  # type: ignore[return-value]


def _chosen_in(block: Any, steps: list[str]) -> type | None:
    for step in steps:
        if isinstance(block, ListBlock):
            block = block.child_block
        else:
            block = getattr(block, "child_blocks", {}).get(step)
    return block.model_class if isinstance(block, ChooserBlock) else None


def _words_beside(path: str, texts: dict[str, str]) -> str:
    above, _dot, name = path.rpartition(".")
    if not above:
        return texts.get(f"{name}_alt", "")
    said = (texts.get(f"{above}.{each}", "") for each in SAYING)
    return next((words for words in said if words), "")


def _linked(found: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for each in found:
        if isinstance(each, StringSegmentValue):
            for attrs in (each.attrs or {}).values():
                if attrs.get("linktype") == "document" and str(attrs.get("id", "")).isdecimal():
                    yield _row(f"{LINKED}.{attrs['id']}", FILE, int(attrs["id"]))


def _listed(instance: models.Model) -> Iterator[dict[str, Any]]:
    for relation, field in lists_of_media(type(instance)):
        for child in getattr(instance, relation).all():
            pk = getattr(child, field.attname)
            if pk is not None:
                words = getattr(child, "title", "") or ""
                yield _row(f"{relation}.{field.name}.{pk}", _kind(field.related_model), pk, "", words)


def lists_of_media(model: type[models.Model]) -> list[tuple[str, models.ForeignKey]]:
    """The lists of a page, the same in every language, that hold pictures or files: (name, the field of their rows)."""
    found = []
    for translatable in get_translatable_fields(model):
        relation = translatable.get_field(model)
        if not isinstance(relation, models.ManyToOneRel) or not isinstance(
            relation.remote_field, ParentalKey
        ):
            continue
        rows: Any = relation.related_model
        if issubclass(rows, TranslatableMixin) or not getattr(translatable, "overridable", False):
            continue
        fields = (each for each in rows._meta.fields if isinstance(each, models.ForeignKey))
        found += [(relation.name, each) for each in fields if _kind(each.related_model)]  # type: ignore[arg-type]
    return found
