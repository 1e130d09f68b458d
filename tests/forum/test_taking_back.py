"""Words that somebody takes back, or that are taken from them: what is said before, what happens, who brings them back."""

import pytest
from django.test import Client
from django.utils import timezone

from forum.deciding import Decision, decisions_for
from forum.errors import Refused
from forum.models import LogEntry, Post, Topic
from forum.rules import Place, PostState, ReviewKind, Standing, may_restore
from forum.services import delete_post, restore_post
from tests.forum.following import told
from tests.forum.moderating import counters, held_post, make_co_facilitator, make_facilitator
from tests.forum.talking import make_member, make_reply, make_topic, of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_member()


@pytest.fixture
def topic(author, category) -> Topic:
    return make_topic(author, category, "Bread")


def do(post: Post, what: str) -> str:
    return f"/en/forum/p/{post.pk}/{what}/"


# --- Who brings back


ANA, FLORA, OTHER = 1, 2, 3
WHO = {
    "author": Standing(ANA, facilitator=False),
    "author with an office": Standing(ANA, facilitator=True),
    "facilitator": Standing(FLORA, facilitator=True),
    "co-facilitator": Standing(FLORA, looks_after=frozenset({(7, "en")})),
    "member": Standing(OTHER),
}


@pytest.mark.parametrize(
    ("who", "taken_back", "taken_away"),
    [
        ("author", True, False),
        ("author with an office", True, False),
        ("facilitator", False, True),
        ("co-facilitator", False, True),
        ("member", False, False),
    ],
)
def test_what_was_taken_back_is_its_authors_and_what_was_taken_away_is_for_others(
    who, taken_back, taken_away
):
    now = timezone.now()

    def may(by_author: bool) -> bool:
        return not may_restore(WHO[who], Place(7, "en"), ANA, PostState.DELETED, by_author, now)

    assert (may(True), may(False)) == (taken_back, taken_away)


@pytest.mark.parametrize("kind", [ReviewKind.REPORTED_POST, ReviewKind.HELD, ReviewKind.NOTICED])
def test_deciding_offers_what_the_rule_allows(kind):
    assert Decision.APPROVE not in decisions_for(kind, PostState.DELETED, taken_back=True)
    assert Decision.APPROVE in decisions_for(kind, PostState.DELETED)


def test_no_office_brings_back_what_its_author_took_back(category, topic, author):
    post = make_reply(author, topic)
    delete_post(author, post.pk)
    for who in (make_facilitator(), make_co_facilitator(category)):
        with pytest.raises(Refused):
            restore_post(who, post.pk, "It was good.")
        assert do(post, "restore") not in of(who).get(f"/en/forum/t/{topic.pk}-bread/").text
    assert restore_post(author, post.pk).state == PostState.PUBLISHED


def test_who_brings_anothers_post_back_says_why_and_its_author_is_told(topic, author):
    post, facilitator = make_reply(author, topic), make_facilitator()
    delete_post(facilitator, post.pk, "Off topic.")
    browser = of(facilitator)
    asked = browser.post(do(post, "restore"))
    assert (asked.status_code, 'name="reason"' in asked.text) == (200, True)
    assert browser.post(do(post, "restore"), {"reason": " "}).status_code == 422
    post.refresh_from_db()
    assert post.state == PostState.DELETED
    browser.post(do(post, "restore"), {"reason": "It belongs here after all."})
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED
    assert LogEntry.objects.get(action="restore-post").reason == "It belongs here after all."
    assert told(author) == [("decisions", "removed"), ("decisions", "restored")]


# --- What is said before


def said(post: Post, reader) -> str:
    return of(reader).get(do(post, "delete")).text


def test_a_post_among_others_leaves_a_tombstone_and_comes_back(topic, author):
    post = make_reply(author, topic)
    assert "Readers then see that a post was here" in said(post, author)
    assert "disappears" not in said(post, author)
    assert "Facilitators can bring it back" in said(post, make_facilitator())


def test_with_the_only_post_of_a_topic_the_topic_goes_and_both_come_back(topic, author):
    post = topic.posts.get()
    for who in (author, make_facilitator()):
        assert "its topic, which disappears with it" in said(post, who)
        assert "a post was here" not in said(post, who)
    browser = of(author)
    after = browser.post(do(post, "delete"), follow=True)
    assert "Its topic disappeared with it" in after.text
    assert Client().get(f"/en/forum/t/{topic.pk}-bread/").status_code == 404
    assert Client().get(f"/forum/p/{post.pk}/").status_code == 404
    assert of(make_member()).get(do(post, "delete")).status_code == 404
    # The address of the post leads its author to where it is brought back.
    assert "Its topic disappeared with it" in browser.get(f"/forum/p/{post.pk}/", follow=True).text
    browser.post(do(post, "restore"))
    assert counters(topic) == (1, 1, 1, 1, 1)
    assert Client().get(f"/en/forum/t/{topic.pk}-bread/").status_code == 200


def test_the_last_of_several_posts_takes_the_topic_along_too(topic, author):
    delete_post(make_facilitator(), topic.posts.get().pk, "Off topic.")
    last = make_facilitator()
    topic.refresh_from_db()
    assert topic.posts_count == 0
    restore_post(last, topic.posts.get().pk, "Back.")
    post = make_reply(author, topic)
    assert "disappears" not in said(post, author)
    delete_post(author, topic.posts.get(number=1).pk)
    assert "its topic, which disappears with it" in said(post, author)


def test_what_waits_and_is_deleted_does_not_come_back_and_this_is_said(category):
    post = held_post(category)
    assert "It does not come back." in said(post, post.author)
    delete_post(post.author, post.pk)
    with pytest.raises(Post.DoesNotExist):
        restore_post(post.author, post.pk)


def test_taken_away_by_a_facilitator_with_its_topic_it_is_not_the_authors_to_bring_back(topic, author):
    post = topic.posts.get()
    delete_post(make_facilitator(), post.pk, "Off topic.")
    browser = of(author)
    assert browser.get(do(post, "delete")).status_code == 404
    assert browser.post(do(post, "restore")).status_code == 404
