"""Members are named by the name they show; a name written as it is spoken becomes a link."""

import pytest
from django.test import Client

from forum.mentioning import linked, names_in
from forum.queries.mentions import member_names
from forum.rules import Access
from forum.services import edit_post
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_member(display_name="Ana Torres")


def test_names_are_offered_of_who_wrote_what_one_may_read(author):
    topic = make_topic(author)
    for name in ("Anabel Cruz", "Rosa Anaya", "Bernat Pla"):
        make_reply(make_member(display_name=name), topic)
    make_member(display_name="Ana Silent")
    hidden = make_member(display_name="Ana Hidden", role="Facilitators")
    make_topic(hidden, make_category(Access.GROUP, group=hidden.groups.get()))
    nameless = make_member()
    make_reply(nameless, topic)
    assert [each.name for each in member_names("an", author)] == ["Ana Torres", "Rosa Anaya", "Anabel Cruz"]
    assert [each.name for each in member_names("Ana H", hidden)] == ["Ana Hidden"]
    assert member_names(nameless.username, author) == []
    assert member_names(author.email, author) == []
    assert member_names("  ", author) == []
    found = of(author).get("/en/forum/members/?q=anab").json()["members"]
    assert [each["name"] for each in found] == ["Anabel Cruz"]
    assert Client().get("/en/forum/members/?q=ana").status_code == 401


def test_those_of_the_topic_come_first(author):
    topic = make_topic(author)
    make_reply(make_member(display_name="Anastasia the longer"), topic)
    make_topic(make_member(display_name="Anas"))
    assert member_names("anas", author, topic.pk)[0].name == "Anastasia the longer"


def test_a_name_written_as_it_is_spoken_becomes_a_mention(author):
    topic = make_topic(author)
    other = make_member(display_name="Zoé")
    post = make_reply(other, topic, "What does @Ana Torres think? And @Nobody, and me@example.org?")
    assert f"[@Ana Torres](/forum/m/{author.pk}/) think" in post.source
    assert "@Nobody" in post.source
    assert "me@example.org" in post.source
    edited = edit_post(other, post.pk, "Only @Zoé.", "en", seen=1)
    assert edited.source == f"Only [@Zoé](/forum/m/{other.pk}/)."


def test_a_name_that_two_bear_is_nobodys(author):
    topic = make_topic(author)
    make_reply(make_member(display_name="Ana Torres"), topic)
    assert make_reply(author, topic, "Hello @Ana Torres!").source == "Hello @Ana Torres!"


def test_where_no_name_is_looked_for():
    people = {"Ana": 1, "Ana Torres": 2}
    assert linked("@Ana Torres and @Ana.", people) == "[@Ana Torres](/forum/m/2/) and [@Ana](/forum/m/1/)."
    for left in (
        "`@Ana`",
        "[@Ana](/forum/m/1/)",
        "> @Ana said so",
        "    @Ana in code",
        "```\n@Ana\n```",
        "x@Ana",
        "https://example.org/@Ana",
        r"\@Ana",
        "@Anabel",
    ):
        assert linked(left, people) == left, left
    assert linked("```\n@Ana\n```\n@Ana", people).endswith("[@Ana](/forum/m/1/)")
    assert linked("@A_b [c]", {"A_b": 3}) == r"[@A\_b](/forum/m/3/) [c]"


def test_a_text_made_to_cost_time_costs_none():
    for evil in (
        "@" * 40_000,
        "@a " * 13_000,
        "`" * 40_000 + "@a",
        "[" * 20_000 + "@a" + "](" * 10_000,
        "@a" * 20_000,
    ):
        assert len(names_in(evil)) <= 200
        linked(evil, {"a": 1})
