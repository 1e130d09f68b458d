"""An author sees where each of their texts stands, who is next, how long it takes, and what is asked of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.wiki.models import Submission
from cms.wiki.queries.receipts import receipts
from cms.wiki.services import approve, decline, discard_draft, request_changes
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public, submit, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_user("Authors", display_name="Ana")


@pytest.fixture
def editor(site):
    return make_user("Editors", display_name="Ed")


@pytest.fixture(scope="module")
def page_of_module(site_of_module):
    return make_document(title="The bakery")


@pytest.fixture
def page(page_of_module, site):
    """Made once a module; what a test changes of it is undone after the test."""
    return public(page_of_module)


def the_receipt(user):
    (receipt,) = receipts(user)
    return receipt


def waited(submission, **time) -> None:
    """As if the decision on `submission` had taken so long."""
    decided = Submission.objects.get(pk=submission.pk).decided_at
    Submission.objects.filter(pk=submission.pk).update(submitted_at=decided - timedelta(**time))


class TestPlace:
    def test_place_among_the_texts_of_the_same_deciders(self, author, editor):
        other = make_user("Authors")
        make_user("Language reviewers (es)", display_name="Rosa")
        submit(other, make_document(), title="First")
        submit(other, make_document(), title="Second")
        first = make_document()
        submit(other, make_document(lang="es", translation_of=first), title="Primero")
        submit(author, first, title="Mine")
        spanish = make_document(lang="es", title="La panadería", translation_of=make_document())
        submit(author, spanish, title="La nueva panadería")
        by_title = {each.title: each for each in receipts(author)}
        assert by_title["Mine"].place == "2 texts before it in the queue"
        assert by_title["La nueva panadería"].place == "1 text before it in the queue"
        assert (by_title["Mine"].who, by_title["La nueva panadería"].who) == ("Ed", "Rosa")

    def test_the_group_is_named_not_its_members(self, author, editor, page):
        make_user("Editors", display_name="Eve")
        submit(author, page, title="Mine")
        assert (the_receipt(author).who, the_receipt(author).place) == ("the editors", "next in the queue")

    def test_an_editor_s_own_text_is_for_the_others(self, editor, page):
        make_user("Editors", display_name="Eve")
        submit(editor, page, title="Mine")
        assert the_receipt(editor).who == "Eve"

    def test_the_second_text_of_a_page_waits_for_its_turn(self, author, editor, page):
        submit(make_user("Authors"), page, title="First")
        submit(author, page, licence="cc-by-4.0")
        assert the_receipt(author).state == "turn"


class TestUsualWait:
    @pytest.mark.parametrize(
        ("waits", "said"),
        [
            ([], ""),
            ([{"minutes": 20}], "usually decided within an hour"),
            ([{"hours": 1, "minutes": 5}], "usually decided within 2 hours"),
            ([{"hours": 2}, {"days": 1, "hours": 12}, {"days": 9}], "usually decided within 2 days"),
        ],
        ids=str,
    )
    def test_the_median_of_what_was_decided(self, author, editor, page, waits, said):
        for wait in waits:
            done = submit(make_user("Authors"), make_document(), title="Done")
            approve(editor, done.pk)
            waited(done, **wait)
        submit(author, page, title="Mine")
        assert the_receipt(author).usual == said

    def test_only_the_last_ten_count(self, author, editor, page):
        other = make_user("Authors")
        for days in [30] * 3 + [1] * 10:
            done = submit(other, make_document(), title="Done")
            approve(editor, done.pk)
            waited(done, days=days)
        submit(author, page, title="Mine")
        assert the_receipt(author).usual == "usually decided within 24 hours"


class TestWhatIsAsked:
    @pytest.mark.parametrize(
        ("verb", "state", "may"),
        [
            (lambda editor, pk: None, "moderation", (False, False, True)),
            (
                lambda editor, pk: request_changes(editor, pk, "name the baker"),
                "changes",
                (True, True, False),
            ),
            (lambda editor, pk: decline(editor, pk, "not true"), "declined", (False, False, False)),
        ],
    )
    def test_after_each_decision(self, author, editor, page, verb, state, may):
        verb(editor, submit(author, page, title="Mine").pk)
        receipt = the_receipt(author)
        assert receipt.state == state
        assert (receipt.may_write, receipt.may_discard, receipt.may_take_back) == may

    def test_a_draft(self, author, page):
        write(author, page, title="Mine")
        assert (the_receipt(author).state, the_receipt(author).title) == ("revised", "Mine")
        assert (the_receipt(author).place, the_receipt(author).who) == ("", "")

    def test_two_texts_that_meet(self, author, editor, page):
        first = submit(make_user("Authors"), page, title="First")
        submit(author, page, title="Mine")
        approve(editor, first.pk)
        assert the_receipt(author).state == "conflict"

    def test_what_is_published_or_put_away_is_done(self, author, editor, page):
        approve(editor, submit(author, page, title="Mine").pk)
        assert receipts(author) == []
        discard_draft(author, write(author, page, title="Other").pk)
        assert receipts(author) == []

    def test_put_away_after_changes_were_requested_it_is_not_declined(self, author, editor, page):
        submission = submit(author, page, title="Mine")
        request_changes(editor, submission.pk, "more")
        discard_draft(author, submission.pk)
        assert receipts(author) == []

    def test_a_declined_one_stays_for_thirty_days(self, author, editor, page):
        submission = submit(author, page, title="Mine")
        decline(editor, submission.pk, "not true")
        for days, shown in ((29, 1), (31, 0)):
            Submission.objects.filter(pk=submission.pk).update(
                decided_at=timezone.now() - timedelta(days=days)
            )
            assert len(receipts(author)) == shown

    def test_nobody_sees_the_receipts_of_another(self, author, page):
        submit(author, page, title="Mine")
        assert receipts(make_user("Editors")) == []


class TestDesk:
    def test_it_says_all_of_it(self, client, author, editor, page):
        submit(author, page, title="In the queue")
        back = submit(author, make_document(), title="Sent back")
        request_changes(editor, back.pk, "name the <b>baker</b>")
        declined = submit(author, make_document(), title="Declined")
        decline(editor, declined.pk, "it ended in 2008")
        client.force_login(author)
        html = client.get("/en/me/").text
        for words in (
            "With the editors",
            "Next: Ed; next in the queue (usually decided within an hour).",
            "Nothing is asked of you",
            "Ed asks you to change something",
            "name the &lt;b&gt;baker&lt;/b&gt;",
            "it ended in 2008",
        ):
            assert words in html

    def test_taking_back_is_a_post(self, client, author, page):
        submission = submit(author, page, title="Mine")
        client.force_login(author)
        address = f"/en/wiki/submissions/{submission.pk}/take-back/"
        assert f'action="{address}"' in client.get("/en/me/").text
        assert client.get(address).status_code == 405
        client.post(address)
        assert Submission.objects.get(pk=submission.pk).state == "draft"
        client.force_login(make_user("Authors"))
        assert client.post(address).status_code == 404

    def test_discarding_is_offered_for_what_is_with_its_author(self, client, author, page):
        submission = write(author, page, title="Mine")
        client.force_login(author)
        address = f"/en/wiki/submissions/{submission.pk}/discard/"
        assert f'action="{address}"' in client.get("/en/me/").text
        client.post(address)
        assert "Mine" not in client.get("/en/me/").text


def test_the_own_view_of_a_text_says_the_same_with_what_it_changes(client, author, editor, page):
    submission = submit(author, page, title="The new bakery")
    client.force_login(author)
    address = f"/en/wiki/submissions/{submission.pk}/"
    html = client.get(address).text
    assert "Next: Ed; next in the queue" in html
    assert "</span>new<span" in html
    approve(editor, submission.pk)
    html = client.get(address).text
    assert "Next:" not in html
    assert "</span>new<span" in html
    client.force_login(make_user("Authors"))
    assert client.get(address).status_code == 404


def test_costs_the_same_however_many_there_are(author, editor, django_assert_max_num_queries):
    for _number in range(6):
        submit(author, make_document(), title="New")
        write(author, make_document(), title="New")
        decline(editor, submit(author, make_document(), title="New").pk, "no")
    receipts(author)
    with django_assert_max_num_queries(7):
        receipts(author)
