"""Works and their rows in other languages, and which works anybody may read."""

import functools
import operator
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from wagtail.models import Locale, Page

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from cms.core.visibility import public_row, restricted_from_anybody, restricted_paths, visible_pages
from cms.translations.models import TranslationTask, Work
from cms.translations.rules import MISSING
from cms.wiki.deciders import is_translation


def is_original(instance: Any) -> bool:
    """Whether a work's text is that of `instance`, a page or entry. Three queries at most.

    Where two rows say of themselves that they are the original, it is the one whose text is in the queue, as long as
    readers have it.
    """
    if is_translation(instance):
        return False
    other = (
        Work.objects.filter(translation_key=instance.translation_key).exclude(object_id=instance.pk).first()
    )
    row = original_of(other) if other is not None else None
    return row is None or not row.live or is_translation(row)


def original_of(work: Work) -> Any:
    """The row of the original as readers see it, of its own type; None if it is gone. One query a table."""
    model = work.content_type.model_class()
    return None if model is None else model._base_manager.filter(pk=work.object_id).first()


def target_of(work: Work, locale: Locale | int) -> Any:
    """The work's row in another language as readers see it or would, of its own type; None where there is none.

    An alias shows the original's text and is no translation.
    """
    model: type[Model] | None = work.content_type.model_class()
    if model is None:
        return None
    rows = model._base_manager.filter(
        translation_key=work.translation_key, locale_id=getattr(locale, "pk", locale)
    )
    if issubclass(model, Page):
        rows = rows.filter(alias_of__isnull=True)
    return rows.first()


def work_of(instance: Any) -> Work | None:
    """The work that an original or a translation belongs to."""
    return (
        Work.objects.filter(translation_key=instance.translation_key).select_related("source_locale").first()
    )


def open_locales() -> list[Locale]:
    """The languages translations are wanted in, in the site's order: open to readers, and not closed to new work."""
    codes = open_language_codes()
    wanted = Locale.objects.filter(language_code__in=codes).exclude(programme__closed_at__isnull=False)
    rows = {locale.language_code: locale for locale in wanted}
    return [rows[code] for code in codes if code in rows]


def anybody_reads(instance: Any) -> bool:
    """Whether the row of a page or entry is public, as it is stored: what was changed in memory does not count."""
    if isinstance(instance, Page):
        rows = visible_pages(Page.objects.filter(pk=instance.pk), None)
        return rows.filter(alias_of__isnull=True).exists()
    return type(instance)._base_manager.filter(pk=instance.pk, live=True).exists()


def withheld_works() -> list[QuerySet[Work]]:
    """The works nobody may read now, by reason: taken down or deleted; in a language not open; under a restriction.

    One queryset each, since each has an index of its own: looked for together, they would be looked for in all texts.
    """
    not_open = Locale.objects.exclude(language_code__in=open_language_codes())
    reasons = [Work.objects.filter(public=False), Work.objects.filter(source_locale__in=not_open)]
    if paths := restricted_paths():
        under = functools.reduce(operator.or_, (Q(page__path__startswith=path) for path in paths))
        reasons.append(Work.objects.filter(under))
    return reasons


def without_withheld(rows: QuerySet, work: str = "work") -> QuerySet:
    """`rows` without those that hang, by their field `work`, on a work nobody may read now."""
    for works in withheld_works():
        rows = rows.exclude(**{f"{work}__in": works.values("pk")})
    return rows


def is_public(work: Work) -> bool:
    """Whether anybody may read the original now. `work` with its language; one query where pages are restricted."""
    path = ""
    if restricted_paths() and work.page_id is not None:
        path = Page.objects.filter(pk=work.page_id).values_list("path", flat=True).first() or ""
    return public_row(work.public, work.source_locale.language_code, path)


@kept_until_change
def _withheld_words() -> dict[str, frozenset[UUID]]:
    """Language of a translation → works whose words in it nobody may read now, "" for any language."""
    found: dict[str, set[UUID]] = defaultdict(set)
    for works in withheld_works():
        found[""].update(works.values_list("translation_key", flat=True))
    # Published once, and not now.
    taken_down = TranslationTask.objects.filter(content_state=MISSING, baseline__isnull=False)
    pairs = list(taken_down.values_list("target_locale__language_code", "work__translation_key"))
    if restricted_paths():
        restricted = Page.objects.filter(restricted_from_anybody())
        pairs += restricted.values_list("locale__language_code", "translation_key")
    for language, key in pairs:
        found[language].add(key)
    return {language: frozenset(keys) for language, keys in found.items()}


def withheld_keys(language: str) -> frozenset[UUID]:
    """The `translation_key`s of works whose words in a language are not to be offered to anybody now: their original, or
    their translation, is not for all readers, or not any more. No query until the site changes, at most five then.
    """
    known = _withheld_words()
    return known.get("", frozenset()) | known.get(language, frozenset())
