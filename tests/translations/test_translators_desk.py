"""The desk of translators and reviewers: what is theirs, what came back and why, what waits for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.translations.models import TranslationTask, Work
from cms.translations.services.claiming import claim
from cms.translations.services.submitting import send_back, submit_translation
from tests.factories.documents import make_document, make_user

from .queue_filling import fill_queue
from .translating import fresh, take_in, task_of, write_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(event) -> TranslationTask:
    Work.objects.exclude(translation_key=event.translation_key).delete()
    return task_of(event, "fr")


def desk(client, user):
    client.force_login(user)
    return client.get("/en/me/")


def test_it_says_what_i_hold_and_for_how_long(client, task, translator):
    claim(translator, task.pk)
    TranslationTask.objects.filter(pk=task.pk).update(claim_expires_at=timezone.now() + timedelta(days=3))
    html = desk(client, translator).text
    assert "yours for 3 more days" in html
    assert f"{fresh(task).words_to_do} words to do" in html
    assert f'href="/admin/translations/{task.pk}/"' in html


def test_what_came_back_is_first_with_its_reason_and_stands_there_once(client, task, translator, reviewer):
    other = make_document(title="The mill")
    take_in(other)
    claim(translator, task_of(other, "fr").pk)
    write_all(translator, task)
    submit_translation(translator, task.pk)
    answer = desk(client, translator)
    assert answer.context["texts"] == []
    assert answer.text.count("in review") == 1
    send_back(reviewer, task.pk, "Relis la fin.")
    answer = desk(client, translator)
    assert [each.task.pk for each in answer.context["translations"].mine][0] == task.pk
    assert "Relis la fin." in answer.text
    assert answer.context["texts"] == []
    assert answer.context["pages"] == []


def test_a_reviewer_finds_what_waits_for_them(client, task, translator, reviewer):
    write_all(translator, task)
    submit_translation(translator, task.pk)
    shown = desk(client, reviewer)
    assert [each.task.pk for each in shown.context["translations"].to_review] == [task.pk]
    assert "For you to review" in shown.text
    assert "For you to review" not in desk(client, translator).text
    assert "For you to review" not in desk(client, make_user("Language reviewers (es)")).text


def test_it_counts_what_waits_in_my_languages(client, task, translator):
    assert "1 translation into français waits for somebody." in desk(client, translator).text
    claim(translator, task.pk)
    assert "0 translations into français wait for somebody." in desk(client, translator).text


@pytest.mark.parametrize("role", [None, "Authors", "Editors"])
def test_others_have_no_such_part(client, task, role):
    answer = desk(client, make_user(role))
    assert answer.context["translations"] is None
    assert "queue of translations" not in answer.text


def test_it_costs_the_same_however_much_there_is(client, site, django_assert_max_num_queries):
    user = make_user("Language reviewers (fr)")
    fill_queue(60, "fr")
    for task in TranslationTask.objects.filter(need__gt=40, target_locale__language_code="fr"):
        claim(user, task.pk)
    desk(client, user)
    with django_assert_max_num_queries(25):  # three of them are of the forum
        desk(client, user)
