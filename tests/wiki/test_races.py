"""Several people at the same moment, each with a connection of their own, on the real database."""

import threading

import pytest
from django.db import connection

from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.rules import NotInThisState
from cms.wiki.services import (
    AlreadyDecided,
    Seen,
    StaleText,
    approve,
    decline,
    keep_draft,
    submit_for_review,
    take_back,
)
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public, seen, submit, text, write

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (AlreadyDecided, StaleText, NotInThisState)


@pytest.fixture(autouse=True)
def _work_waits_for_the_worker(settings):
    """As in production: search and reference indexes are not written within the transactions that meet here."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["default", "mail"]}
    }


def at_once(*verbs):
    """Run all of `verbs` at the same moment; what each returned, or was told."""
    start = threading.Barrier(len(verbs))
    results = [None] * len(verbs)

    def run(place, verb):
        start.wait(30)
        try:
            results[place] = verb()
        except TOLD as told:
            results[place] = told
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(result is not None for result in results), results
    return results


def told(results) -> list:
    return [result for result in results if isinstance(result, TOLD)]


@pytest.fixture
def page(site):
    return make_document(title="The bakery", summary="Bread for all.")


@pytest.fixture
def author(site):
    return make_user("Authors", display_name="Ana")


@pytest.fixture
def editor(site):
    return make_user("Editors", display_name="Ed")


def test_of_authors_who_submit_at_once_one_is_reviewed_and_the_others_wait(site, page):
    texts = [write(make_user("Authors"), page, title=f"Title {number}") for number in range(4)]
    at_once(
        *(
            lambda mine=mine: submit_for_review(mine.author, mine.pk, mine.version, "change", "addition")
            for mine in texts
        )
    )
    states = list(Submission.objects.filter(page=page))
    assert sum(each.is_in_review for each in states) == 1
    assert sum(each.waits_for_others for each in states) == 3
    assert page.workflow_states.active().count() == 1


def test_a_double_click_submits_once(page, author):
    mine = write(author, page, title="New")
    results = at_once(
        *[lambda: submit_for_review(author, mine.pk, mine.version, "change", "addition")] * 3,
    )
    assert told(results) == []
    assert page.workflow_states.count() == 1


def test_a_double_click_approves_once(page, author, editor):
    mine = submit(author, page, title="New")
    results = at_once(*[lambda: approve(editor, mine.pk)] * 3)
    assert len(told(results)) == 2
    assert PublishedRevision.objects.filter(page=page).count() == 2


def test_of_two_moderators_who_disagree_one_decides_and_the_other_is_told(page, author, editor):
    mine, other = submit(author, page, title="New"), make_user("Editors")
    results = at_once(lambda: approve(editor, mine.pk), lambda: decline(other, mine.pk, "no"))
    assert len(told(results)) == 1
    mine.refresh_from_db()
    assert (mine.state, public(page).title) in [("published", "New"), ("declined", "The bakery")]


def test_an_approval_and_an_author_who_takes_back_come_one_by_one(page, author, editor):
    mine = submit(author, page, title="New")
    results = at_once(lambda: approve(editor, mine.pk), lambda: take_back(author, mine.pk))
    assert len(told(results)) == 1
    mine.refresh_from_db()
    assert (mine.state, public(page).title) in [("published", "New"), ("draft", "The bakery")]


def test_two_windows_that_save_at_once_keep_one_text_and_tell_the_other(page, author):
    mine = write(author, page, title="Before")
    before = seen(mine)
    results = at_once(
        *(lambda title=title: keep_draft(author, page, text(page, title=title), before) for title in "AB")
    )
    assert len(told(results)) == 1
    mine.refresh_from_db()
    assert mine.version == 2
    assert mine.content["title"] in "AB"


def test_two_first_savings_at_once_make_one_text(page, author):
    results = at_once(
        *(lambda title=title: keep_draft(author, page, text(page, title=title), Seen()) for title in "AB")
    )
    assert len(told(results)) == 1
    assert Submission.objects.filter(page=page, author=author).count() == 1


def test_an_approval_that_races_another_author_s_submission_loses_neither(page, author, editor):
    first, other = submit(author, page, title="First"), make_user("Authors")
    second = write(other, page, summary="Second summary.")
    at_once(
        lambda: approve(editor, first.pk),
        lambda: submit_for_review(other, second.pk, second.version, "change", "addition"),
    )
    second.refresh_from_db()
    assert second.is_in_review
    approve(editor, second.pk)
    assert (public(page).title, public(page).summary) == ("First", "Second summary.")


def test_publications_of_a_page_are_numbered_without_gaps(page, author, editor):
    texts = [submit(make_user("Authors"), page, provenance_note="x" * n) for n in (1, 2)]
    at_once(*(lambda mine=mine: approve(editor, mine.pk) for mine in texts))
    numbers = list(
        PublishedRevision.objects.filter(page=page).order_by("number").values_list("number", flat=True)
    )
    assert numbers == list(range(1, len(numbers) + 1))
