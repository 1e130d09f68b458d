"""What the values of facets are called, and which are named to nobody."""

import pytest
from bs4 import BeautifulSoup

from forum.models import Topic
from forum.rules import Access
from search.services.waiting import catch_up
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db


def page(client, query: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/en/search/?{query}").content, "html.parser")


@pytest.fixture
def author(site):
    return make_member(first_name="Ama", last_name="Lopes")


def test_what_is_chosen_is_called_by_its_authors_name(client, author):
    topic = make_topic(author, make_category(), "Solidarity", "Where?")
    make_reply(make_member(), topic, "Solidarity here.")
    catch_up()
    found = page(client, f"q=solidarity&section=forum&author={author.pk}")
    (chip,) = found.select(".chips a[href]:not([href$='section=forum'])") or found.select(".chips a")[:1]
    assert author.shown_name in chip.get_text()


def test_a_closed_category_is_not_named_by_what_came_out_of_it_a_moment_ago(client, author):
    """Who may see the topic is decided at once; what it is filed under follows with the job."""
    closed = make_category(access=Access.MEMBERS, slug="the-inner-circle")
    topic = make_topic(author, closed, "Solidarity", "Where?")
    make_topic(author, make_category(slug="savings"), "Solidarity too", "Here.")
    catch_up()
    open_one = make_category(slug="open-to-all")
    Topic.objects.filter(pk=topic.pk).update(category=open_one)
    found = page(client, "q=solidarity&section=forum")
    assert len(found.select(".hits > li")) == 2
    assert "the-inner-circle" not in str(found)
