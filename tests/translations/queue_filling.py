"""Many works and their tasks at once, as the queue finds them; there are no pages behind them."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale

from cms.translations import rules
from cms.translations.models import TranslationTask, Work
from initiatives.models import InitiativeFile

STATES = (rules.MISSING, rules.OUTDATED, rules.PARTIAL, rules.PUBLISHED)
SEGMENTS = [
    {"path": f"body.{n}", "text": "A few words. " * 9, "order": n, "block": "text"} for n in range(40)
]


def fill_queue(works: int, *codes: str) -> None:
    """`works` works in English, with a task for each language, in all states in turn."""
    locales = [Locale.objects.get(language_code=code) for code in codes]
    now = timezone.now()
    fields = {
        "content_type": ContentType.objects.get_for_model(InitiativeFile),
        "source_locale": Locale.objects.get(language_code="en"),
        "kind": "if",
        "version": 1,
        "segments": SEGMENTS,
        "words": 1080,
    }
    made = Work.objects.bulk_create(
        [
            Work(
                translation_key=uuid4(),
                object_id=10**6 + number,
                title=f"Work {number}",
                published_at=now - timedelta(days=number % 200),
                **fields,
            )
            for number in range(works)
        ],
        batch_size=200,
    )
    TranslationTask.objects.bulk_create(
        [
            task(work, locale, STATES[number % 4], number)
            for number, work in enumerate(made)
            for locale in locales
        ],
        batch_size=500,
    )


def task(work: Work, locale: Locale, content: str, number: int) -> TranslationTask:
    state = rules.IDLE if content == rules.PUBLISHED else rules.QUEUED
    return TranslationTask(
        work=work,
        target_locale=locale,
        content_state=content,
        work_state=state,
        label=rules.label_of(content, state),
        words_to_do=0 if content == rules.PUBLISHED else number % 900 + 1,
        need=0 if content == rules.PUBLISHED else number % 300 + 1,
        waiting_since=work.published_at,
    )
