"""Several translators and reviewers at the same moment, each with a connection of their own."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from cms.translations.models import LanguageProgramme, LanguageRequest, SegmentDraft, TranslationTask
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import (
    AlreadyClaimed,
    NotInReach,
    claim,
    end_idle_claims,
    hand_over,
    release,
)
from cms.translations.services.drafting import StaleSegment, save_segment
from cms.translations.services.programmes import AlreadyOpen, Terms, open_language
from cms.translations.services.requesting import request_translation, visitor_key
from cms.translations.services.submitting import (
    DecidedMeanwhile,
    approve_translation,
    send_back,
    submit_translation,
    take_back,
)
from cms.wiki.models import PublishedRevision, Submission
from home.models import HomePage
from initiatives.models import Event
from tests.factories.documents import make_user
from tests.wiki import test_races
from tests.wiki.publishing import publish

from .event_to_translate import make_event
from .translating import fresh, public, take_in, task_of, write_all

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (AlreadyClaimed, NotInReach, PermissionDenied, StaleSegment, DecidedMeanwhile)


@pytest.fixture
def event(site):
    return make_event()


@pytest.fixture(autouse=True)
def _work_waits_for_the_worker(settings):
    """As in production: search and reference indexes are not written within the transactions that meet here."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["default", "mail"]}
    }


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(test_races, "TOLD", TOLD)
    return test_races.at_once


def told(results) -> list:
    return [result for result in results if isinstance(result, TOLD)]


@pytest.fixture
def submitted(event, translator, reviewer):
    task = task_of(event, "fr")
    write_all(translator, task)
    submit_translation(translator, task.pk)
    return fresh(task)


def test_of_many_who_claim_one_holds(event, at_once):
    task = task_of(event, "fr")
    people = [make_user("Translators (fr)") for _number in range(4)]
    results = at_once(*(lambda who=who: claim(who, task.pk) for who in people))
    assert len(told(results)) == 3
    assert {each.task.assignee_id for each in told(results)} == {fresh(task).assignee_id}


def test_handing_over_and_releasing_at_once_leave_one_holder_or_none(event, translator, reviewer, at_once):
    task, successor = task_of(event, "fr"), make_user("Translators (fr)")
    claim(translator, task.pk)
    results = at_once(lambda: hand_over(translator, task.pk, successor), lambda: release(translator, task.pk))
    task = fresh(task)
    # Whoever came second is told, or a release that came first leaves nothing to hand over.
    assert len(told(results)) == 1
    assert task.assignee_id in (successor.pk, None)
    assert (task.assignee_id is None) == (task.claim_expires_at is None)


def test_readers_who_ask_at_once_count_once_each(event, at_once):
    task = task_of(event, "fr")
    visitors = [visitor_key("192.0.2.1", name) for name in ("one", "one", "one", "two")]
    results = at_once(*(lambda each=each: request_translation(task.pk, each) for each in visitors))
    assert sorted(results) == [False, False, True, True]
    assert fresh(task).requests == LanguageRequest.objects.filter(task=task).count() == 2


def test_two_windows_on_one_segment_one_is_told(event, translator, at_once):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    key = task.work.source[0].key
    results = at_once(
        *(
            lambda words=words: save_segment(translator, task.pk, key, words, seen=0)
            for words in ("un", "deux", "trois")
        )
    )
    assert len(told(results)) == 2
    assert SegmentDraft.objects.filter(key=key).count() == 1


def test_two_segments_at_once_are_both_kept_and_counted(event, translator, at_once):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    keys = [each.key for each in task.work.source[:4]]
    results = at_once(
        *(lambda key=key: save_segment(translator, task.pk, key, "mots", seen=0) for key in keys)
    )
    assert told(results) == []
    assert fresh(task).segments_done == 4


def test_a_double_click_submits_once(event, translator, reviewer, at_once):
    task = task_of(event, "fr")
    write_all(translator, task)
    assert told(at_once(*[lambda: submit_translation(translator, task.pk)] * 3)) == []
    assert Submission.objects.count() == 1
    assert Event.objects.filter(locale__language_code="fr").count() == 1


def test_two_reviewers_decide_once(submitted, reviewer, at_once):
    other = make_user("Language reviewers (fr)")
    results = at_once(
        lambda: approve_translation(reviewer, submitted.pk),
        lambda: send_back(other, submitted.pk, "Not yet."),
        lambda: approve_translation(other, submitted.pk),
    )
    assert len(told(results)) == 2
    copies = PublishedRevision.objects.filter(page=Event.objects.get(locale__language_code="fr")).count()
    assert copies == (1 if fresh(submitted).label == "published" else 0)


def test_taking_back_races_an_approval(submitted, translator, reviewer, at_once):
    results = at_once(
        lambda: take_back(translator, submitted.pk), lambda: approve_translation(reviewer, submitted.pk)
    )
    assert len(told(results)) == 1
    live = Event.objects.get(locale__language_code="fr").live
    assert live == (fresh(submitted).label == "published")


def test_a_source_published_while_its_translation_is_approved(event, submitted, reviewer, at_once):
    def source_goes_on():
        publish(event, title="Workshops")
        return take_in(event)

    assert told(at_once(source_goes_on, lambda: approve_translation(reviewer, submitted.pk))) == []
    take_in(event)  # what the worker does again after the last of both
    task = fresh(submitted)
    assert public(Event.objects.get(locale__language_code="fr")).title == "FR Workshop"
    assert (task.label, task.segments_changed, task.baseline.source_version) == ("outdated", 1, 1)
    assert [each.segment.text for each in survey_of(task).standings if not each.text] == ["Workshops"]


def test_a_claim_that_ends_while_its_holder_saves(event, translator, at_once):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    TranslationTask.objects.filter(pk=task.pk).update(
        claim_expires_at=task.waiting_since, warned_at=task.waiting_since
    )
    key = task.work.source[0].key

    def save():
        try:
            return save_segment(translator, task.pk, key, "mots", seen=0)
        except Exception as error:
            return error

    at_once(save, lambda: end_idle_claims() or True)
    held = fresh(task).assignee_id == translator.pk
    assert held == SegmentDraft.objects.filter(key=key).exists()


def test_two_administrators_at_once_open_it_once(site):
    people = [make_user("Administrators", name) for name in ("one", "two")]
    start, said = threading.Barrier(2), []

    def opening(person, budget):
        start.wait()
        try:
            open_language(person, "pt", Terms(word_budget=budget))
            said.append(budget)
        except AlreadyOpen:
            said.append("late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=opening, args=pair) for pair in zip(people, (1, 2), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("late") == 1
    (budget,) = [each for each in said if each != "late"]
    assert LanguageProgramme.objects.get().word_budget == budget
    assert HomePage.objects.filter(locale__language_code="pt").count() == 1
