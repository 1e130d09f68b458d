"""Keeps the rows of the queue true: everything it shows is counted when something happens."""

from django.core.cache import cache
from django.db.models import F
from django.utils import timezone

from cms.translations import rules
from cms.translations.models import TranslationTask, Work
from cms.translations.models.task import SHOWN, UNSHOWN
from cms.translations.queries.texts import changed_media, media_standings, survey_of
from cms.translations.queries.works import target_of
from cms.wiki.models import PublishedRevision
from cms.wiki.rules import ADDITION

AT_ONCE = 500  # tasks of one statement


def recount(task: TranslationTask, *, live: bool | None = None) -> TranslationTask:
    """Count anew how `task` stands, and save it. `live`: whether the translation is public, where it is known."""
    found = survey_of(task)
    if live is None:
        target = target_of(task.work, task.target_locale_id)
        live = bool(target is not None and target.live)
    published = live and task.baseline is not None
    counts = rules.count(found, task.work.source_locale.language_code, published)
    before = task.content_state
    # A picture or a file counts as a segment without words.
    changed = counts.changed + (len(changed_media(task)) if published else 0)
    drafted = counts.drafted + sum(each.drafted for each in media_standings(task))
    task.significance = significance_since(task, changed)
    gaps = any(each.state == rules.UNTRANSLATED for each in found.standings)
    task.content_state = rules.content_state(published, gaps, changed, task.significance)
    task.work_state = rules.work_state(
        task.content_state,
        held=task.assignee_id is not None,
        begun=drafted > 0,
        asked_again=bool(task.reason) and not task.in_review,
        submitted=task.in_review,
    )
    task.segments, task.segments_done, task.segments_drafted = counts.segments, counts.done, drafted
    task.segments_changed = changed
    task.words, task.words_to_do, task.words_changed = counts.words, counts.words_to_do, counts.words_changed
    if before != task.content_state and task.content_state != rules.PUBLISHED:
        task.waiting_since = task.work.published_at
    task.need = need_of(task)
    _save(task)
    return task


def _save(task: TranslationTask) -> None:
    """Where nothing changed that readers see, only the other columns are written: kept pages stay kept."""
    stored = TranslationTask.objects.filter(pk=task.pk).values_list(*SHOWN).first()
    if stored == tuple(getattr(task, name) for name in SHOWN):
        task.save(update_fields=[name.removesuffix("_id") for name in UNSHOWN])
    else:
        task.save()


def need_of(task: TranslationTask) -> int:
    if not task.work.public:
        return 0
    age = timezone.now() - task.waiting_since
    return rules.need(task.significance, task.content_state, age, task.requests, task.priority)


def significance_since(task: TranslationTask, changed: int) -> str:
    """The heaviest of the source's changes since it was translated; "" where nothing changed."""
    if not changed or task.baseline is None:
        return ""
    if task.work.page_id is None:
        return ADDITION
    since = PublishedRevision.objects.filter(
        page_id=task.work.page_id, number__gt=task.baseline.source_version
    ).values_list("significance", flat=True)
    return rules.heaviest(since) or ADDITION


def recount_needs() -> int:
    """What waits is needed more each day: bring the need of all tasks up to today. Returns how many changed.

    Most change by the same amount. Where a task is counted meanwhile, the next night sets it right.
    """
    rows = TranslationTask.objects.filter(work__in=Work.objects.filter(public=True).values("pk")).values_list(
        "pk", "significance", "content_state", "waiting_since", "requests", "priority", "need"
    )
    now = timezone.now()
    by_change: dict[int, list[int]] = {}
    for pk, significance, content, since, requests, priority, before in rows.order_by().iterator(2000):
        change = rules.need(significance, content, now - since, requests, priority) - before
        if change:
            by_change.setdefault(change, []).append(pk)
    for change, ids in by_change.items():
        for start in range(0, len(ids), AT_ONCE):
            chunk = TranslationTask.objects.filter(pk__in=ids[start : start + AT_ONCE])
            chunk.update(need=F("need") + change)
    return sum(map(len, by_change.values()))


def recount_needs_nightly() -> None:
    """At every tick; does its work at the first of each day."""
    key = f"translations.needs.{timezone.localdate().isoformat()}"
    if cache.get(key) is None:
        recount_needs()
        cache.set(key, True, 2 * 24 * 60 * 60)
