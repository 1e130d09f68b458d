"""Opening a topic: where, about what, and that nothing typed into it is more than text."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from forum.models import Topic
from forum.rendering import render
from forum.rules import Access
from forum.services import open_topic
from tests.factories.documents import make_document
from tests.forum.talking import make_category, make_member, make_topic, message

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_member(display_name="Ana Torres")


@pytest.fixture
def topic(author):
    return make_topic(author, title="A question")


def of(user, **options) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def address(topic: Topic) -> str:
    return f"/en/forum/t/{topic.pk}/reply/"


def fields(text="What I have to say.", **more) -> dict:
    return {"text": text, "language": "en", "nonce": str(uuid4()), **more}


def test_a_topic_about_a_page(author):
    category, document = make_category(), make_document(title="A document")
    client = of(author)
    asked = client.get(f"/en/forum/new/?about={document.pk}")
    assert asked.url == f"/en/forum/{category.slug}/new/?about={document.pk}"
    form = client.get(asked.url)
    assert "A document" in form.text
    client.post(form.context["composer"].action, fields(title="About it", about=document.pk))
    topic = Topic.objects.get()
    assert (topic.page_id, topic.work) == (document.pk, document.translation_key)
    assert "A document" in Client().get(f"/en/forum/t/{topic.pk}-about-it/").text


def test_a_page_that_is_not_public_is_nothing_to_talk_about(author):
    category, draft = make_category(), make_document(title="Secret draft", publish=False)
    client = of(author)
    for number in (draft.pk, 10**12, "x"):
        assert "Secret" not in client.get(f"/en/forum/{category.slug}/new/?about={number}").text
    client.post(f"/en/forum/{category.slug}/new/", fields(title="About it", about=draft.pk))
    assert Topic.objects.get().page is None


def test_where_only_facilitators_open_topics(author):
    category = make_category(opening="facilitators")
    path = f"/en/forum/{category.slug}/"
    assert "New topic" not in of(author).get(path).text
    refused = of(author).get(f"{path}new/")
    assert refused.status_code == 403
    assert "Only facilitators open topics here" in refused.text
    assert of(author).post(f"{path}new/", fields(title="x")).status_code == 422
    assert "New topic" in of(make_member(role="Facilitators")).get(path).text


def test_where_to_begin_is_asked_of_who_sees_several(author):
    make_category(name="One")
    make_category(name="Two")
    make_category(Access.MEMBERS, name="Inner")
    asked = of(author).get("/en/forum/new/").text
    assert all(name in asked for name in ("One", "Two", "Inner"))
    assert "Log in to take part" in Client().get("/en/forum/new/").text


@pytest.mark.parametrize("field", ["title", "text"])
def test_scripts_are_text_everywhere(author, field):
    category = make_category()
    evil = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    of(author).post(f"/en/forum/{category.slug}/new/", fields(**{"title": "Fine", field: evil}))
    topic = Topic.objects.get()
    for path in (
        "/en/forum/",
        f"/en/forum/{category.slug}/",
        f"/en/forum/t/{topic.pk}-{topic.slug}/",
        f"/en/forum/member/{author.pk}/",
    ):
        page = Client().get(path).text
        assert "alert(1)</script>" not in page
        assert "<img src=x" not in page
    wrong = of(author).post(f"/en/forum/{category.slug}/new/", fields(title="", text=evil))
    assert "<script>alert" not in wrong.text


def test_a_footnote_of_one_post_is_not_that_of_another(author, topic):
    for _each in range(2):
        of(author).post(address(topic), fields(f"A word[^1] {uuid4()}\n\n[^1]: Explained."))
    page = Client().get(f"/en/forum/t/{topic.pk}-a-question/").text
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert render("x[^1]\n\n[^1]: y", name="a").html != render("x[^1]\n\n[^1]: y", name="b").html


@pytest.mark.parametrize("title", ["\u200b\u2060", "\u3164", "\u202e\u2066 "])
def test_a_title_that_nobody_sees_is_none(site, title):
    """A row of a list would have nothing to click on."""
    author, category = make_member(), make_category()
    client = Client()
    client.force_login(author)
    sent = {"title": title, "text": "Bread.", "language": "en", "nonce": uuid4().hex}
    answer = client.post(f"/en/forum/{category.slug}/new/", sent)
    assert answer.status_code == 422
    assert "Give your topic a title." in answer.text
    answer = client.post(f"/en/forum/{category.slug}/new/", {**sent, "title": "Bread", "text": title})
    assert answer.status_code == 422
    with pytest.raises(ValidationError):
        open_topic(author, category.pk, title, message())
    assert not Topic.objects.exists()


def test_a_title_turns_nothing_that_stands_beside_it(site):
    assert make_topic(make_member(), title="\u202egnp.\x07daerb").title == "gnp.daerb"
