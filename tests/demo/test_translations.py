"""The demo's queue of translations: something in every state, and all of it consistent."""

import pytest

from cms.translations.models import LanguageProgramme, TranslationTask
from cms.translations.services.consistency import faults

pytestmark = [pytest.mark.django_db, pytest.mark.demo]


def labels(code: str) -> set[str]:
    tasks = TranslationTask.objects.filter(target_locale__language_code=code)
    return set(tasks.values_list("label", flat=True))


def test_both_languages_have_work_in_every_state(demo):
    common = {"missing", "outdated", "queued", "claimed", "in_progress", "in_review", "changes_requested"}
    common |= {"partial", "published"}
    assert common <= labels("fr")
    assert common <= labels("es")
    assert set(LanguageProgramme.objects.values_list("locale__language_code", flat=True)) == {"fr", "es"}


def test_the_queue_agrees_with_what_is_published(demo):
    assert list(faults()) == []
