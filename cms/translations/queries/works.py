"""Works and their rows in other languages."""

from typing import Any

from django.db.models import Model
from wagtail.models import Locale, Page

from cms.core.languages import open_language_codes
from cms.translations.models import Work
from cms.wiki.deciders import is_translation


def is_original(instance: Any) -> bool:
    return not is_translation(instance)


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
