"""The forum's pages, without JavaScript: who sees what, and that addresses lead where they say."""

import re

import pytest
from django.test import Client

from forum.models import Post, Topic
from forum.rules import Access, TopicState, Trust
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(site):
    return make_category(name="Local finance")


@pytest.fixture
def author(site):
    return make_member(Trust.MEMBER)


def test_a_reader_goes_from_the_index_to_a_post(category, author, client):
    topic = make_topic(author, category, "Savings groups", "How did *you* begin?")
    reply = make_reply(author, topic, "With five neighbours.")
    front = client.get("/en/forum/")
    assert front.status_code == 200
    assert "Local finance" in front.text
    assert f"/en/forum/t/{topic.pk}-savings-groups/" in front.text
    page = client.get(f"/en/forum/t/{topic.pk}-savings-groups/")
    assert "How did <em>you</em> begin?" in page.text
    assert page.headers["Cache-Control"].startswith("public")
    assert client.get(f"/forum/p/{reply.pk}/").url == f"/en/forum/t/{topic.pk}-savings-groups/#post-2"


def test_a_member_opens_a_topic_and_replies(category, author):
    client = of(author)
    form = client.get(f"/en/forum/{category.slug}/new/").context["form"]
    sent = {"title": "A question", "text": "Who knows?", "language": "en", "nonce": form["nonce"].value()}
    answer = client.post(f"/en/forum/{category.slug}/new/", sent)
    post = Post.objects.get()
    topic = post.topic
    assert answer.url == f"/en/forum/t/{topic.pk}-a-question/#post-1"
    page = client.get(f"/en/forum/t/{topic.pk}-a-question/").text
    form = page[page.index('class="composer"') :]
    nonce = re.search(r'name="nonce" value="([0-9a-f-]{36})"', form)[1]
    assert f'action="/en/forum/t/{topic.pk}/reply/"' in page
    client.post(f"/en/forum/t/{topic.pk}/reply/", {"text": "I do.", "language": "en", "nonce": nonce})
    assert [each.source for each in topic.posts.order_by("number")] == ["Who knows?", "I do."]


def test_what_is_not_theirs_is_not_found(site, author):
    facilitator = make_member(role="Facilitators")
    closed = make_category(Access.GROUP, group=facilitator.groups.get(), slug="inner")
    topic = make_topic(facilitator, closed, "Secret")
    post = topic.posts.get()
    for path in ("/en/forum/inner/", f"/en/forum/t/{topic.pk}-secret/", f"/forum/p/{post.pk}/"):
        assert Client().get(path).status_code == 404
        assert of(author).get(path).status_code == 404
        assert of(facilitator).get(path).status_code in (200, 302)
    assert "inner" not in of(author).get("/en/forum/").text


def test_another_slug_and_a_merged_topic_lead_on(category, author, client):
    topic, other = make_topic(author, category, "Old title"), make_topic(author, category, "The other")
    right = f"/en/forum/t/{topic.pk}-old-title/"
    assert client.get(f"/en/forum/t/{topic.pk}-whatever/").url == right
    assert client.get(f"/en/forum/t/{topic.pk}/").url == right
    Topic.objects.filter(pk=topic.pk).update(state=TopicState.MERGED, merged_into=other)
    assert client.get(right).url == f"/en/forum/t/{other.pk}-the-other/"
