"""A passage of a post as a quotation that leads to it."""

import re

import pytest
from django.test import Client

from forum.queries.quotes import quote_of
from forum.quoting import quotation, without_quotations
from forum.rendering import render
from forum.rules import Access, Trust
from forum.services import delete_post
from forum.services.drafts import save_draft
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_member(display_name="Ana Torres")


def test_a_quotation_begins_with_a_link_to_its_post(author):
    post = make_topic(author, source="First line.\n\n> quoted before\n\nLast *line*.").posts.get()
    text = quote_of(post.pk, author)
    assert text.startswith(
        f"> [#1](/forum/p/{post.pk}/) [@Ana Torres](/forum/m/{author.pk}/)\n>\n> First line."
    )
    assert "quoted before" not in text
    assert render(text + "And I say").quoted == (post.pk,)
    assert "> only this" in quote_of(post.pk, author, "only this")


def test_who_only_quotes_is_quoted_whole():
    assert without_quotations("> a\n> b") == "> a\n> b"
    assert without_quotations("```\n> code\n```\n> q\nend") == "```\n> code\n```\nend"
    assert (
        quotation(1, None, "x\n\ny", 2, "A [b]").splitlines()[0]
        == r"> [#…](/forum/p/1/) [@A \[b\]](/forum/m/2/)"
    )


def test_quoting_works_with_a_script_and_without(author):
    topic = make_topic(author, source="Words to quote.")
    post = topic.posts.get()
    path = f"/en/forum/p/{post.pk}/quote/"
    led = of(author).get(path)
    assert "> Words to quote." in of(author).get(led.url).text.replace("&gt;", ">")
    asked = of(author).get(f"{path}?passage=to+quote", headers={"X-Requested-With": "fetch"}).json()
    assert asked["reply_to"] == post.pk
    assert asked["text"].endswith("> to quote\n\n")
    assert "/accounts/login/" in Client().get(path).url


def test_what_one_does_not_see_cannot_be_quoted(author):
    facilitator = make_member(role="Facilitators")
    secret = make_topic(
        facilitator, make_category(Access.GROUP, group=facilitator.groups.get()), source="Secret"
    ).posts.get()
    topic = make_topic(author)
    held = said(make_member(Trust.NEW), topic, "Held words").post
    gone = make_reply(author, topic, "Gone words")
    delete_post(author, gone.pk)
    for post in (secret, held, gone):
        assert quote_of(post.pk, author) == ""
        assert post.source not in of(author).get(f"/en/forum/t/{topic.pk}/reply/?quote={post.pk}").text
    assert of(author).get(f"/en/forum/p/{secret.pk}/quote/").status_code == 404


def test_a_quotation_comes_after_what_a_draft_holds(author):
    topic = make_topic(author, source="Quoted.")
    post = topic.posts.get()
    save_draft(author, f"topic:{topic.pk}", {"text": "Begun"}, sequence=0, window="a")
    text = (
        of(author)
        .get(f"/en/forum/t/{topic.pk}/reply/?quote={post.pk}")
        .context["composer"]
        .form["text"]
        .value()
    )
    assert re.match(r"Begun\n\n> \[#1\]", text)
