"""The demo's queue of translations: something in every state, and all of it consistent."""

import re

import pytest

from cms.demo.reading import identity
from cms.translations.alignment import align
from cms.translations.extraction import segment_rows
from cms.translations.models import LanguageProgramme, TranslationTask
from cms.translations.services.consistency import faults
from initiatives.models import Document

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


def test_what_a_translation_lacks_in_its_midst_is_what_readers_are_told_of(demo, client):
    """The Spanish study lacks the callout before its last; the last is of the same kind, and stands there."""
    key = identity("documents", "cs-ope-cigl")
    task = TranslationTask.objects.get(
        work__translation_key=key, target_locale__language_code="es", baseline__isnull=False
    )
    known = {row["source"]: row["target"] for row in task.baseline.segments}
    lacking = [source for source, target in known.items() if not target]
    assert [each[:20] for each in lacking] == ["La preuve d’abord", "La régulation de dro"]
    assert known["Ce que les sources ne disent pas"] == "Lo que las fuentes no dicen"
    page = client.get(Document.objects.get(translation_key=key, locale__language_code="es").url).text
    assert "La preuve d’abord" in page
    assert "Ce que les sources ne disent pas" not in page


def test_nothing_else_is_told_to_be_missing(demo):
    tasks = TranslationTask.objects.filter(baseline__isnull=False).select_related("target_locale", "baseline")
    lacking = {
        (task.target_locale.language_code, row["source"][:16])
        for task in tasks
        for row in task.baseline.segments
        if not row["target"]
    }
    assert lacking == {
        ("es", "La preuve d’abord"[:16]),
        ("es", "La régulation de"),
        ("fr", "Failures count. "),
    }


def without_ids(rows: list[dict], side: str) -> list[dict]:
    """As if each language had been written apart: blocks, rows and cells with ids of their own."""

    def another(found: re.Match) -> str:
        return identity(side, found[0]).hex[:12] if len(found[0]) == 12 else str(identity(side, found[0]))

    ids = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=\.)[0-9a-f]{12}(?![0-9a-f])")
    return [{**row, "path": ids.sub(another, row["path"])} for row in rows]


def test_texts_that_share_no_ids_find_each_other(demo):
    """All of the demo in all pairs of its languages: by their likeness they are paired as by their ids."""
    rows = {
        (page.translation_key, page.locale.language_code): segment_rows(page.specific)
        for page in Document.objects.filter(live=True).select_related("locale")
    }
    pairs, wrong, missed = 0, [], []
    for (key, code), source in rows.items():
        for (other, language), target in rows.items():
            if key == other and code != language:
                found = align(without_ids(source, code), without_ids(target, language))
                true = {pair for pair in align(source, target) if None not in pair}
                pairs += len(true)
                missed += [(code, language, source[a]["text"], target[b]["text"]) for a, b in true - {*found}]
                wrong += [
                    (code, language, source[a]["text"], target[b]["text"])
                    for a, b in found
                    if (a, b) not in true and a is not None and b is not None
                ]
    assert pairs > 1000
    assert not wrong
    assert not missed
