"""Atom feeds: valid, with ids that stay, and only what everybody may read."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group

from forum.models import Post, Topic
from forum.queries.feeds import ENTRIES as MOST
from forum.rules import Access, TopicState, Trust
from forum.services import delete_post, edit_post
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def category(site):
    return make_category(slug="workshop-7", name="After Workshop 7")


@pytest.fixture
def author(site):
    return make_member(name="ana", display_name="Ana & Co")


@pytest.fixture
def topic(category, author):
    return make_topic(author, category, "What lasts?", "A **first** [word](/en/library/).")


def read(client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(feed) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def check(feed: ElementTree.Element, path: str) -> None:
    """What RFC 4287 asks of a feed and of each entry (4.1.1, 4.1.2)."""
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        identity = urlsplit(element.findtext(f"{ATOM}id"))
        assert identity.scheme in {"http", "https", "tag"}
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo is not None
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
        assert ("alternate", "text/html") in links
        for link in element.findall(f"{ATOM}link"):
            assert urlsplit(link.get("href")).netloc == "testserver"
        assert element.findtext(f"{ATOM}author/{ATOM}name")
    [own] = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href") == f"http://testserver{path}"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))


class TestWhatTheyTell:
    def paths(self, topic) -> list[str]:
        return ["/en/forum.atom", "/en/forum/workshop-7.atom", f"/en/forum/t/{topic.pk}.atom"]

    def test_forum_category_and_topic_are_valid_and_newest_first(self, client, topic, author):
        make_reply(author, topic, "Second & last <b>.")
        for path in self.paths(topic):
            feed = read(client, path)
            check(feed, path)
            assert titles(feed) == ["Re: What lasts?", "What lasts?"]
            first = feed.findall(f"{ATOM}entry")[1]
            assert first.find(f"{ATOM}content").get("type") == "html"
            assert '<a href="http://testserver/en/library/">word</a>' in first.findtext(f"{ATOM}content")
            assert first.findtext(f"{ATOM}summary") == "A first word."
            assert first.findtext(f"{ATOM}author/{ATOM}name") == "Ana & Co"

    def test_a_feed_without_anything_is_valid_too(self, client, category):
        for path in ("/en/forum.atom", "/en/forum/workshop-7.atom"):
            check(read(client, path), path)

    def test_of_one_language(self, client, category, topic, author):
        spanish = make_topic(author, category, "¿Qué dura?", language="es")
        make_reply(author, spanish, language="fr")
        expected = {"": 3, "es": 1, "fr": 1, "en": 1, "pt": 0, "klingon": 3}
        for language, number in expected.items():
            path = f"/en/forum.atom?language={language}"
            feed = read(client, path)
            assert len(titles(feed)) == number, language
        feed = read(client, "/en/forum/workshop-7.atom?language=es")
        check(feed, "/en/forum/workshop-7.atom?language=es")
        [entry] = feed.findall(f"{ATOM}entry")
        assert entry.find(f"{ATOM}title").get(LANG) == "es"
        assert entry.find(f"{ATOM}content").get(LANG) == "es"
        assert titles(read(client, f"/en/forum/t/{spanish.pk}.atom?language=fr")) == ["Re: ¿Qué dura?"]

    def test_ids_stay_whatever_the_language_the_title_or_the_place(self, client, category, topic, author):
        def ids(path):
            return [entry.findtext(f"{ATOM}id") for entry in read(client, path).iter(f"{ATOM}entry")]

        before = ids("/en/forum.atom")
        Topic.objects.update(title="Another title")
        other = make_topic(author, category)
        Post.objects.filter(topic=topic).update(topic=other, number=2)
        assert before[0] in ids("/fr/forum.atom")
        assert before == [f"tag:testserver,2026:forum/post/{Post.objects.order_by('pk')[0].pk}"]

    def test_feeds_have_ids_of_their_own(self, client, topic):
        paths = [*self.paths(topic), "/fr/forum.atom", "/en/forum.atom?language=es"]
        ids = [read(client, path).findtext(f"{ATOM}id") for path in paths]
        assert len(set(ids)) == len(paths)

    def test_an_edit_is_told_by_its_moment(self, client, topic, author):
        post = topic.posts.get()
        edit_post(author, post.pk, "Another first word.", "en", seen=1)
        post.refresh_from_db()
        [entry] = read(client, "/en/forum.atom").iter(f"{ATOM}entry")
        updated = datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
        assert updated == post.edited_at.replace(microsecond=0)
        assert "Another" in entry.findtext(f"{ATOM}content")

    def test_letters_that_xml_does_not_know_are_left_out(self, client, category, author):
        make_topic(author, category, "A\x08 title\ufffe", "A\x0b text")
        for path in ("/en/forum.atom", "/en/forum/workshop-7.atom"):
            assert titles(read(client, path)) == ["A title"]

    def test_no_more_than_so_many(self, client, topic):
        facilitator = make_member(role="Facilitators")
        for _each in range(MOST + 2):
            make_reply(facilitator, topic)
        for path in self.paths(topic):
            assert len(titles(read(client, path))) == MOST


class TestOnlyWhatEverybodyMayRead:
    def test_what_waits_or_is_gone_is_not_in_them(self, client, category, topic, author):
        said(make_member(Trust.NEW), topic, "This waits.")
        gone = make_reply(author, topic, "This is gone.")
        delete_post(author, gone.pk)
        hidden = make_topic(author, category, "Hidden")
        Topic.objects.filter(pk=hidden.pk).update(state=TopicState.HIDDEN)
        for path in ("/en/forum.atom", "/en/forum/workshop-7.atom", f"/en/forum/t/{topic.pk}.atom"):
            body = client.get(path).content.decode()
            assert titles(read(client, path)) == ["What lasts?"]
            for words in ("This waits", "This is gone", "Hidden"):
                assert words not in body

    @pytest.mark.parametrize("access", [Access.MEMBERS, Access.GROUP])
    def test_there_is_none_of_what_is_not_public_for_nobody(self, client, author, topic, access):
        group = Group.objects.create(name="Preparing") if access == Access.GROUP else None
        facilitator = make_member(role="Facilitators")
        closed = make_category(access, group=group, slug="inside")
        inside = make_topic(facilitator, closed, "Inside")
        client.force_login(facilitator)
        for path in ("/en/forum/inside.atom", f"/en/forum/t/{inside.pk}.atom"):
            assert client.get(path).status_code == 404
        assert titles(read(client, "/en/forum.atom")) == ["What lasts?"]
        assert "atom+xml" not in client.get("/en/forum/inside/").content.decode()

    @pytest.mark.parametrize("state", [TopicState.HIDDEN, TopicState.HELD, TopicState.REJECTED])
    def test_there_is_none_of_a_topic_that_is_not_open(self, client, topic, state):
        Topic.objects.update(state=state)
        assert client.get(f"/en/forum/t/{topic.pk}.atom").status_code == 404

    def test_a_topic_that_was_merged_leads_on(self, client, category, topic, author):
        into = make_topic(author, category)
        Topic.objects.filter(pk=topic.pk).update(state=TopicState.MERGED, merged_into=into)
        answer = client.get(f"/en/forum/t/{topic.pk}.atom")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"/en/forum/t/{into.pk}.atom"

    @pytest.mark.parametrize(
        "path", ["/en/forum/none.atom", "/en/forum/t/999999.atom", f"/en/forum/t/{10**30}.atom"]
    )
    def test_there_is_none_of_what_is_not_there(self, client, site, path):
        assert client.get(path).status_code == 404


def test_pages_name_their_feed(client, topic):
    for page, feed in {
        "/en/forum/": "/en/forum.atom",
        "/en/forum/?language=es": "/en/forum.atom?language=es",
        "/en/forum/workshop-7/": "/en/forum/workshop-7.atom",
        f"/en/forum/t/{topic.pk}-what-lasts/": f"/en/forum/t/{topic.pk}.atom",
    }.items():
        shown = client.get(page).content.decode()
        assert f'<link rel="alternate" type="application/atom+xml" title="New posts" href="{feed}">' in shown


def test_they_are_the_same_for_everybody_and_cost_one_query(
    client, topic, author, django_assert_max_num_queries
):
    client.force_login(author)
    for path in ("/en/forum.atom", "/en/forum/workshop-7.atom", f"/en/forum/t/{topic.pk}.atom"):
        client.get(path)
        with django_assert_max_num_queries(2):
            answer = client.get(f"{path}?fresh=1")
        assert answer.headers["Cache-Control"].startswith("public")
