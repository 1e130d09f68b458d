"""A reader suggests; editors answer, or work it into a text."""

from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cms.core.models import OutgoingMail
from cms.wiki.models import PublishedRevision, Submission, Suggestion
from cms.wiki.rules import LINKS_ALLOWED, looks_like_spam
from cms.wiki.services import approve, submit_for_review
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    return make_document(title="The bakery")


@pytest.fixture
def editor(site, client):
    return make_user("Editors", display_name="Ed")


def send(client, page, **fields):
    data = {"form_token": str(uuid4()), "passage": "", "text": "It has two ovens.", "name": "", "email": ""}
    return client.post(f"/en/wiki/{page.pk}/suggest/", data | fields)


class TestAReader:
    def test_needs_no_account_and_no_name(self, client, page):
        assert send(client, page).url == reverse("wiki:suggested", args=[page.pk])
        kept = Suggestion.objects.get()
        assert (kept.text, kept.state, kept.base.number) == ("It has two ovens.", "new", 1)

    def test_sending_twice_keeps_one(self, client, page):
        token = str(uuid4())
        for _twice in range(2):
            assert send(client, page, form_token=token).status_code == 302
        assert Suggestion.objects.count() == 1

    @pytest.mark.parametrize(
        "fields",
        [{"homepage": "http://x"}, {"text": "see http://a http://b http://c"}, {"name": "http://spam"}],
    )
    def test_what_looks_like_spam_is_held_back_not_lost(self, client, page, fields):
        assert send(client, page, **fields).status_code == 302
        assert Suggestion.objects.get().state == "held"

    @pytest.mark.parametrize(
        "fields", [{"text": ""}, {"text": "x" * 1_000_000}, {"email": "no address"}, {"name": "x" * 200}]
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, client, page, fields):
        response = send(client, page, **{"passage": "about the ovens", **fields})
        assert response.status_code == 422
        html = response.content.decode()
        assert "about the ovens" in html
        assert next(iter(fields.values())) in html
        assert not Suggestion.objects.exists()

    def test_markup_is_text(self, client, page, editor):
        send(client, page, text="<script>alert(1)</script>", name="<b>Bo</b>")
        client.force_login(editor)
        html = client.get(reverse("wiki_suggestion", args=[Suggestion.objects.get().pk])).content.decode()
        assert "<script>alert(1)" not in html
        assert "<b>Bo</b>" not in html

    def test_a_damaged_form_asks_to_send_again(self, client, page):
        response = send(client, page, form_token="no token")
        assert response.status_code == 422
        assert "It has two ovens." in response.content.decode()

    def test_too_many_from_one_connection_wait(self, client, page):
        codes = [send(client, page).status_code for _number in range(6)]
        assert codes == [302] * 5 + [429]

    @pytest.mark.parametrize("state", ["draft", "missing"])
    def test_only_about_pages_they_can_read(self, client, site, state):
        number = make_document(publish=False).pk if state == "draft" else 999_999
        assert client.get(f"/en/wiki/{number}/suggest/").status_code == 404

    def test_the_form_is_never_kept_and_the_page_sets_no_cookie(self, client, page):
        assert client.get(f"/en/wiki/{page.pk}/suggest/").headers["Cache-Control"] == "private, no-store"


class TestAnEditor:
    @pytest.fixture
    def suggestion(self, client, page, editor):
        send(client, page, name="Bo", email="bo@example.org")
        client.force_login(editor)
        return Suggestion.objects.get()

    def test_answers_by_mail_in_the_readers_language(self, client, suggestion):
        address = reverse("wiki_suggestion", args=[suggestion.pk])
        assert (
            client.post(address, {"answer": "Thank you, we look into it.", "reply": "1"}).status_code == 302
        )
        suggestion.refresh_from_db()
        assert (suggestion.state, suggestion.handled_by.display_name) == ("answered", "Ed")
        assert OutgoingMail.objects.get(composer="wiki.suggestion_answered").data == {
            "suggestion": suggestion.pk
        }

    def test_works_it_into_a_text_credited_to_the_sender(self, client, suggestion, page, editor):
        response = client.post(reverse("wiki_suggestion", args=[suggestion.pk]), {"draft": "1"})
        assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        mine = write(editor, page, title="The bakery with two ovens")
        assert Submission.objects.get().suggestion == suggestion
        submit_for_review(editor, mine.pk, mine.version, "two ovens", "typo")
        approve(make_user("Editors"), mine.pk)
        copy = PublishedRevision.objects.get(page=page, number=2)
        assert (copy.author, copy.author_name, copy.co_authors) == (None, "Bo", ["Ed"])

    def test_handles_it_once(self, client, suggestion):
        address = reverse("wiki_suggestion", args=[suggestion.pk])
        client.post(address, {"answer": "yes", "reply": "1"})
        assert client.post(address, {"answer": "no", "refuse": "1"}).status_code == 409
        suggestion.refresh_from_db()
        assert suggestion.answer == "yes"

    @pytest.mark.parametrize("role", ["Authors", "Translators (en)", "Facilitators"])
    def test_nobody_else_reads_it(self, client, suggestion, role):
        client.force_login(make_user(role))
        response = client.get(reverse("wiki_suggestion", args=[suggestion.pk]))
        assert response.status_code in (302, 403)
        assert b"bo@example.org" not in response.content


@given(st.text(), st.integers(0, 6))
def test_links_are_counted_wherever_they_stand(text, number):
    clean = "".join(letter for letter in text if letter.isalpha())
    assert looks_like_spam("", clean + " http://x.org" * number, "") == (number > LINKS_ALLOWED)
