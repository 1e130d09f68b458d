"""What a search asks the database: the same for few entries and for many, for visitors and for members."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from cms.core.page_cache.stamp import bump_stamp
from forum.rules import Access
from forum.services.translating import Offered, translate_post
from forum.standing import forget_standing
from search.backends import candidates
from tests.factories.documents import make_document
from tests.factories.entries import make_organisation, make_person, make_term
from tests.forum.talking import make_category, make_member, make_reply, make_topic
from tests.search.searching import catch_up

pytestmark = pytest.mark.django_db
FIRST_PAGE, SUGGESTIONS = 12, 1
ADDRESSES = (
    "/en/search/?q=solidarity",
    "/en/search/?q=solidarity&section=library",
    "/en/search/?q=solidarity&section=library&type=if&language=en",
    "/en/search/?q=solidarity&section=forum",
    "/en/search/?q=solidarity+zebra",
    "/en/search/?q=solidarty+zebra",
)


def fill(number: int) -> None:
    category = make_category()
    member = make_member()
    for each in range(number):
        make_document(title=f"Solidarity {each}")
        make_topic(member, category, f"Solidarity {each}", "Of solidarity.")
        make_term(f"solidarity {each}")
        make_person(f"Solidarity {each}")
        make_organisation(f"Solidarity {each}")
    catch_up()
    bump_stamp()


def fill_with_all_kinds(member) -> None:
    """Whatever costs a query of its own: a closed group, translations, restrictions for groups, promoted pages."""
    group = Group.objects.create(name="Keepers")
    member.groups.add(group)
    forget_standing(member)
    closed = make_category(Access.GROUP, group=group)
    for each in range(4):
        reply = make_reply(member, make_topic(member, closed, f"Savings {each}"), "Of savings.")
        translate_post(member, reply.pk, Offered("Les savings.", "fr", 1))
    make_topic(member, make_category(), "Who begn", "To solidarty and the savings they begn.")
    kept = make_document(title="Kept savings").view_restrictions.create(restriction_type="groups")
    kept.groups.set([group])
    page = make_document(title="How to begin")
    make_document(title="Bread", summary="Of the solidarty, the savings and the quagga.")
    for words in ("solidarity savings", "solidarty savings zebra", "solidarty savings quagga"):
        SearchPromotion.objects.create(query=Query.get(words), page=page)
    catch_up()
    bump_stamp()


WORST = (
    "/en/search/?q=solidarity+savings",
    "/en/search/?q=solidarty+savings+zebra",
    "/en/search/?q=solidarty+savings+zebra&section=forum",
    "/en/search/?q=solidarty+savings+zebra&section=library&type=if&theme=unknown",
    "/en/search/?q=solidarity+zebra&section=forum",
    "/en/search/?q=solidarty+savings+quagga&section=forum",
    "/en/search/?q=begn+savings",
    "/en/search/?q=begn&section=forum",
    "/en/search/?q=savings&section=forum&language=en",
)


def cost(client, address: str) -> int:
    client.get(address)  # what is kept until something changes
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("large", [False, True], ids=["few entries", "more than are looked at"])
@pytest.mark.parametrize("who", ["visitor", "member"])
def test_the_first_page_takes_few_queries(client, site, monkeypatch, settings, who, large):
    fill(8)
    if large:
        monkeypatch.setattr(candidates, "MOST_CANDIDATES", 6)
    if who == "member":
        client.force_login(make_member())
    costs = {address: cost(client, address) for address in ADDRESSES}
    assert max(costs.values()) <= FIRST_PAGE, costs


@pytest.mark.parametrize("large", [False, True], ids=["few entries", "more than are looked at"])
def test_the_most_that_can_be_asked_takes_few_queries(client, site, monkeypatch, large):
    """A member who finds only some of the words, with others to be tried, and hits of every kind."""
    member = make_member()
    fill(4)
    fill_with_all_kinds(member)
    if large:
        monkeypatch.setattr(candidates, "MOST_CANDIDATES", 6)
    client.force_login(member)
    costs = {address: cost(client, address) for address in WORST}
    assert max(costs.values()) <= FIRST_PAGE, costs


def test_it_takes_no_more_of_many_entries_than_of_few(client, site):
    fill(3)
    few = [cost(client, address) for address in ADDRESSES]
    fill(20)
    assert [cost(client, address) for address in ADDRESSES] == few


def test_suggestions_take_one(client, site):
    fill(5)
    assert cost(client, "/en/search/suggestions/?q=soli") == SUGGESTIONS


def test_a_large_answer_says_that_it_counted_no_further(client, site, monkeypatch):
    fill(8)
    monkeypatch.setattr(candidates, "MOST_CANDIDATES", 6)
    body = client.get("/en/search/?q=solidarity&section=library").content.decode()
    assert "Library: more than 6 results" in body
    assert "<mark>Solidarity</mark> 7" in body
