"""The memory of translations: every pair of words that was published, whatever becomes of the page."""

from hashlib import sha256

from django.utils import timezone

from cms.translations.inline import plain_text
from cms.translations.models import MemoryEntry, TranslatedText, TranslationTask
from cms.translations.stems import comparable


def source_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


def remember(task: TranslationTask, text: TranslatedText) -> None:
    """Keep what was published. One query; the last approved words of a place stand."""
    language = task.work.source_locale.language_code
    entries = {}
    for row in text.segments:
        if not row["target"]:
            continue
        entry = MemoryEntry(
            source_language=language,
            target_language=task.target_locale.language_code,
            source_hash=source_hash(row["source"]),
            source=row["source"],
            target=row["target"],
            length=len(comparable(plain_text(row["source"]))),
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
