"""A translation as it would look, made in memory. Nothing of it is saved, and no row is made for it."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from cms.translations.models import TranslationTask
from cms.translations.queries.media import replacements_of
from cms.translations.queries.texts import latest_drafts, survey_of
from cms.translations.queries.works import target_of
from cms.translations.rendering import render

from .composing import links_of
from .works import original_as_public


def previewed(task: TranslationTask) -> Any:
    """The page or entry with what is drafted and published so far; the rest reads as in the original.

    Raises `SourceGone`.
    """
    original = original_as_public(task.work)
    drafts = latest_drafts(task)
    existing = target_of(task.work, task.target_locale)
    target = existing or stand_in(original, task.target_locale)
    # The library opens a transaction for each relation it copies: one for all.
    with transaction.atomic():
        render(
            original, target, survey_of(task, drafts).texts(), links_of(task, drafts), replacements_of(task)
        )
    # As it would be read back: what is shown is made from stored values, which rendering leaves as they were.
    shown = target.with_content_json(target.serializable_data())
    if existing is None and isinstance(shown, Page):
        place(shown, original)
    return shown


def stand_in(original: Any, locale: Locale) -> Any:
    """What a translation is written on before there is a row for it: a copy in memory, in the other language."""
    copy = original.with_content_json(original.serializable_data())
    copy.locale = locale
    copy.live = False
    return copy


def place(shown: Page, original: Page) -> None:
    """Give it the address it will have: the language of all that stands around the text follows from it."""
    above = Page.objects.parent_of(original).first()
    if above is None:
        return
    there = Page.objects.filter(translation_key=above.translation_key, locale=shown.locale).first()
    if there is not None:
        shown.url_path = f"{there.url_path}{shown.slug}/"
