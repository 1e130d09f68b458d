"""The moderator's screen: what is decided, by whom, and what is said to the one who comes too late."""

import pytest

from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.services import approve, decline, protect, request_changes, take_back
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public, submit, write

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def page_of_module(site_of_module):
    return make_document(title="The bakery", summary="Bread for all.")


@pytest.fixture
def page(page_of_module, site):
    """Made once a module; what a test changes of it is undone after the test."""
    return public(page_of_module)


@pytest.fixture
def author(site):
    return make_user("Authors", display_name="Ana")


@pytest.fixture
def editor(site):
    return make_user("Editors", display_name="Ed")


@pytest.fixture
def submission(page, author):
    return submit(author, page, summary="a <b>new</b> name", title="The new bakery")


def address(submission) -> str:
    return f"/admin/wiki/submissions/{submission.pk}/"


def send(client, submission, decision="approve", **data):
    submission.page.refresh_from_db()
    first = {"seen_revision": submission.page.latest_revision_id, "significance": "addition", "reason": ""}
    return client.post(address(submission), first | {"decision": decision} | data)


def state(submission) -> str:
    return Submission.objects.get(pk=submission.pk).state


class TestDeciding:
    def test_approving_publishes_with_the_significance_corrected(self, client, page, submission, editor):
        client.force_login(editor)
        answer = send(client, submission, significance="substance")
        assert answer.headers["Location"] == "/admin/wiki/queue/"
        copy = PublishedRevision.objects.get(page=page, number=2)
        assert (copy.title, copy.significance, copy.approved_by) == ("The new bakery", "substance", editor)
        assert "is published" in client.get(answer.headers["Location"]).text

    @pytest.mark.parametrize(
        ("decision", "after"), [("request_changes", "changes_requested"), ("decline", "declined")]
    )
    def test_the_others_need_a_reason_and_keep_what_was_chosen(
        self, client, page, submission, editor, decision, after
    ):
        client.force_login(editor)
        answer = send(client, submission, decision, reason="  ", significance="substance")
        assert answer.status_code == 422
        assert "Give the reason" in answer.text
        assert answer.context["form"]["significance"].value() == "substance"
        assert state(submission) == "submitted"
        assert send(client, submission, decision, reason="name the baker").status_code == 302
        submission.refresh_from_db()
        assert (submission.state, submission.reason) == (after, "name the baker")
        assert public(page).title == "The bakery"

    @pytest.mark.parametrize(
        ("role", "get", "post"),
        [
            (None, 403, 403),
            ("Facilitators", 403, 403),
            ("Authors", 403, 403),
            ("Translators (en)", 403, 403),
            ("Language reviewers (es)", 404, 404),
            ("Editors", 200, 302),
            ("Administrators", 200, 302),
        ],
    )
    def test_who_decides(self, client, submission, role, get, post):
        make_user("Editors")
        client.force_login(make_user(role))
        assert client.get(address(submission)).status_code == get
        assert client.get(address(submission) + "preview/").status_code == get
        assert send(client, submission).status_code == post
        assert (state(submission) == "published") == (post == 302)

    def test_editors_see_why_they_do_not_decide_on_a_translation_with_reviewers(self, client, page, author):
        make_user("Language reviewers (es)", display_name="Rosa")
        spanish = make_document(lang="es", title="La panadería", translation_of=page)
        submission = submit(author, spanish, title="La nueva panadería")
        client.force_login(make_user("Editors"))
        answer = client.get(address(submission))
        assert "This is for Rosa to decide" in answer.text
        assert "Approve and publish" not in answer.text
        answer = send(client, submission)
        assert answer.status_code == 403
        assert "It is not for you to decide" in answer.text
        assert state(submission) == "submitted"


class TestOwnText:
    def test_an_editor_sees_who_decides_on_their_own(self, client, page, editor):
        make_user("Editors", display_name="Eve")
        submission = submit(editor, page, title="Mine")
        client.force_login(editor)
        answer = client.get(address(submission))
        assert "This is your own text: Eve will decide" in answer.text
        assert "Approve and publish" not in answer.text
        assert send(client, submission).status_code == 403
        assert state(submission) == "submitted"

    def test_an_only_editor_is_told_that_it_is_recorded(self, client, page, editor):
        submission = submit(editor, page, title="Mine")
        client.force_login(editor)
        assert "the history records" in client.get(address(submission)).text
        assert send(client, submission).status_code == 302
        assert PublishedRevision.objects.get(page=page, number=2).approved_alone
        assert "no other editor could decide" in client.get(address(submission)).text


