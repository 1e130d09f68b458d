"""`manage.py check_translations`: each sort of inconsistency is made on purpose, found, and mended."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail_localize.models import StringTranslation, Translation

from cms.accounts.models import User
from cms.translations.models import TranslationTask, Work
from cms.translations.services.library import share_with_library
from cms.translations.services.submitting import submit_translation
from cms.wiki.models import Submission
from initiatives.models import Event

from .translating import fresh, make_reviewer, make_translator, public, task_of, translate, write_all

pytestmark = pytest.mark.django_db


def check(*options: str) -> str:
    out = StringIO()
    call_command("check_translations", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def translator_of_module(site_of_module):
    return make_translator()


@pytest.fixture
def translator(translator_of_module, site):
    return User.objects.get(pk=translator_of_module.pk)


@pytest.fixture(scope="module")
def whole_of_module(event_of_module, translator_of_module):
    page = translate(translator_of_module, make_reviewer(), task_of(event_of_module, "fr"))
    share_with_library(fresh(task_of(event_of_module, "fr")))
    check("--repair")
    assert "consistent" in check()
    return page


@pytest.fixture
def whole(whole_of_module, site):
    """All is well: one translation published, and everything else of the site in the queue.

    Made once for the module: what a test changes of it is undone after the test.
    """
    return public(whole_of_module)


def forgotten_work(event, page):
    Work.objects.filter(translation_key=event.translation_key).delete()


def old_text(event, page):
    """The worker died before it took in what was published."""
    row = public(event)
    row.title = "Workshops"
    row.save_revision().publish()


def taken_down(event, page):
    Event.objects.filter(pk=event.pk).update(live=False)


def no_task(event, page):
    task_of(event, "es").delete()


def published_past_the_queue(event, page):
    Event.objects.filter(pk=page.pk).update(title="Un atelier")


def miscounted(event, page):
    TranslationTask.objects.filter(pk=task_of(event, "fr").pk).update(words_to_do=99, label="outdated")


def endless_claim(event, page):
    TranslationTask.objects.filter(pk=task_of(event, "fr").pk).update(assignee=page.owner or first_user())


def first_user():
    return User.objects.first()


def given_to_the_library(event, page):
    Translation.objects.update(enabled=True)


def unapproved_in_the_library(event, page):
    row = StringTranslation.objects.get(data="FR Workshop")
    StringTranslation.objects.filter(pk=row.pk).update(data="Pas approuvé")


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (forgotten_work, "not in the queue"),
        (old_text, "its text is not today's"),
        (taken_down, "its original is not public"),
        (no_task, "a language is missing"),
        (published_past_the_queue, "what is public is not what it is measured by"),
        (miscounted, "counted wrong"),
        (endless_claim, "a claim without an end"),
        (given_to_the_library, "given to the library's own editor"),
        (unapproved_in_the_library, "words in the library that are not published"),
    ],
    ids=lambda each: each.__name__ if callable(each) else "",
)
def test_what_is_broken_is_found_and_mended(event, whole, harm, code):
    harm(event, whole)
    with pytest.raises(CommandError):
        check()
    assert code in check("--repair")
    assert "consistent" in check()


def test_looking_changes_nothing(event, whole):
    miscounted(event, whole)
    with pytest.raises(CommandError):
        check()
    assert task_of(event, "fr").words_to_do == 99


def test_a_review_whose_submission_is_gone_goes_back_to_its_translator(event, whole, translator):
    task = task_of(event, "fr")
    source = public(event)
    source.title = "Workshops"
    source.save_revision().publish()
    check("--repair")
    write_all(translator, task)
    submit_translation(translator, task.pk)
    assert "consistent" in check()
    Submission.objects.filter(page=whole, state="submitted").update(state="declined")
    assert "in review, and nothing is" in check("--repair")
    assert (fresh(task).label, fresh(task).assignee) == ("in_progress", translator)
