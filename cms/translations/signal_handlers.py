"""What follows for translations when something is published or taken down, whatever road led there."""

from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page

from cms.translations.bulk import in_bulk
from cms.translations.kinds import translated_kind
from cms.translations.models import TranslationTask
from cms.translations.queries.works import anybody_reads, is_original
from cms.translations.services.counting import recount
from cms.translations.services.publication import record_translation
from cms.translations.services.remembering import outlive
from cms.translations.services.submitting import follow_submission
from cms.translations.services.works import forget_source
from cms.translations.tasks import renew_work, share_translation
from cms.wiki.rules import CHANGES_REQUESTED, DECLINED, DRAFT


def on_page_published(sender, instance, revision=None, **kwargs) -> None:
    if not kwargs.get("alias"):
        follow(instance, revision)


def on_entry_published(sender, instance, revision=None, **kwargs) -> None:
    if not isinstance(instance, Page):
        follow(instance, revision)


def follow(instance: Any, revision: Any) -> None:
    if in_bulk() or translated_kind(instance) is None:
        return
    if is_original(instance):
        content_type = ContentType.objects.get_for_model(type(instance))
        transaction.on_commit(partial(renew_work.enqueue, content_type.pk, instance.pk))
        return
    text = record_translation(instance, revision)
    if text is not None:
        transaction.on_commit(partial(share_translation.enqueue, text.task_id))


def on_taken_down(sender, instance, **kwargs) -> None:
    if translated_kind(instance) is None:
        return
    if is_original(instance):
        forget_source(instance)
    else:
        transaction.on_commit(partial(_recount, instance.translation_key, instance.locale_id))


def on_deleted(sender, instance, **kwargs) -> None:
    if translated_kind(instance) is None:
        return
    if anybody_reads(instance):
        outlive(instance.translation_key, "" if is_original(instance) else instance.locale.language_code)
    forget_source(instance)


def on_submission_saved(sender, instance, created=False, **kwargs) -> None:
    if not created and instance.state in (DRAFT, CHANGES_REQUESTED, DECLINED):
        follow_submission(instance)


def _recount(translation_key, locale_id: int) -> None:
    with transaction.atomic():
        for task in TranslationTask.objects.filter(
            work__translation_key=translation_key, target_locale_id=locale_id
        ).select_related("work__source_locale", "baseline"):
            recount(task)
