"""A reviewer decides on a translated page, on this queue's screen or on the wiki's."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.translations.models import MemoryEntry
from cms.translations.queries.texts import latest_drafts, survey_of
from cms.translations.services.claiming import AlreadyClaimed, NotInReach, claim, hand_over, release
from cms.translations.services.composing import Incomplete
from cms.translations.services.drafting import NotHolder, SourceMoved, StaleSegment, save_segment
from cms.translations.services.submitting import (
    DecidedMeanwhile,
    approve_translation,
    send_back,
    submit_translation,
    take_back,
)
from cms.translations.services.works import SourceGone
from cms.wiki import services as wiki
from cms.wiki.models import PublishedRevision, Submission
from initiatives.models import Event
from tests.factories.documents import make_user
from tests.wiki.publishing import publish

from .translating import fresh, public, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(event, translator, reviewer):
    task = task_of(event, "fr")
    write_all(translator, task)
    submit_translation(translator, task.pk)
    return fresh(task)


def french() -> Event:
    return Event.objects.get(locale__language_code="fr")


MAY_DECIDE = ("Language reviewers (fr)", "Administrators")


@pytest.mark.parametrize(
    "role",
    [None, "Authors", "Translators (fr)", "Language reviewers (es)", "Editors", "Facilitators", *MAY_DECIDE],
    ids=str,
)
def test_who_decides(submitted, role):
    user = make_user(role)
    if role in MAY_DECIDE:
        approve_translation(user, submitted.pk)
        assert french().live
        return
    for decide in (approve_translation, lambda user, pk: send_back(user, pk, "No.")):
        with pytest.raises(PermissionDenied):
            decide(user, submitted.pk)
    assert fresh(submitted).in_review


def test_a_reviewer_who_translated_does_not_decide_while_another_can(event, reviewer):
    task = task_of(event, "fr")
    write_all(reviewer, task)
    submit_translation(reviewer, task.pk)
    other = make_user("Language reviewers (fr)")
    with pytest.raises(PermissionDenied):
        approve_translation(reviewer, task.pk)
    approve_translation(other, task.pk)
    assert french().live


def test_where_the_only_reviewer_translated_the_editors_decide(event, reviewer):
    editor = make_user("Editors")
    task = task_of(event, "fr")
    write_all(reviewer, task)
    submit_translation(reviewer, task.pk)
    with pytest.raises(PermissionDenied):
        approve_translation(reviewer, task.pk)
    approve_translation(editor, task.pk)
    assert PublishedRevision.objects.get(page=french()).approved_by == editor


def test_sent_back_with_a_reason_and_handed_in_again(submitted, translator, reviewer):
    with pytest.raises(ValidationError):
        send_back(reviewer, submitted.pk, "  ")
    send_back(reviewer, submitted.pk, "« Atelier », not « workshop ».")
    task = fresh(submitted)
    assert (task.label, task.assignee) == ("changes_requested", translator)
    key = task.work.source[0].key
    save_segment(translator, task.pk, key, "Atelier", seen=1)
    submit_translation(translator, task.pk)
    assert fresh(task).reason == ""
    approve_translation(reviewer, task.pk)
    assert french().title == "Atelier"
    assert Submission.objects.filter(page=french()).count() == 1


def test_another_translator_goes_on_from_what_was_sent_back(submitted, translator, reviewer):
    send_back(reviewer, submitted.pk, "More care, please.")
    other = make_user("Translators (fr)", "autre")
    hand_over(translator, submitted.pk, other)
    save_segment(other, submitted.pk, fresh(submitted).work.source[0].key, "Atelier", seen=1)
    submit_translation(other, submitted.pk)
    approve_translation(reviewer, submitted.pk)
    text = fresh(submitted).baseline
    assert set(text.translators) == {"traductrice", "autre"}
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["declined", "published"]


def test_what_the_reviewer_changed_is_what_is_published(submitted, translator, reviewer):
    key = submitted.work.source[0].key
    save_segment(reviewer, submitted.pk, key, "Atelier", seen=1)
    assert not french().live
    approve_translation(reviewer, submitted.pk)
    assert french().title == "Atelier"
    assert MemoryEntry.objects.get(source="Workshop", target_language="fr").target == "Atelier"
    copy = PublishedRevision.objects.get(page=french())
    assert (copy.author, copy.approved_by, copy.co_authors) == (translator, reviewer, ["relecteur"])


def test_deciding_on_the_wiki_s_screen_is_deciding(submitted, reviewer):
    wiki.approve(reviewer, submitted.submission_id)
    task = fresh(submitted)
    assert (task.label, task.in_review, task.baseline.reviewer_name) == ("published", False, "relecteur")
    with pytest.raises(DecidedMeanwhile):
        approve_translation(reviewer, submitted.pk)


def test_sending_back_on_the_wiki_s_screen_is_sending_back(submitted, translator, reviewer):
    wiki.request_changes(reviewer, submitted.submission_id, "Not yet.")
    task = fresh(submitted)
    assert (task.label, task.reason, task.assignee) == ("changes_requested", "Not yet.", translator)
    submit_translation(translator, task.pk)
    wiki.decline(reviewer, fresh(task).submission_id, "No.")
    assert (fresh(task).label, fresh(task).reason) == ("changes_requested", "No.")
    submit_translation(translator, task.pk)
    assert fresh(task).label == "in_review"


def test_taken_back_it_is_written_on(submitted, translator, reviewer):
    with pytest.raises(NotInReach):
        save_segment(translator, submitted.pk, submitted.work.source[0].key, "Atelier", seen=1)
    take_back(translator, submitted.pk)
    save_segment(translator, submitted.pk, submitted.work.source[0].key, "Atelier", seen=1)
    with pytest.raises(DecidedMeanwhile):
        approve_translation(reviewer, submitted.pk)


def test_submitting_twice_is_submitting_once(submitted, translator):
    submit_translation(translator, submitted.pk)
    assert Submission.objects.count() == 1


def test_what_is_incomplete_is_not_submitted(event, translator):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    with pytest.raises(Incomplete) as told:
        submit_translation(translator, task.pk)
    assert len(told.value.keys) == task.segments
    assert not Event.objects.filter(locale__language_code="fr").exists()


def test_one_holder_at_a_time(event, translator):
    task = task_of(event, "fr")
    other = make_user("Translators (fr)")
    claim(translator, task.pk)
    with pytest.raises(AlreadyClaimed) as told:
        claim(other, task.pk)
    assert told.value.task.assignee == translator
    with pytest.raises(NotHolder):
        save_segment(other, task.pk, task.work.source[0].key, "Atelier", seen=0)
    release(translator, task.pk)
    claim(other, task.pk)
    assert fresh(task).assignee == other


def test_nothing_is_overwritten_unseen(event, translator):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    key = task.work.source[0].key
    save_segment(translator, task.pk, key, "Atelier", seen=0)
    with pytest.raises(StaleSegment) as told:
        save_segment(translator, task.pk, key, "Ateliers", seen=0)
    assert told.value.draft.text == "Atelier"
    with pytest.raises(SourceMoved):
        save_segment(translator, task.pk, "0" * 16, "Atelier", seen=0)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '<b onclick="x">a</b>',
        '<a id="a9">a</a>',
        '<a href="https://x">a</a>',
        "<p>a</p>",
    ],
)
def test_markup_that_the_source_does_not_have_is_refused(event, translator, words):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    with pytest.raises(ValidationError):
        save_segment(translator, task.pk, task.work.source[3].key, words, seen=0)
    assert not task.drafts.exists()


def test_a_source_taken_down_under_it_stops_and_loses_nothing(event, translator, reviewer):
    task = task_of(event, "fr")
    write_all(translator, task)
    drafts = task.drafts.count()
    public(event).unpublish()
    with pytest.raises(NotInReach):
        submit_translation(translator, task.pk)
    assert task.drafts.count() == drafts
    public(event).save_revision().publish()
    take_in(event)
    submit_translation(translator, task.pk)


def test_a_source_deleted_under_it_keeps_what_was_written(event, translator):
    task = task_of(event, "fr")
    write_all(translator, task)
    drafts = task.drafts.count()
    public(event).delete()
    task = fresh(task)
    assert (task.work.public, task.work.page, task.drafts.count()) == (False, None, drafts)
    with pytest.raises((NotInReach, SourceGone)):
        submit_translation(translator, task.pk)


def test_a_source_that_moves_on_under_review_leaves_the_rest_to_do(submitted, event, reviewer):
    publish(event, title="Workshops")
    take_in(event)
    approve_translation(reviewer, submitted.pk)
    task = fresh(submitted)
    assert french().title == "FR Workshop"
    assert (task.label, task.segments_changed, task.baseline.source_version) == ("outdated", 1, 1)


def test_a_translator_s_own_text_for_the_page_is_not_lost(event, translator, reviewer):
    page = translate(translator, reviewer, task_of(event, "fr"))
    wiki.keep_draft(translator, page, {**public(page).serializable_data(), "title": "Mien"}, None)
    publish(event, title="Workshops")
    take_in(event)
    task = task_of(event, "fr")
    write_all(translator, task)
    with pytest.raises(wiki.TextUnderWay):
        submit_translation(translator, task.pk)
    assert not fresh(task).in_review
    assert latest_drafts(fresh(task))


def test_an_alias_is_no_translation(event):
    event.copy_for_translation(fresh(task_of(event, "fr")).target_locale, alias=True)
    take_in(event)
    assert task_of(event, "fr").content_state == "missing"
    assert survey_of(task_of(event, "fr")).texts() == {}
