"""Two people decide at the same moment, each with a connection of their own: one decides, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from cms.wiki.models import PublishedRevision, Submission
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public, submit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def submission(site):
    page = make_document(title="The bakery")
    return submit(make_user("Authors"), page, title="The new bakery")


def at_once(submission, *presses: tuple) -> list[int]:
    """The status of each answer. A press is a person, a decision and its reason."""
    looked_at = public(submission.page.specific).latest_revision_id
    ready = Barrier(len(presses))

    def press(person, decision: str, reason: str) -> int:
        client = Client()
        client.force_login(person)
        data = {"seen_revision": looked_at, "decision": decision, "reason": reason}
        ready.wait(timeout=30)
        try:
            return client.post(f"/admin/wiki/submissions/{submission.pk}/", data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(lambda each: press(*each), presses))


def test_one_approves_while_another_declines(submission):
    answers = at_once(
        submission, (make_user("Editors"), "approve", ""), (make_user("Editors"), "decline", "not true")
    )
    assert sorted(answers) == [302, 409]
    approved = answers[0] == 302
    submission.refresh_from_db()
    assert submission.state == ("published" if approved else "declined")
    assert submission.reason == ("" if approved else "not true")
    assert PublishedRevision.objects.filter(page=submission.page_id).count() == (2 if approved else 1)
    assert public(submission.page.specific).title == ("The new bakery" if approved else "The bakery")


def test_a_double_click_is_one_decision(submission):
    editor = make_user("Editors")
    assert at_once(submission, (editor, "approve", ""), (editor, "approve", "")) == [302, 302]
    assert PublishedRevision.objects.filter(page=submission.page_id).count() == 2
    assert Submission.objects.get(pk=submission.pk).state == "published"
