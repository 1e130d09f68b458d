"""What is written and published of a translation."""

from django.db.models import Max

from cms.translations.models import SegmentDraft, TranslationTask
from cms.translations.replacing import MediaChange, MediaStanding, media_changes, standings
from cms.translations.rules import Standing, Survey, survey
from cms.translations.segments import segment_key


def latest_drafts(task: TranslationTask) -> dict[str, SegmentDraft]:
    """Key → the last saving of the segment, of those that wait to be published. `task` with its baseline. One query."""
    settled = task.baseline.settled_draft if task.baseline else 0
    rows = SegmentDraft.objects.filter(task=task, pk__gt=settled).order_by("number")
    return {row.key: row for row in rows}


def last_numbers(task: TranslationTask) -> dict[str, int]:
    """Key → how often the segment was saved, published or not. One query."""
    rows = SegmentDraft.objects.filter(task=task).order_by().values_list("key").annotate(Max("number"))
    return dict(rows)


def survey_of(task: TranslationTask, drafts: dict[str, SegmentDraft] | None = None) -> Survey:
    """How each segment of the task stands. `task` with its work and baseline; one query where `drafts` is None."""
    if drafts is None:
        drafts = latest_drafts(task)
    return survey(
        task.work.source,
        task.baseline.known if task.baseline else (),
        {key: draft.text for key, draft in drafts.items()},
    )


def media_standings(task: TranslationTask) -> list[MediaStanding]:
    """How each picture and file of the task stands. `task` with its work and baseline; no query."""
    return standings(task.work.media, task.baseline.media if task.baseline else None, task.replacements)


def changed_media(task: TranslationTask) -> list[MediaChange]:
    """The pictures and files that are others in the source than when the translation was published. No query."""
    return media_changes(task.work.media, task.baseline.media) if task.baseline else []


def last_saving(task: TranslationTask) -> int:
    """The id of the last saving that waits to be published, 0 for none. `task` with its baseline. One query."""
    settled = task.baseline.settled_draft if task.baseline else 0
    found = SegmentDraft.objects.filter(task=task, pk__gt=settled).aggregate(last=Max("pk"))
    return found["last"] or 0


def keys_of(standing: Standing) -> set[str]:
    """Of the segment, and of the one it was before its source changed: what was said of it goes on."""
    segment = standing.segment
    return {segment.key, segment_key(segment.path, standing.old_source or segment.text)}
