"""The benchmark's queue of translations: every document in every language, in all states, written in bulk."""

import datetime
from collections.abc import Callable
from random import Random

from django.conf import settings
from wagtail.models import Locale

from cms.accounts.models import User
from cms.accounts.services import give_role
from cms.demo import benchmark_words as words
from cms.translations import rules
from cms.translations.models import TranslationTask, Work
from cms.wiki.rules import ADDITION, SUBSTANCE
from home.models import HomePage
from home.services import set_up_site
from initiatives.models import Document

BATCH = 500
SEGMENTS = 40  # of a work
TRANSLATORS = 6
NOW = datetime.datetime(2026, 1, 5, 9, 0, tzinfo=datetime.UTC)
# content state, work state, how many in a hundred
STATES = [
    (rules.PUBLISHED, rules.IDLE, 40),
    (rules.MISSING, rules.QUEUED, 32),
    (rules.OUTDATED, rules.QUEUED, 16),
    (rules.PARTIAL, rules.QUEUED, 2),
    (rules.MISSING, rules.CLAIMED, 3),
    (rules.MISSING, rules.IN_PROGRESS, 4),
    (rules.OUTDATED, rules.IN_REVIEW, 2),
    (rules.OUTDATED, rules.CHANGES_REQUESTED, 1),
]
NAME = "benchmark-translator-1"  # who looks at the queue


def load_translations(languages: tuple[str, ...], say: Callable[[str], None]) -> int:
    """Open `languages`, and queue each document for all that are open then. Returns how many rows were made."""
    known_codes = list(HomePage.objects.values_list("locale__language_code", flat=True))
    others = [code for code in (*known_codes, *languages) if code != settings.LANGUAGE_CODE]
    set_up_site((settings.LANGUAGE_CODE, *dict.fromkeys(others)))
    locales = {home.locale_id: home.locale for home in HomePage.objects.live().select_related("locale")}
    people = load_translators([locale.language_code for locale in locales.values()])
    known = set(Work.objects.values_list("translation_key", flat=True))
    originals = [
        page
        for page in Document.objects.select_related("locale").order_by("pk")
        if page.written_in == page.locale.language_code and page.translation_key not in known
    ]
    for start in range(0, len(originals), BATCH):
        batch = originals[start : start + BATCH]
        Work.objects.bulk_create([work_of(page) for page in batch])
        works = Work.objects.filter(translation_key__in=[page.translation_key for page in batch])
        rows = [
            task_of(work, locale, people)
            for work in works.order_by("pk")
            for locale in locales.values()
            if locale.pk != work.source_locale_id
        ]
        TranslationTask.objects.bulk_create(rows)
        say(f"works in the queue: {min(start + BATCH, len(originals))} of {len(originals)}")
    return TranslationTask.objects.count()


def load_translators(codes: list[str]) -> list[User]:
    found = []
    for number in range(1, TRANSLATORS + 1):
        user, created = User.objects.get_or_create(
            username=f"benchmark-translator-{number}",
            defaults={
                "email": f"benchmark-translator-{number}@example.org",
                "display_name": f"Translator {number}",
            },
        )
        if created:
            for code in codes:
                give_role(user, f"Translators ({code})")
        found.append(user)
    return found


def work_of(page: Document) -> Work:
    chance = Random(f"work {page.pk}")
    language = page.locale.language_code
    segments = [
        {
            "path": f"body.{number}",
            "text": words.sentence(chance, language),
            "order": number,
            "block": "text",
            "rich": True,
            "links": {},
        }
        for number in range(SEGMENTS)
    ]
    return Work(
        translation_key=page.translation_key,
        content_type_id=page.content_type_id,
        object_id=page.pk,
        page_id=page.pk,
        source_locale=page.locale,
        title=page.title,
        kind=page.kind.lower(),
        version=1,
        segments=segments,
        words=600,
        published_at=NOW,
    )


def task_of(work: Work, locale: Locale, people: list[User]) -> TranslationTask:
    chance = Random(f"task {work.translation_key} {locale.language_code}")
    content, state, _share = chance.choices(STATES, [share for *_states, share in STATES])[0]
    outdated = content == rules.OUTDATED
    significance = chance.choice([ADDITION, SUBSTANCE]) if outdated else ""
    age = datetime.timedelta(days=chance.randrange(300))
    held = state in rules.HELD_STATES
    changed = chance.randrange(1, 9) if outdated else 0
    return TranslationTask(
        work=work,
        target_locale=locale,
        content_state=content,
        work_state=state,
        label=rules.label_of(content, state),
        significance=significance,
        need=rules.need(significance, content, age, 0, rules.NORMAL),
        segments=SEGMENTS,
        segments_done=SEGMENTS - changed if content != rules.MISSING else 0,
        segments_changed=changed,
        words=600,
        words_to_do={rules.MISSING: 600, rules.PUBLISHED: 0}.get(content, 15 * changed),
        words_changed=15 * changed,
        assignee=chance.choice(people) if held else None,
        claimed_at=NOW if held else None,
        claim_expires_at=NOW + datetime.timedelta(days=3650) if held else None,
        submitted_at=NOW if state == rules.IN_REVIEW else None,
        submitted_by=people[1] if state == rules.IN_REVIEW else None,
        waiting_since=NOW - age,
    )
