"""Takes over translations that were published some other way: before this queue, or straight from the editor."""

from typing import Any

from django.db.models import Max
from django.utils import timezone

from cms.translations.alignment import align
from cms.translations.extraction import segment_rows
from cms.translations.models import TranslatedText, TranslationTask
from cms.translations.rules import SAME_PAGE
from cms.wiki.queries.pages import current_publication


def adopt(task: TranslationTask, target: Any, written: TranslatedText | None = None) -> TranslatedText:
    """Make the words that `target`, a live row, shows now the published translation of `task`.

    `written`: what was submitted, if it came that way: its source is what it was translated from, and whoever wrote
    a segment stays named where it reads as they wrote it. Otherwise the source is the one it was measured against
    before, or, at first, today's.
    """
    shown = segment_rows(target)
    source = _source(task, written)
    by_place = {one: other for one, other in align(source, shown) if one is not None}
    told = {(row["path"], row["source"]): row for row in (written or task.baseline or _nothing()).segments}
    rows = []
    for place, row in enumerate(source):
        other = by_place.get(place)
        target_words = shown[other]["text"] if other is not None else ""
        before = told.get((row["path"], row["text"]), {})
        same = before.get("target") == target_words
        rows.append(
            {
                "path": row["path"],
                "source": row["text"],
                "block": row.get("block", ""),
                "target": target_words,
                "author": before.get("author", "") if same else "",
                "origin": before.get("origin", SAME_PAGE) if same else SAME_PAGE,
                "links": before.get("links", {}),
            }
        )
    text = written or TranslatedText(task=task, source_version=_version(task))
    text.segments = rows
    text.published_at = timezone.now()
    text.settled_draft = _settled(task, written)
    if not text.translators:
        text.translators = _writers(target)
    text.save()
    task.baseline = text
    return text


def _settled(task: TranslationTask, written: TranslatedText | None) -> int:
    """A direct publication leaves what a translator has under way as it is."""
    if written is None:
        return task.baseline.settled_draft if task.baseline else 0
    return task.drafts.aggregate(last=Max("pk"))["last"] or 0


def _nothing() -> TranslatedText:
    return TranslatedText(segments=[])


def _source(task: TranslationTask, written: TranslatedText | None) -> list[dict]:
    made_from = written or task.baseline
    if made_from is None:
        return task.work.segments
    return [
        {"path": row["path"], "text": row["source"], "block": row.get("block", "")}
        for row in made_from.segments
    ]


def _version(task: TranslationTask) -> int:
    return task.baseline.source_version if task.baseline else task.work.version


def _writers(target: Any) -> list[str]:
    copy = current_publication(target.pk) if hasattr(target, "published_revisions") else None
    return [copy.author_name] if copy is not None and copy.author_name else []
