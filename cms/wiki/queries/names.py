"""Names of what a text points to, as far as the reader may see it. One query for all of them together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, StrIndex
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Page

from cms.core.visibility import visible_pages

NAME_FIELDS = ("title", "name")


def names_of(references: Iterable[str], user=None, *, drafts: bool = False) -> dict[str, str]:
    """Name by reference (`page:3`, `taxonomy.person:12`). What is gone, or not for `user` to see, is left out.

    `drafts`: for those who moderate, what is not public too.
    """
    keys: dict[str, set[int]] = defaultdict(set)
    for reference in references:
        prefix, _, key = reference.partition(":")
        if key.isdecimal():
            keys[prefix].add(int(key))
    rows = []
    for prefix, model in _models(keys):
        visible, name = _visible(model, user, drafts), _name_field(model)
        if visible is not None and name:
            rows.append(_named(prefix, visible.filter(pk__in=keys[prefix]), name))
    if not rows:
        return {}
    first, *others = rows
    return {f"{prefix}:{key}": name for prefix, key, name in first.union(*others, all=True)}


def _models(prefixes: Iterable[str]) -> Iterator[tuple[str, Any]]:
    known = {"page": Page, "document": get_document_model(), "image": get_image_model()}
    for prefix in sorted(prefixes):
        if prefix in known:
            yield prefix, known[prefix]
            continue
        try:
            yield prefix, apps.get_model(prefix)
        except (LookupError, ValueError):
            continue  # a model that the site no longer has


def _visible(model: Any, user, drafts: bool) -> QuerySet | None:
    """The rows of `model` that `user` may see by name; None where nothing says who may."""
    if drafts:
        return model.objects.all()
    if model is Page:
        return visible_pages(Page.objects.all(), user)
    if hasattr(model.objects, "visible_to"):
        return model.objects.visible_to(user)
    if model in (get_document_model(), get_image_model()):
        # A restriction holds for its collection and all below it.
        place = StrIndex(OuterRef("collection__path"), F("collection__path"))
        kept = CollectionViewRestriction.objects.annotate(place=place).filter(place=1)
        return model.objects.exclude(Exists(kept))
    return None


def _name_field(model: Any) -> str:
    fields = {field.name for field in model._meta.concrete_fields if isinstance(field, CharField | TextField)}
    candidates = (getattr(model, "key_source", ""), *NAME_FIELDS)
    return next((name for name in candidates if name in fields), "")


def _named(prefix: str, rows: QuerySet, name: str) -> QuerySet:
    text = TextField()
    return (
        rows.order_by()
        .annotate(_prefix=Value(prefix, output_field=text), _key=Cast("pk", text), _name=Cast(F(name), text))
        .values_list("_prefix", "_key", "_name")
    )
