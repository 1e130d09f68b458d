"""Shared entries for readers of one language: each once, in that language, else in one that exists."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from cms.core.alternates import Alternate, alternates_for_address
from cms.core.language_choice import language_shown
from cms.core.languages import direction, open_language_codes

Entry = TypeVar("Entry", bound=Model)


@dataclass(frozen=True, slots=True)
class Shown(Generic[Entry]):
    """The row of an entry that a reader gets. `lang` is "" where it is in the reader's language."""

    entry: Entry
    lang: str
    rows: dict[str, Entry]  # all public rows, by language

    @property
    def dir(self) -> str:
        return direction(self.lang)

    @property
    def lang_name(self) -> str:
        return settings.LANGUAGE_NAMES.get(self.lang, "")


def public_rows(queryset: Any) -> QuerySet:
    """Public rows of a translated entry, in open languages, in no particular order."""
    return queryset.visible_to(None).filter(locale__language_code__in=open_language_codes()).order_by()


def shown_entries(queryset: QuerySet, language: str) -> dict[UUID, Shown]:
    """The public entries of `queryset`, one per meaning, by `translation_key`. One query."""
    rows: dict[UUID, dict[str, Model]] = {}
    for row in public_rows(queryset).select_related("locale"):
        rows.setdefault(row.translation_key, {})[row.locale.language_code] = row
    return {key: _shown(found, language) for key, found in rows.items()}


def shown_or_404(model: Any, slug: str, language: str) -> Shown:
    """The entry with this key. 404 where no public row has it. One query."""
    rows = {
        row.locale.language_code: row
        for row in public_rows(model.objects.filter(slug=slug)).select_related("locale")
    }
    if not rows:
        raise Http404(f"no public {model._meta.model_name} has the key {slug!r}")
    return _shown(rows, language)


def _shown(rows: dict[str, Entry], language: str) -> Shown[Entry]:
    code = language_shown(rows, language)
    return Shown(rows[code], "" if code == language else code, rows)


def alternates_for_entry(request: HttpRequest, codes: Iterable[str]) -> list[Alternate]:
    """The page of an entry in each open language; "missing" where it has no row, which its page then says."""
    codes = set(codes)
    return [
        alternate
        if alternate.code in codes or alternate.state == "current"
        else replace(alternate, state="missing")
        for alternate in alternates_for_address(request)
    ]
