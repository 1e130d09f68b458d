"""What is there to translate: kept in step with what is published."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.translations.extraction import source_rows
from cms.translations.inline import plain_text
from cms.translations.kinds import translated_kind, translated_models
from cms.translations.matching import word_count
from cms.translations.models import TranslationTask, Work
from cms.translations.queries.works import is_original, is_public, open_locales, original_of, target_of
from cms.wiki.queries.pages import current_publication

from .adopting import adopt
from .counting import recount
from .remembering import remember


@transaction.atomic
def record_work(original: Any) -> Work | None:
    """Take the text of an original, a live row of its own type, into the queue, for all open languages.

    None for what is not translated here. A translation that exists already is taken over as it is.
    """
    kind = translated_kind(original)
    if kind is None:
        return None
    rows, media = source_rows(original)
    language = original.locale.language_code
    page = original if isinstance(original, Page) else None
    known = Work.objects.select_for_update().filter(translation_key=original.translation_key).first()
    copy = current_publication(page.pk) if page is not None else None
    fields = {
        "content_type": ContentType.objects.get_for_model(type(original)),
        "object_id": original.pk,
        "page": page and Page(pk=page.pk),
        "source_locale": original.locale,
        "title": str(original)[:255],
        "kind": kind.key,
        "version": copy.number if copy else _next_version(known, rows),
        "segments": rows,
        "media": media,
        "words": sum(word_count(plain_text(row["text"]), language) for row in rows),
        "published_at": original.last_published_at or timezone.now(),
        "public": original.live,
    }
    work = _kept(known, original, fields)
    for task in _tasks(work):
        settle(task)
    return work


def _kept(known: Work | None, original: Any, fields: dict[str, Any]) -> Work:
    """The work with these fields. Nothing is written where it says so already: kept pages stay kept."""
    if known is None:
        work, _created = Work.objects.get_or_create(translation_key=original.translation_key, defaults=fields)
        return work
    changed = [name for name, value in fields.items() if getattr(known, name) != value]
    if changed:
        for name in changed:
            setattr(known, name, fields[name])
        known.save(update_fields=changed)
    return known


def _next_version(known: Work | None, rows: list) -> int:
    if known is None:
        return 1
    return known.version + (known.segments != rows)


def _tasks(work: Work) -> list[TranslationTask]:
    """A task for each open language, those of closed languages as they are."""
    there = {work.source_locale_id, *work.tasks.values_list("target_locale_id", flat=True)}
    missing = [
        TranslationTask(work=work, target_locale=each, waiting_since=work.published_at)
        for each in open_locales()
        if each.pk not in there
    ]
    if missing:
        TranslationTask.objects.bulk_create(missing, ignore_conflicts=True)
    # Locked first, read then: see `claiming.lock_task`.
    list(work.tasks.select_for_update().values_list("pk"))
    tasks = list(
        work.tasks.exclude(target_locale=work.source_locale_id).select_related("baseline", "target_locale")
    )
    for task in tasks:
        task.work = work
    return tasks


def settle(task: TranslationTask) -> None:
    """Take over what is public in the language, and count. `task` with its work, locale and baseline."""
    target = target_of(task.work, task.target_locale_id)
    live = bool(target is not None and target.live)
    if live and task.baseline is None:
        remember(task, adopt(task, target))
    recount(task, live=live)


@transaction.atomic
def forget_source(instance: Any) -> None:
    """An original was taken down or deleted: work on its translations rests, and nothing of it is lost."""
    Work.objects.filter(translation_key=instance.translation_key, object_id=instance.pk).update(public=False)
    TranslationTask.objects.filter(
        work__translation_key=instance.translation_key, work__object_id=instance.pk
    ).update(need=0)


def renew_work(content_type_id: int, object_id: int) -> None:
    """What the worker does after each publication: the row is read anew, whatever has happened since."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    instance: Any = model._base_manager.filter(pk=object_id).first() if model is not None else None
    if instance is None:
        return
    if not instance.live:
        forget_source(instance)
    elif is_original(instance):
        record_work(instance)


def record_everything(say=lambda line: None) -> int:
    """Take in all originals there are, and count all anew. Returns how many."""
    number = 0
    for model in translated_models():
        rows = model._base_manager.filter(live=True).select_related("locale").order_by("pk")
        if issubclass(model, Page):
            rows = rows.filter(alias_of__isnull=True)
        for instance in rows.iterator(chunk_size=200):
            if is_original(instance):
                record_work(instance)
                number += 1
        say(f"{model._meta.verbose_name_plural}: taken in")
    return number


def original_as_public(work: Work) -> Any:
    """The original as readers see it now. Raises `SourceGone` where they do not see it."""
    original = original_of(work)
    if original is None or not original.live or not is_public(work):
        raise SourceGone(work.title)
    return original


class SourceGone(Exception):
    """Readers no longer have the original: it was taken down or deleted, or only some may read it now. What was
    translated is kept."""