class TestTooLate:
    @pytest.mark.parametrize(
        ("verb", "said"),
        [
            (lambda other, pk: approve(other, pk), "Eve approved it"),
            (lambda other, pk: decline(other, pk, "no"), "Eve declined it"),
            (lambda other, pk: request_changes(other, pk, "more"), "Eve requested changes"),
        ],
    )
    def test_what_another_decided_is_told_and_nothing_repeated(
        self, client, page, submission, editor, verb, said
    ):
        client.force_login(editor)
        looked_at = public(page).latest_revision_id
        verb(make_user("Editors", display_name="Eve"), submission.pk)
        before = Submission.objects.values().get(pk=submission.pk)
        answer = send(client, submission, "decline", reason="my own words", seen_revision=looked_at)
        assert answer.status_code == 409
        assert said in answer.text
        assert "my own words" in answer.text
        assert Submission.objects.values().get(pk=submission.pk) == before
        assert PublishedRevision.objects.filter(page=page).count() == (2 if "approved" in said else 1)

    def test_the_author_took_it_back(self, client, submission, author, editor):
        client.force_login(editor)
        take_back(author, submission.pk)
        answer = send(client, submission)
        assert answer.status_code == 409
        assert "Ana took it back" in answer.text
        assert "The new bakery" not in answer.text  # it is the author's own again
        assert client.get(address(submission) + "preview/").status_code == 404

    def test_a_text_that_changed_since_is_looked_at_again(self, client, page, submission, editor):
        client.force_login(editor)
        looked_at = public(page).latest_revision_id
        revised = public(page).get_latest_revision_as_object()
        revised.title = "The newer bakery"
        revised.save_revision(user=make_user("Editors", display_name="Eve"))
        answer = send(client, submission, seen_revision=looked_at)
        assert answer.status_code == 409
        assert "The text changed since you looked at it" in answer.text
        assert "by Eve" in answer.text
        assert state(submission) == "submitted"
        seen = answer.context["form"]["seen_revision"].value()
        assert send(client, submission, seen_revision=seen).status_code == 302
        assert public(page).title == "The newer bakery"

    def test_a_double_click_decides_once(self, client, page, submission, editor):
        client.force_login(editor)
        looked_at = public(page).latest_revision_id
        answers = [send(client, submission, seen_revision=looked_at) for _click in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert PublishedRevision.objects.filter(page=page).count() == 2

    def test_what_waits_for_its_turn_cannot_be_decided(self, client, page, submission, editor):
        second = submit(make_user("Authors"), page, licence="cc-by-4.0")
        client.force_login(editor)
        assert "It waits for its turn" in client.get(address(second)).text
        assert send(client, second).status_code == 409
        assert state(second) == "submitted"


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": "publish"},
        {"decision": ""},
        {"seen_revision": ""},
        {"seen_revision": "abc"},
        {"seen_revision": "9" * 40},
        {"significance": "enormous"},
    ],
    ids=str,
)
def test_a_tampered_form_is_refused_in_words(client, submission, editor, wrong):
    client.force_login(editor)
    answer = send(client, submission, **wrong)
    assert answer.status_code == 400
    assert "Nothing was decided" in answer.text
    assert state(submission) == "submitted"


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_numbers_that_are_no_submission_are_not_found(client, site, editor, number):
    client.force_login(editor)
    assert client.get(f"/admin/wiki/submissions/{number}/").status_code == 404


def test_a_draft_is_nobody_s_business(client, page, author, editor):
    draft = write(author, page, title="Half a thought")
    client.force_login(editor)
    assert client.get(address(draft)).status_code == 404


def test_a_locked_page_is_opened_first(client, page, submission, editor):
    protect(editor, page, "locked", "a quarrel")
    client.force_login(editor)
    assert "a quarrel" in client.get(address(submission)).text
    answer = send(client, submission)
    assert answer.status_code == 409
    assert "lift its protection first" in answer.text
    assert state(submission) == "submitted"


class TestScreen:
    def test_it_shows_what_is_needed_to_decide(self, client, page, submission, editor):
        other = submit(
            make_user("Authors", display_name="Bo"), page, summary="the licence", licence="cc-by-4.0"
        )
        client.force_login(editor)
        html = client.get(address(submission)).text
        assert "</span>new<span" in html
        for words in ("a &lt;b&gt;new&lt;/b&gt; name", "Ana", "version 1", "Bo", "the licence"):
            assert words in html
        assert address(other) in html
        assert f"/admin/pages/{page.pk}/edit/" in html

    def test_the_preview_is_the_proposed_page_and_may_be_framed_by_the_site(self, client, submission, editor):
        client.force_login(editor)
        answer = client.get(address(submission) + "preview/")
        assert "<h1>The new bakery</h1>" in answer.text
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_the_preview_holds_scripts_only_in_a_window_of_its_own(self, client, submission, editor):
        client.force_login(editor)
        preview = address(submission) + "preview/"
        framed = client.get(preview, headers={"Sec-Fetch-Dest": "iframe"}).text
        assert "<h1>The new bakery</h1>" in framed
        assert "<script" not in framed
        assert "<script" in client.get(preview, headers={"Sec-Fetch-Dest": "document"}).text

    def test_the_preview_of_what_waits_is_its_own(self, client, page, submission, editor):
        second = submit(make_user("Authors"), page, title="The old bakery")
        client.force_login(editor)
        assert "<h1>The old bakery</h1>" in client.get(address(second) + "preview/").text

    def test_costs_the_same_however_many_wait(
        self, client, page, submission, editor, django_assert_max_num_queries
    ):
        for _number in range(5):
            submit(make_user("Authors"), page, licence="cc-by-4.0")
        client.force_login(editor)
        client.get(address(submission))
        with django_assert_max_num_queries(32):
            client.get(address(submission))
