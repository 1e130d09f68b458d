"""Documents and their discussion; what search engines are told."""

import pytest
from django.test import Client

from forum.models import Topic
from forum.rules import Access, TopicState, Trust
from tests.factories.documents import make_document
from tests.forum.talking import make_category, make_member, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_member()


@pytest.fixture
def document(site):
    return make_document(title="A document")


def shown(document, client=None) -> str:
    return (client or Client()).get(document.get_url()).text


def about(document) -> str:
    return f"/en/forum/about/{document.pk}/"


def test_a_document_leads_to_its_discussion(author, document, client):
    category = make_category()
    assert f'href="{about(document)}"' in shown(document)
    # Nobody has begun: whoever follows the button begins.
    client.force_login(author)
    begin = client.get(client.get(about(document)).url)
    assert begin.url == f"/en/forum/{category.slug}/new/?about={document.pk}"
    topic = make_topic(author, category, "Is it true?", page=document)
    assert "Is it true?" in shown(document)
    assert Client().get(about(document)).url == f"/en/forum/t/{topic.pk}-is-it-true/"
    second = make_topic(author, category, "And then?", page=document)
    both = Client().get(about(document)).text
    assert "Is it true?" in both
    assert second.title in both
    assert 'href="/en/forum/new/?about=' in both


def test_a_translation_of_the_document_shows_the_same_discussion(author, document):
    french = make_document(lang="fr", title="Un document", translation_of=document)
    make_topic(author, title="Is it true?", page=document)
    text = shown(french)
    assert "Is it true?" in text
    assert f'href="/fr/forum/about/{french.pk}/"' in text


def test_only_what_everybody_may_read_is_shown_on_a_document(author, document):
    make_topic(author, make_category(Access.MEMBERS), "Among members", page=document)
    make_topic(make_member(Trust.NEW), make_category(), "Held", page=document)
    hidden = make_topic(author, title="Hidden", page=document)
    Topic.objects.filter(pk=hidden.pk).update(state=TopicState.HIDDEN)
    client = Client()
    client.force_login(author)
    for each in (Client(), client):
        text = shown(document, each)
        assert not any(title in text for title in ("Among members", "Held", "Hidden"))
    # Who sees it is led there.
    assert "among-members" in client.get(about(document)).url
    assert "among-members" not in Client().get(about(document)).url


def test_no_page_no_discussion(author, site):
    draft = make_document(publish=False)
    for number in (draft.pk, 10**6, 10**30):
        assert Client().get(f"/en/forum/about/{number}/").status_code == 404


def test_the_sitemap_names_public_topics_once(author, site, client):
    topic = make_topic(author, title="Dinero", language="es")
    make_topic(author, make_category(Access.MEMBERS), "Among members")
    make_topic(make_member(Trust.NEW), title="Held one")
    sitemap = client.get("/sitemap.xml").text
    assert sitemap.count(f"/forum/t/{topic.pk}-dinero/") == 1
    assert f"/es/forum/t/{topic.pk}-dinero/" in sitemap
    assert f"/fr/forum/{topic.category.slug}/" in sitemap
    assert "/en/forum/</loc>" in sitemap
    assert "among" not in sitemap
    assert "held-one" not in sitemap


def test_lists_that_are_narrowed_are_not_indexed(author, client):
    topic = make_topic(author)
    assert "noindex" not in client.get("/en/forum/").text
    for path in (
        "/en/forum/?language=es",
        f"/en/forum/{topic.category.slug}/?list=unanswered",
        "/en/forum/new/",
        f"/en/forum/member/{author.pk}/",
    ):
        assert "noindex" in client.get(path).text


def test_the_menu_leads_to_the_forum(site, client):
    assert 'href="/en/forum/" aria-current="page"' in client.get("/en/forum/").text
    assert 'href="/fr/forum/"' in client.get("/fr/").text


def test_a_member_who_has_said_nothing_has_no_page(author, client):
    silent = make_member(display_name="Silent")
    assert client.get(f"/en/forum/member/{silent.pk}/").status_code == 404
    make_topic(author, make_category(Access.MEMBERS))
    assert client.get(f"/en/forum/member/{author.pk}/").status_code == 404
    make_topic(author, title="In public")
    page = client.get(f"/forum/m/{author.pk}/", follow=True).text
    assert "In public" in page
    author.is_active = False
    author.save()
    assert client.get(f"/en/forum/member/{author.pk}/").status_code == 404
