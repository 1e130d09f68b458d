"""The memory of translations: every pair of words that was published, whatever becomes of the page."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.translations.models import MemoryEntry, TranslatedText, TranslationTask
from cms.translations.models.memory import traced
from cms.translations.segments import source_hash


def remember(task: TranslationTask, text: TranslatedText) -> None:
    """Keep what was published. One query; the last approved words of a place stand."""
    language = task.work.source_locale.language_code
    entries = {}
    for row in text.segments:
        if not row["target"]:
            continue
        entry = MemoryEntry.of(
            row["source"],
            source_language=language,
            target_language=task.target_locale.language_code,
            target=row["target"],
            path=row["path"],
            work_key=task.work.translation_key,
            title=task.work.title,
            author_name=row.get("author", "")[:120],
            approved_at=timezone.now(),
        )
        entries[entry.source_hash, entry.path] = entry
    MemoryEntry.objects.bulk_create(
        entries.values(),
        update_conflicts=True,
        unique_fields=["source_language", "target_language", "source_hash", "path", "work_key"],
        update_fields=["target", "title", "author_name", "approved_at"],
        batch_size=200,
    )


@transaction.atomic
def remember_words(
    text: str,
    words: str,
    source_language: str,
    target_language: str,
    *,
    place: str,
    title: str,
    author_name: str,
) -> MemoryEntry:
    """Keep words that were published for a text that is no work, at a place of its own ("forum.post.12").

    The last words of the same text at the same place stand. Both texts are inline HTML.
    """
    entry, _created = MemoryEntry.objects.select_for_update().update_or_create(
        source_language=source_language,
        target_language=target_language,
        source_hash=source_hash(text),
        path=place,
        work_key=None,
        defaults={
            **traced(text),
            "source": text,
            "target": words,
            "title": title[:255],
            "author_name": author_name[:120],
            "approved_at": timezone.now(),
        },
    )
    return entry


def outlive(translation_key: UUID, language: str = "") -> None:
    """Its page is deleted while readers had it: the words belong to no page any more, and are offered as before.

    `language`: of a translation that is deleted alone; "" for the original. What is taken down first is not offered
    from then on, and still not once it is deleted. Reads the whole memory.
    """
    entries = MemoryEntry.objects.filter(work_key=translation_key)
    if language:
        entries = entries.filter(target_language=language)
    entries.update(work_key=None)
