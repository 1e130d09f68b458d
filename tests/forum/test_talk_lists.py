"""Lists of topics: which ones, in which order, page after page."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forum.models import CoFacilitator, Reading, Topic
from forum.places import Place, place_in
from forum.rules import Access, Level, TopicState
from forum.services import follow_topic, note_read
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<h3[^>]*><a href="[^"]*/t/(\d+)-')


@pytest.fixture
def author(site):
    return make_member(display_name="Ana")


@pytest.fixture
def busy(site):
    """Somebody who may write as fast as they like."""
    return make_member(role="Facilitators")


def listed(answer) -> list[int]:
    return [int(pk) for pk in LINK.findall(answer.text)]


def walk(client: Client, path: str) -> list[list[int]]:
    """The topics of each page, by the links of the pages themselves."""
    pages = []
    while path:
        answer = client.get(path)
        pages.append(listed(answer))
        path = answer.context["older_url"]
    return pages


def test_every_topic_stands_on_one_page_and_pinned_ones_first(busy):
    category = make_category()
    topics = [make_topic(busy, category).pk for _each in range(60)]
    # Some have their last post at the same moment.
    moment = timezone.now() - timedelta(days=3)
    Topic.objects.filter(pk__in=topics[10:40]).update(bumped_at=moment)
    Topic.objects.filter(pk__in=topics[:2]).update(pinned=True)
    for path in (f"/en/forum/{category.slug}/", "/en/forum/"):
        pages = walk(Client(), path)
        assert [len(page) for page in pages] == [25, 25, 10]
        assert sorted(sum(pages, [])) == sorted(topics)
    assert set(walk(Client(), f"/en/forum/{category.slug}/")[0][:2]) == set(topics[:2])
    # Of all categories, a pinned topic does not stand before newer ones.
    assert not set(walk(Client(), "/en/forum/")[0][:2]) & set(topics[:2])


def test_more_pinned_topics_than_a_page_holds(busy):
    category = make_category()
    topics = [make_topic(busy, category).pk for _each in range(32)]
    Topic.objects.filter(pk__in=topics[:28]).update(pinned=True)
    pages = walk(Client(), f"/en/forum/{category.slug}/")
    assert sorted(sum(pages, [])) == sorted(topics)
    assert set(sum(pages, [])[:28]) == set(topics[:28])


def test_lists_by_language_and_without_an_answer(author, client):
    category = make_category()
    english, spanish = make_topic(author, category), make_topic(author, category, language="es")
    make_reply(author, english)
    assert listed(client.get("/en/forum/?language=es")) == [spanish.pk]
    assert listed(client.get("/en/forum/?list=unanswered")) == [spanish.pk]
    assert set(listed(client.get("/en/forum/?language=xx&list=nothing&after=1-2"))) == {
        english.pk,
        spanish.pk,
    }


def test_unread_and_following_are_ones_own(author):
    reader = make_member()
    read, unread, never = (make_topic(author) for _each in range(3))
    for topic in (read, unread):
        note_read(reader, topic.pk, 1)
    make_reply(author, unread)
    assert listed(of(reader).get("/en/forum/?list=unread")) == [unread.pk]
    assert listed(of(reader).get("/en/forum/?list=following")) == []
    follow_topic(reader, never.pk, Level.WATCHING)
    assert listed(of(reader).get("/en/forum/?list=following")) == [never.pk]
    # Nobody's: the newest are shown.
    assert len(listed(Client().get("/en/forum/?list=unread"))) == 3
    assert "list=unread" not in Client().get("/en/forum/").text


def test_a_row_leads_to_the_first_post_not_read(busy):
    reader = make_member()
    topic = make_topic(busy, title="Long")
    note_read(reader, topic.pk, 1)
    for _each in range(25):
        make_reply(busy, topic)
    Reading.objects.filter(user=reader).update(last_read=22)
    page = of(reader).get("/en/forum/").text
    assert f'href="/en/forum/t/{topic.pk}-long/?page=2#post-23"' in page
    assert ">4<" in page
    assert 'class="unread"' not in Client().get("/en/forum/").text
    assert 'class="unread"' not in of(make_member()).get("/en/forum/").text


def test_hidden_topics_are_listed_for_who_moderates(author):
    facilitator = make_member(role="Facilitators")
    topic = make_topic(author)
    Topic.objects.filter(pk=topic.pk).update(state=TopicState.HIDDEN)
    assert listed(of(facilitator).get("/en/forum/?list=hidden")) == [topic.pk]
    assert listed(of(facilitator).get("/en/forum/")) == []
    assert listed(of(author).get("/en/forum/?list=hidden")) == []


def test_categories_say_who_reads_and_who_looks_after_them(author):
    make_category(name="Open to all")
    members = make_category(Access.MEMBERS, name="Among us")
    CoFacilitator.objects.create(category=members, user=author, language="fr")
    assert "Among us" not in Client().get("/en/forum/").text
    shown = of(make_member()).get("/en/forum/").text
    assert "members only" in shown
    assert re.search(r"Looked after by.*Ana.*français", shown)
    assert Client().get(f"/en/forum/{members.slug}/").status_code == 404
    assert "Open to all" in shown


def test_a_place_survives_its_address():
    place = Place(True, timezone.now(), 12)
    assert place_in(str(place)) == place
    for wrong in ("", "1", "1-2", "x-1-2", "1-2-3-4", "1-" + "9" * 40 + "-1", "1--2"):
        assert place_in(wrong) is None


def test_a_place_too_far_away_is_an_empty_page_and_no_fault(author, client):
    make_topic(author)
    answer = client.get(f"/en/forum/?after=0-1-{10**17}")
    assert answer.status_code == 200
    assert listed(answer) == []
