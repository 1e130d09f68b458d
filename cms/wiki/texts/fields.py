"""Which fields and child relations of a page say something, and in which order: asked of the model and its editor."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page

PRECISION = "_precision"  # `date_precision` says how well `date` is known: one thing, in two fields
# What Wagtail keeps of a page for itself is no text, but these are.
SAID_OF_ANY_PAGE = {
    "title",
    "slug",
    "seo_title",
    "search_description",
    "show_in_menus",
    "go_live_at",
    "expire_at",
}


@cache
def fields_of(model: Any) -> tuple[Any, ...]:
    """Fields, many-to-many fields and child relations, as the editor orders them; the others come last."""
    found = {field.name: field for field in _fields(model)}
    editor = model.get_edit_handler() if hasattr(model, "get_edit_handler") else None
    shown = [name for name in dict.fromkeys(_names(editor)) if name in found]
    return tuple(found[name] for name in [*shown, *(name for name in found if name not in shown)])


@cache
def fields_of_row(model: Any) -> tuple[models.Field, ...]:
    """Fields of a row of a child relation (`model`), without what ties it to its page."""
    return tuple(_own_fields(model))


@cache
def precision_of(field: models.Field) -> str:
    """The name of the field that says how well the date is known, or ""."""
    name = field.name + PRECISION
    return name if any(each.name == name for each in field.model._meta.get_fields()) else ""


def _fields(model: type[models.Model]) -> Iterator[Any]:
    yield from (field for field in _own_fields(model) if not _is_bookkeeping(field))
    for field in get_all_child_m2m_relations(model):
        if not _leads_to_an_account(field):
            yield field
    # What hangs on any page (the remarks of editors, for one) is not what the page says.
    of_any_page = {relation.name for relation in get_all_child_relations(Page)}
    for relation in get_all_child_relations(model):
        if relation.name not in of_any_page:
            yield relation


def _own_fields(model: type[models.Model]) -> Iterator[models.Field]:
    names = {field.name for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        is_tie = field.primary_key or isinstance(field, ParentalKey) or not field.editable
        is_precision = field.name.endswith(PRECISION) and field.name.removesuffix(PRECISION) in names
        if not is_tie and not is_precision and not _leads_to_an_account(field):
            yield field


def _is_bookkeeping(field: models.Field) -> bool:
    return field.model is Page and field.name not in SAID_OF_ANY_PAGE


def _leads_to_an_account(field: Any) -> bool:
    """Who has an account and what for is nobody's business."""
    return bool(field.related_model) and field.related_model._meta.label == settings.AUTH_USER_MODEL


def _names(panel: Any) -> Iterator[str]:
    if panel is None:
        return
    name = getattr(panel, "field_name", None) or getattr(panel, "relation_name", None)
    if name:
        yield name
    for child in getattr(panel, "children", ()):
        yield from _names(child)
