"""What is done to a post from its page: edited, deleted, brought back, marked. Without JavaScript, and with it."""

import pytest
from django.test import Client

from forum.models import LogEntry, Mark, Post
from forum.rules import Access, PostState, Trust
from forum.services import edit_post
from forum.text_changes import Part, changes
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of, said

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def author(site):
    return make_member(display_name="Ana Torres")


@pytest.fixture
def post(author) -> Post:
    return make_reply(author, make_topic(author), "As it was.")


def do(post: Post, what: str) -> str:
    return f"/en/forum/p/{post.pk}/{what}/"


def fields(text="As it is.", seen=1, language="en") -> dict:
    return {"text": text, "language": language, "seen": seen}


def test_an_author_edits_their_post(author, post):
    client = of(author)
    assert "As it was." in client.get(do(post, "edit")).text
    assert client.post(do(post, "edit"), fields()).url == f"/forum/p/{post.pk}/"
    post.refresh_from_db()
    assert (post.source, post.version) == ("As it is.", 2)


def test_what_was_changed_meanwhile_is_shown_beside_what_was_typed(author, post):
    edit_post(make_member(role="Facilitators"), post.pk, "As they say.", "en", seen=1)
    answer = of(author).post(do(post, "edit"), fields("As I say."))
    assert answer.status_code == 409
    assert "As they say." in answer.text
    assert "As I say." in answer.text
    seen = answer.context["composer"].form["seen"].value()
    of(author).post(do(post, "edit"), fields("As both say.", seen))
    post.refresh_from_db()
    assert post.source == "As both say."


def test_a_draft_of_an_edit_knows_what_it_was_made_of(author, post):
    client = of(author)
    client.post(do(post, "edit"), {**fields("Half"), "do": "keep"})
    edit_post(make_member(role="Facilitators"), post.pk, "As they say.", "en", seen=1)
    form = client.get(do(post, "edit")).context["composer"].form
    assert (form["text"].value(), form["seen"].value()) == ("Half", "1")
    assert client.post(do(post, "edit"), fields("Whole", seen=form["seen"].value())).status_code == 409


def test_others_do_not_edit_and_are_told_why(author, post):
    other = of(make_member())
    assert other.get(do(post, "edit")).status_code == 403
    answer = other.post(do(post, "edit"), fields("Theirs"))
    assert answer.status_code == 422
    assert "somebody else&#x27;s post" in answer.text
    assert "/accounts/login/" in Client().get(do(post, "edit")).url
    post.refresh_from_db()
    assert post.source == "As it was."


def test_after_its_time_a_post_stays_as_it_is(author, post):
    post.topic.category.edit_minutes = 0
    post.topic.category.save()
    assert "The time for editing this post is over" in of(author).get(do(post, "edit")).text


def test_a_post_is_deleted_after_a_question_and_brought_back(author, post):
    client = of(author)
    assert "Delete the post?" in client.get(do(post, "delete")).text
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED
    client.post(do(post, "delete"))
    post.refresh_from_db()
    assert (post.state, post.deleted_by_author) == (PostState.DELETED, True)
    client.post(do(post, "restore"))
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED


def test_who_deletes_anothers_post_says_why(post):
    facilitator = of(make_member(role="Facilitators"))
    answer = facilitator.post(do(post, "delete"), {"reason": "  "})
    assert answer.status_code == 422
    assert "Say why" in answer.text
    facilitator.post(do(post, "delete"), {"reason": "Off topic."})
    assert LogEntry.objects.get(action="delete-post").reason == "Off topic."


def test_others_neither_delete_nor_bring_back(author, post):
    other = of(make_member())
    assert other.post(do(post, "delete")).status_code == 403
    of(author).post(do(post, "delete"))
    assert other.post(do(post, "restore")).status_code == 403
    post.refresh_from_db()
    assert post.state == PostState.DELETED
    assert Client().post(do(post, "restore")).status_code == 302


def test_marks_are_given_and_taken(author, post):
    client = of(make_member())
    assert client.post(do(post, "mark"), {"give": "agree"}).url == f"/forum/p/{post.pk}/"
    assert client.post(do(post, "mark"), {"give": "agree"}, headers=SCRIPT).json() == {"agree": 1}
    page = client.get(f"/en/forum/t/{post.topic_id}-{post.topic.slug}/").text
    assert 'name="take" value="agree" aria-pressed="true"' in page
    assert client.post(do(post, "mark"), {"take": "agree"}, headers=SCRIPT).json() == {}
    client.post(do(post, "mark"), {"give": "bookmark"})
    assert Mark.objects.get().kind == "bookmark"


@pytest.mark.parametrize("sent", [{"give": "love"}, {}, {"take": "x" * 300}])
def test_other_marks_there_are_none(author, post, sent):
    assert of(author).post(do(post, "mark"), sent).status_code == 404


def test_who_is_logged_out_marks_nothing(post):
    assert Client().post(do(post, "mark"), {"give": "agree"}, headers=SCRIPT).status_code == 401
    assert "/accounts/login/" in Client().post(do(post, "mark"), {"give": "agree"}).url
    assert Client(enforce_csrf_checks=True).post(do(post, "mark"), {"give": "agree"}).status_code == 403


def test_what_one_does_not_see_is_not_found_whatever_one_wants_of_it(author):
    facilitator = make_member(role="Facilitators")
    closed = make_category(Access.GROUP, group=facilitator.groups.get())
    secret = make_topic(facilitator, closed).posts.get()
    held = said(make_member(Trust.NEW), make_topic(author)).post
    client = of(author)
    for post in (secret, held):
        for what in ("edit", "delete", "history", "quote", "translate"):
            assert client.get(do(post, what)).status_code == 404, what
        for what in ("delete", "restore"):
            assert client.post(do(post, what)).status_code == 404, what
        assert client.post(do(post, "mark"), {"give": "agree"}).status_code == 404
        assert client.get(do(post, "translate") + "fr/").status_code == 404


def test_get_changes_nothing(author, post):
    client = of(author)
    for what in ("restore", "mark"):
        assert client.get(do(post, what)).status_code == 405


def test_changes_are_told_in_words():
    assert changes("The old house stands.", "The new house stands.") == [
        Part("equal", "The "),
        Part("removed", "old"),
        Part("added", "new"),
        Part("equal", " house stands."),
    ]
    assert changes("same", "same") == []
    long = "word " * 300
    parts = changes(f"{long}end", f"{long}ends")
    assert parts[0] == Part("gap", "")
    assert sum(len(part.text) for part in parts) < 400
