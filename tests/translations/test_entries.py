"""Shared entries (terms, themes, people …) are translated in the same way, with Wagtail's own moderation."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import DraftStateMixin, Page, WorkflowMixin

from cms.reference.models import GlossaryTerm
from cms.translations.kinds import translated_models
from cms.translations.models import MemoryEntry
from cms.translations.services.submitting import (
    DecidedMeanwhile,
    approve_translation,
    send_back,
    submit_translation,
    take_back,
)
from tests.factories.entries import make_term

from .translating import fresh, public, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def term(site):
    term = make_term("Solidarity economy", variants="SE")
    take_in(term)
    return term


def test_an_entry_goes_from_the_queue_to_its_readers(term, translator, reviewer, client):
    task = task_of(term, "fr")
    assert (task.work.kind, task.label, task.segments) == ("glossaryterm", "missing", 3)
    row = translate(translator, reviewer, task)
    assert (row.term, row.slug, row.live) == ("FR Solidarity economy", term.slug, True)
    assert "FR What Solidarity economy means." in row.definition
    task = fresh(task)
    assert (task.label, task.assignee, task.baseline.reviewer_name) == ("published", None, "relecteur")
    assert "FR Solidarity economy" in client.get(f"/fr/glossary/{term.slug}/").content.decode()


def test_nothing_of_it_shows_before(term, translator, reviewer, client):
    task = task_of(term, "fr")
    write_all(translator, task)
    submit_translation(translator, task.pk)
    assert not GlossaryTerm.objects.visible_to(None).filter(locale__language_code="fr").exists()
    assert "FR Sol" not in client.get(f"/fr/glossary/{term.slug}/").content.decode()
    assert not MemoryEntry.objects.filter(target__startswith="FR").exists()


def test_sent_back_and_handed_in_again(term, translator, reviewer):
    task = task_of(term, "fr")
    write_all(translator, task)
    submit_translation(translator, task.pk)
    send_back(reviewer, task.pk, "The definition is too literal.")
    task = fresh(task)
    assert (task.label, task.reason) == ("changes_requested", "The definition is too literal.")
    with pytest.raises(DecidedMeanwhile):
        approve_translation(reviewer, task.pk)
    submit_translation(translator, task.pk)
    assert fresh(task).label == "in_review"
    take_back(translator, task.pk)
    assert fresh(task).label == "in_progress"
    submit_translation(translator, task.pk)
    approve_translation(reviewer, task.pk)
    assert fresh(task).label == "published"


def test_a_translator_does_not_approve(term, translator, reviewer):
    task = task_of(term, "fr")
    write_all(translator, task)
    submit_translation(translator, task.pk)
    with pytest.raises(PermissionDenied):
        approve_translation(translator, task.pk)


def test_a_published_entry_stays_while_its_change_is_reviewed(term, translator, reviewer):
    task = task_of(term, "fr")
    row = translate(translator, reviewer, task)
    changed = public(term)
    changed.note = "Not to be confused with charity."
    changed.save_revision().publish()
    take_in(term)
    task = fresh(task)
    assert (task.label, task.segments_changed) == ("outdated", 1)
    write_all(translator, task)
    submit_translation(translator, task.pk)
    assert public(row).note == ""
    send_back(reviewer, task.pk, "No.")
    assert public(row).note == ""
    submit_translation(translator, task.pk)
    approve_translation(reviewer, task.pk)
    assert public(row).note == "FR Not to be confused with charity."


def test_every_kind_of_entry_has_drafts():
    """What has none is published at the first word."""
    for model in translated_models():
        assert issubclass(model, Page) or issubclass(model, DraftStateMixin), model
        assert issubclass(model, WorkflowMixin), model
