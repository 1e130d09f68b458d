"""Whether the queue, what was published and the translation library say the same; and making them do so.

Whatever was cut short (a worker killed in the middle, a server switched off) leaves transactions that happened or
did not; what is found here is what was to follow them and did not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from cms.translations.extraction import media_of, segment_rows, source_rows
from cms.translations.kinds import translated_models
from cms.translations.models import TranslationTask, Work
from cms.translations.queries.works import is_original, open_locales, original_of, target_of
from cms.translations.replacing import as_shown
from cms.wiki.rules import SUBMITTED

from .adopting import adopt
from .claiming import lock_task
from .counting import recount
from .library import share_with_library
from .remembering import remember
from .submitting import back_to_writing
from .works import forget_source, record_work

# Everything of a task that is counted, and may be found to be counted wrong.
COUNTED = (
    "content_state", "work_state", "label", "significance", "segments", "segments_done", "segments_drafted",
    "segments_changed", "words", "words_to_do", "words_changed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """`code` names the sort, `where` the work and language."""

    code: str
    where: str


def faults(repair: bool = False) -> Iterator[Fault]:
    """What is not as it should be. With `repair`, each is mended once it was named."""
    yield from _missing_works(repair)
    for work in Work.objects.select_related("source_locale", "content_type").order_by("pk").iterator(100):
        yield from _of_work(work, repair)
    yield from _of_library(repair)


def _missing_works(repair: bool) -> Iterator[Fault]:
    known = set(Work.objects.values_list("translation_key", flat=True))
    for model in translated_models():
        rows: Any = model._base_manager.filter(live=True).select_related("locale").order_by("pk")
        if issubclass(model, Page):
            rows = rows.filter(alias_of__isnull=True)
        for row in rows.iterator(chunk_size=200):
            if row.translation_key not in known and is_original(row):
                yield Fault("not in the queue", str(row))
                if repair:
                    record_work(row)


def _of_work(work: Work, repair: bool) -> Iterator[Fault]:
    original = original_of(work)
    if original is None or not original.live:
        if work.public:
            yield Fault("its original is not public", work.title)
            if repair and original is not None:
                forget_source(original)
            elif repair:
                Work.objects.filter(pk=work.pk).update(public=False)
        return
    wanted = {locale.pk for locale in open_locales()} - {work.source_locale_id}
    have = set(work.tasks.values_list("target_locale_id", flat=True))
    if not work.public or (work.segments, work.media) != source_rows(original):
        yield Fault("its text is not today's", work.title)
    elif wanted <= have:
        yield from _of_tasks(work, repair)
        return
    else:
        yield Fault("a language is missing", work.title)
    if repair:
        record_work(original)
        yield from _of_tasks(Work.objects.get(pk=work.pk), repair)


def _of_tasks(work: Work, repair: bool) -> Iterator[Fault]:
    for pk in list(work.tasks.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            yield from _of_task(lock_task(pk), repair)


def _of_task(task: TranslationTask, repair: bool) -> Iterator[Fault]:
    where = f"{task.work.title} ({task.target_locale.language_code})"
    target = target_of(task.work, task.target_locale_id)
    live = bool(target is not None and target.live)
    if live and not (task.baseline and _kept(task) <= _shown(target) and _media_agrees(task, target)):
        yield Fault("what is public is not what it is measured by", where)
        if repair:
            remember(task, adopt(task, target))
    if task.in_review and not _is_reviewed(task, target):
        yield Fault("in review, and nothing is", where)
        if repair:
            back_to_writing(task, "")
    if (task.assignee_id is None) != (task.claim_expires_at is None) and not task.in_review:
        yield Fault("a claim without an end, or an end without a claim", where)
        if repair:
            task.assignee = None
            task.claimed_at = task.claim_expires_at = task.warned_at = None
    before = {name: getattr(task, name) for name in COUNTED}
    recount(task, live=live)
    if before != {name: getattr(task, name) for name in COUNTED}:
        yield Fault("counted wrong", where)
    if not repair:
        transaction.set_rollback(True)


def _shown(target: Any) -> set[str]:
    return {row["text"] for row in segment_rows(target)}


def _kept(task: TranslationTask) -> set[str]:
    """The words of the baseline. A page may show more than its original has."""
    rows = task.baseline.segments if task.baseline else []
    return {row["target"] for row in rows if row["target"]}


def _media_agrees(task: TranslationTask, target: Any) -> bool:
    """Whether the page shows the pictures and files that the baseline says. Nobody knows of some."""
    rows = task.baseline.media if task.baseline else None
    return rows is None or as_shown(rows, media_of(target)) == rows


def _is_reviewed(task: TranslationTask, target: Any) -> bool:
    if task.submission is not None:
        return task.submission.state == SUBMITTED
    return bool(target is not None and getattr(target, "current_workflow_task_state", None) is not None)


def _of_library(repair: bool) -> Iterator[Fault]:
    """The library's own switch, and words in its tables that nobody approved here."""
    for translation in Translation.objects.filter(enabled=True).select_related("source"):
        yield Fault("given to the library's own editor", str(translation.source.object_repr))
        if repair:
            Translation.objects.filter(pk=translation.pk).update(enabled=False)
    tasks = TranslationTask.objects.filter(baseline__isnull=False).select_related(
        "work__content_type", "baseline", "target_locale"
    )
    for task in tasks.order_by("pk").iterator(100):
        approved = {row["target"] for row in task.baseline.segments} if task.baseline else set()
        stored = StringTranslation.objects.filter(
            locale_id=task.target_locale_id, context__object_id=task.work.translation_key
        )
        strange = [row.pk for row in stored if row.data not in approved]
        if strange:
            yield Fault(
                "words in the library that are not published", f"{task.work.title} ({task.target_locale})"
            )
            if repair:
                with transaction.atomic():
                    StringTranslation.objects.filter(pk__in=strange).delete()
                    share_with_library(task)
