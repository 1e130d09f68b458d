"""The screens of facilitators without JavaScript: what waits, deciding, the member, the topic, the log."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.deciding import Decision
from forum.models import Post, Report, ReviewItem, Sanction, StaffNote
from forum.queries.categories import all_categories
from forum.rules import PostState, ReviewState, Trust
from forum.services import delete_post
from forum.services.reporting import report_member
from forum.services.sanctioning import note_about, sanction
from tests.forum.moderating import (
    decided,
    held_post,
    item_of,
    make_co_facilitator,
    make_facilitator,
    reported,
)
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of, said

pytestmark = pytest.mark.django_db


# --- What waits


def test_the_queue_shows_what_is_needed_to_decide(category, facilitator):
    author = make_member(Trust.NEW, display_name="Nadia")
    post = held_post(category, "My *first* words.", author)
    note_about(facilitator, author.pk, "Met her in Lyon.")
    sanction(facilitator, author.pk, Sanction.SILENCE, 1, "A test.")
    other = make_reply(make_member(), post.topic, "Rubbish!")
    reported(other, make_member(display_name="Rita"), "insult", "This is rude.")
    page = of(facilitator).get("/en/forum/review/").text
    for words in (
        "<em>first</em> words", "Nadia", "one note", "silenced or suspended once", "a new member",
        "Rubbish!", "This is rude.", "Rita", "insult or threat", "Local finance", "2 things wait",
    ):  # fmt: skip
        assert words in page, words
    assert page.index("first</em>") < page.index("Rubbish!"), "the longest waiting first"


def test_filters(category, facilitator):
    held = held_post(category, "Hola a todas las personas.", language="es")
    report = reported(make_reply(make_member(), held.topic))
    member = report_member(make_member(), held.topic.author_id, "spam", "").item
    client = of(facilitator)

    def shown(query: str) -> list[int]:
        return [row.item.pk for row in client.get(f"/en/forum/review/{query}").context["rows"]]

    everything = [item_of(held).pk, report.pk, member.pk]
    assert shown("") == everything
    assert shown("?kind=held") == shown("?language=es") == everything[:1]
    assert shown("?kind=post") == [report.pk]
    assert shown(f"?category={category.pk}") == everything[:2]
    assert shown(f"?kind=member&category={category.pk}") == []
    for nothing in (
        "?kind=x",
        "?language=tlh",
        "?category=-1",
        "?category=99999999999999999999",
        "?after=x-y-z",
    ):
        assert shown(nothing) == everything


def test_pages_go_on_where_the_last_one_ended(category, facilitator):
    topic = make_topic(make_member(), category)
    items = [reported(make_reply(make_member(), topic)).pk for _each in range(45)]
    client, seen, address = of(facilitator), [], "/en/forum/review/"
    for _page in range(3):
        context = client.get(address).context
        seen += [row.item.pk for row in context["rows"]]
        address = f"/en/forum/review/{context['following']}"
    assert seen == items
    assert context["following"] == ""


def test_the_queue_costs_the_same_for_one_and_for_twenty(category, facilitator):
    client = of(facilitator)

    def asked() -> int:
        client.get("/en/forum/review/")
        all_categories()
        with CaptureQueriesContext(connection) as found:
            assert client.get("/en/forum/review/").status_code == 200
        return len(found)

    reported(held_post(category).topic.posts.get(number=1))
    few = asked()
    topic = make_topic(make_member(), category)
    for _each in range(20):
        reported(make_reply(make_member(), topic))
    assert asked() == few <= 10


def test_whoever_has_no_office_is_told_so(category):
    item = item_of(held_post(category))
    assert of(make_member()).get("/en/forum/review/").status_code == 403
    assert Client().get("/en/forum/review/").url.startswith("/accounts/login/?next=")
    for nobody in (make_member(), make_co_facilitator(make_category()), make_co_facilitator(category, "fr")):
        for ask in (of(nobody).get, of(nobody).post):
            assert ask(f"/en/forum/review/{item.pk}/").status_code == 404
    assert of(make_co_facilitator(category, "fr")).get("/en/forum/review/").context["rows"] == []


# --- Deciding


def test_published_with_one_button_of_the_queue(category, facilitator):
    item = item_of(held_post(category))
    data = {"decision": "approve", "seen": item.version}
    answer = of(facilitator).post(f"/en/forum/review/{item.pk}/", data)
    assert answer.url == "/en/forum/review/"
    assert Post.objects.get(pk=item.post_id).state == PostState.PUBLISHED


def test_refused_with_a_reason_which_the_author_reads_and_answers(category, facilitator):
    author = make_member(Trust.NEW, interface_language="fr")
    item = item_of(held_post(category, "Buy my *book*.", author))
    client, address = of(facilitator), f"/en/forum/review/{item.pk}/"
    again = client.post(address, {"decision": "refuse", "seen": item.version, "reason": " "})
    assert again.status_code == 422
    assert "Give the reason" in again.text
    client.post(address, {"decision": "refuse", "seen": item.version, "reason": "It is advertising."})
    own = of(author).get(address)
    assert own.url == f"/en/forum/me/decision/{item.pk}/"
    page = of(author).get(own.url)
    for words in ("It is advertising.", "<em>book</em>", "did not publish"):
        assert words in page.text
    assert "Flora" not in page.text
    assert of(author).post(own.url, {"text": "It is about savings."}).url == own.url
    assert "It is about savings." in of(make_facilitator()).get(address).text
    assert of(author).post(own.url, {"text": "Again."}).status_code == 422
    assert of(make_member()).get(own.url).status_code == 404


def test_what_waits_is_not_a_decision_yet(category):
    post = make_reply(make_member(), make_topic(make_member(), category))
    item = reported(post)
    assert of(post.author).get(f"/en/forum/me/decision/{item.pk}/").status_code == 404
    decided(make_facilitator(), item, Decision.SET_ASIDE)
    assert of(post.author).get(f"/en/forum/me/decision/{item.pk}/").status_code == 404


def test_changed_and_then_published(category, facilitator):
    item = item_of(held_post(category, "With a rude word."))
    page = of(facilitator).get(f"/en/forum/review/{item.pk}/")
    assert page.context["form"]["text"].value() == "With a rude word."
    data = {"decision": "edit", "seen": item.version, "text": "Without.", "language": "en"}
    of(facilitator).post(f"/en/forum/review/{item.pk}/", data)
    assert Post.objects.get(pk=item.post_id).html == "<p>Without.</p>"


def test_silenced_from_there(category, facilitator):
    item = item_of(held_post(category))
    data = {"decision": "remove", "seen": item.version, "reason": "Insults.", "sanction": "silence:7"}
    of(facilitator).post(f"/en/forum/review/{item.pk}/", data)
    made = Sanction.objects.get()
    assert (made.kind, made.reason, made.user_id) == ("silence", "Insults.", item.member_id)
    other = item_of(held_post(category))
    theirs = of(make_co_facilitator(category))
    assert "sanction" not in theirs.get(f"/en/forum/review/{other.pk}/").context["form"].fields
    theirs.post(f"/en/forum/review/{other.pk}/", data | {"seen": other.version})
    assert Sanction.objects.count() == 1


def test_the_second_is_told_what_the_first_did_and_keeps_what_they_wrote(category, facilitator):
    item = item_of(held_post(category))
    address, seen = f"/en/forum/review/{item.pk}/", item.version
    decided(facilitator, item)
    late = of(make_facilitator()).post(address, {"decision": "refuse", "seen": seen, "reason": "Dull."})
    assert late.status_code == 409
    for words in ("Flora published it", "nothing more was done", "Dull."):
        assert words in late.text
    twice = of(facilitator).post(address, {"decision": "approve", "seen": seen})
    assert twice.url == "/en/forum/review/"


def test_what_changed_meanwhile_is_shown_before_anything_is_decided(category, facilitator):
    post = make_reply(make_member(), make_topic(make_member(), category))
    item = reported(post)
    reported(post, text="Look closely at the second line.")
    answer = of(facilitator).post(
        f"/en/forum/review/{item.pk}/", {"decision": "set-aside", "seen": item.version}
    )
    assert answer.status_code == 409
    assert "Look closely at the second line." in answer.text
    item.refresh_from_db()
    assert item.state == ReviewState.WAITING


@pytest.mark.parametrize(
    "data",
    [{}, {"decision": "publish", "seen": 1}, {"decision": "approve"}, {"decision": "approve", "seen": "x"}],
)
def test_forged_forms_decide_nothing(category, facilitator, data):
    item = item_of(held_post(category))
    assert of(facilitator).post(f"/en/forum/review/{item.pk}/", data).status_code == 422
    item.refresh_from_db()
    assert item.state == ReviewState.WAITING
    assert of(facilitator).get(f"/en/forum/review/{10**30}/").status_code == 404


# --- Reporting


def test_a_member_reports_a_post(category):
    post = make_reply(make_member(), make_topic(make_member(), category), "Rubbish!")
    reporter = of(make_member())
    assert "Rubbish!" in reporter.get(f"/en/forum/p/{post.pk}/report/").text
    assert reporter.post(f"/en/forum/p/{post.pk}/report/", {"text": "Rude"}).status_code == 422
    assert reporter.post(f"/en/forum/p/{post.pk}/report/", {"reason": "other"}).status_code == 422
    answer = reporter.post(f"/en/forum/p/{post.pk}/report/", {"reason": "insult", "text": "Rude"})
    assert "with the facilitators" in answer.text
    assert Report.objects.get().text == "Rude"
    own = of(post.author).post(f"/en/forum/p/{post.pk}/report/", {"reason": "insult"})
    assert own.status_code == 422
    assert Client().get(f"/en/forum/p/{post.pk}/report/").url.startswith("/accounts/login/")


def test_a_member_reports_a_member(category):
    post = make_reply(make_member(), make_topic(make_member(), category))
    reporter = of(make_member())
    reporter.post(f"/en/forum/member/{post.author_id}/report/", {"reason": "spam"})
    assert ReviewItem.objects.get().kind == "member"
    nobody = make_member()
    assert reporter.get(f"/en/forum/member/{nobody.pk}/report/").status_code == 404


# --- The member


def test_a_member_is_silenced_noted_and_freed(category, facilitator):
    member = make_reply(make_member(display_name="Nadia"), make_topic(make_member(), category)).author
    client, address = of(facilitator), f"/en/forum/member/{member.pk}/moderate/"
    assert "Nadia" in client.get(address).text
    assert client.post(address, {"action": "sanction", "sanction": "", "reason": "x"}).status_code == 422
    assert (
        client.post(address, {"action": "sanction", "sanction": "silence:2", "reason": "x"}).status_code
        == 422
    )
    client.post(address, {"action": "sanction", "sanction": "suspend:30", "reason": "Threats."})
    assert "Threats." in client.get(address).text
    client.post(address, {"action": "note", "text": "Wrote to her."})
    assert StaffNote.objects.get().by == facilitator
    client.post(address, {"action": "lift", "sanction": Sanction.objects.get().pk, "reason": "Sorry said."})
    assert Sanction.objects.get().lifted_by == facilitator
    assert client.post(address, {"action": "explode"}).status_code == 400


def test_co_facilitators_note_and_do_not_silence(category):
    member = make_reply(make_member(), make_topic(make_member(), category)).author
    client, address = of(make_co_facilitator(category)), f"/en/forum/member/{member.pk}/moderate/"
    client.post(address, {"action": "note", "text": "Kind."})
    assert StaffNote.objects.get().text == "Kind."
    answer = client.post(address, {"action": "sanction", "sanction": "silence:1", "reason": "x"})
    assert answer.status_code == 403
    assert not Sanction.objects.exists()
    assert of(make_member()).get(address).status_code == 403


def test_that_something_waits_is_mailed_without_its_text(category, facilitator):
    said(make_member(Trust.NEW), make_topic(make_member(), category), "A secret first post.")
    delete_post(facilitator, make_reply(make_member(), make_topic(make_member(), category)).pk, "Off topic")
    assert all("A secret first post" not in message.body for message in mail.outbox)
