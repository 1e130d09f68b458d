"""What the queue says of a translation whose source goes on."""

import pytest

from cms.translations.models import TranslationTask
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import claim
from cms.translations.services.confirming import confirm_unchanged
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import approve_translation, submit_translation
from tests.wiki.publishing import publish

from .originals import LONGER, body, edited
from .translating import fresh, public, take_in, task_of, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def translated(event, translator, reviewer):
    return translate(translator, reviewer, task_of(event, "fr"))


def source_changes(event, significance: str, **changes) -> TranslationTask:
    publish(event, note_significance=significance, **changes)
    take_in(event)
    return fresh(task_of(event, "fr"))


def test_every_open_language_but_its_own_has_a_task(event):
    tasks = TranslationTask.objects.filter(work__translation_key=event.translation_key)
    assert {task.target_locale.language_code for task in tasks} == {"fr", "es"}
    assert {task.label for task in tasks} == {"missing"}
    assert all(task.words_to_do == task.words > 20 for task in tasks)


@pytest.mark.parametrize(
    ("significance", "label"), [("typo", "published"), ("addition", "outdated"), ("substance", "outdated")]
)
def test_a_change_of_the_source_puts_it_back_by_itself(event, translated, significance, label):
    task = source_changes(event, significance, body=body(edited(("It lasted.", LONGER))))
    assert task.label == label
    assert task.segments_changed == 1
    assert task.words_changed == len(LONGER.split())


def test_what_was_removed_counts(event, translated):
    task = source_changes(event, "addition", body=body(edited(without=0)))
    assert (task.label, task.segments_changed, task.words_to_do) == ("outdated", 1, 0)
    assert [known.source for known in survey_of(task).removed] == ["Where it began"]


def test_the_editor_sees_the_source_as_it_was_and_the_words_to_adapt(event, translated):
    task = source_changes(event, "addition", body=body(edited(("It lasted.", LONGER))))
    (changed,) = [each for each in survey_of(task).standings if each.state == "changed"]
    assert (changed.old_source, changed.old_target) == ("It lasted.", "FR It lasted.")
    assert (changed.segment.text, changed.text) == (LONGER, "")


def test_only_what_changed_is_to_do_and_the_rest_stays(event, translated, translator, reviewer, client):
    task = source_changes(event, "addition", body=body(edited(("It lasted.", LONGER), without=0)))
    assert client.get(translated.url).content.decode().count("FR It lasted.") >= 1
    claim(translator, task.pk)
    (key,) = [each.segment.key for each in survey_of(task).standings if not each.text]
    save_segment(translator, task.pk, key, "FR Cela dura sept ans.", seen=0)
    submit_translation(translator, task.pk)
    live = public(translated)
    assert "FR It lasted." in live.body[1].value.source
    assert live.body[0].block_type == "heading"
    approve_translation(reviewer, task.pk)
    live = public(translated)
    assert [block.block_type for block in live.body] == ["text", "table"]
    assert "FR Cela dura sept ans." in live.body[0].value.source
    assert fresh(task).label == "published"
    assert fresh(task).baseline.source_version == 2


def test_confirming_that_it_still_says_the_same(event, translated, translator, reviewer):
    task = source_changes(
        event, "addition", title="Workshops", body=body(edited(("It lasted.", "It  endured.")))
    )
    behind = [each.segment.key for each in survey_of(task).standings if each.state == "changed"]
    assert len(behind) == 2
    confirm_unchanged(reviewer, task.pk, behind[:1])
    assert fresh(task).segments_changed == 1
    assert fresh(task).baseline.source_version == 1
    confirm_unchanged(reviewer, task.pk)
    task = fresh(task)
    assert (task.segments_changed, task.label, task.baseline.source_version) == (0, "published", 2)
    assert public(translated).title == "FR Workshop"


def test_confirming_does_not_hide_what_was_removed(event, translated, reviewer):
    task = source_changes(event, "addition", body=body(edited(("It lasted.", LONGER), without=0)))
    confirm_unchanged(reviewer, task.pk)
    assert (fresh(task).label, fresh(task).segments_changed) == ("outdated", 1)


def test_what_is_corrected_on_the_translated_page_itself_is_kept(event, translated, translator, reviewer):
    publish(translated, title="Un atelier")
    task = fresh(task_of(event, "fr"))
    assert (task.label, task.segments_changed) == ("published", 0)
    task = source_changes(event, "addition", summary="Another summary.")
    claim(translator, task.pk)
    (key,) = [each.segment.key for each in survey_of(task).standings if not each.text]
    save_segment(translator, task.pk, key, "Un autre résumé.", seen=0)
    submit_translation(translator, task.pk)
    approve_translation(reviewer, task.pk)
    assert (public(translated).title, public(translated).summary) == ("Un atelier", "Un autre résumé.")


def test_a_source_that_is_taken_down_rests_and_comes_back(event, translated):
    public(event).unpublish()
    task = fresh(task_of(event, "fr"))
    assert (task.work.public, task.need) == (False, 0)
    public(event).save_revision().publish()
    take_in(event)
    assert fresh(task).work.public
