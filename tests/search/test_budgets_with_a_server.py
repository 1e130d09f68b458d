"""What a search costs where the site has a search server: queries of the database, and round trips to the server."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.backends import candidates, front
from search.backends.server import ServerAway
from search.breaker import Breaker
from tests.forum.talking import make_member
from tests.search.conftest import SERVERS, ask_this
from tests.search.searching import server_settings
from tests.search.test_budgets import ADDRESSES, FIRST_PAGE, WORST, cost, fill, fill_with_all_kinds

pytestmark = pytest.mark.django_db
ROUND_TRIPS = 2


@pytest.fixture(scope="module")
def member_once(site_of_module):
    """Whatever costs something, and a member who may see it."""
    member = make_member()
    fill(4)
    fill_with_all_kinds(member)
    return member


@pytest.fixture
def member(member_once, site):
    return member_once


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize("searched_by", SERVERS, indirect=True)
def test_with_a_server_it_takes_no_more_queries_and_two_round_trips(
    searched_by, member, client, monkeypatch, who
):
    trips = []
    there = front.server()
    monkeypatch.setattr(there, "perform", lambda *each, real=there.perform: trips.append(each) or real(*each))
    if who == "member":
        client.force_login(member)
    costs = {}
    for address in (*ADDRESSES, *WORST):
        queries = cost(client, address)
        costs[address] = queries, len(trips) / 2  # it is asked for twice
        trips.clear()
    assert max(queries for queries, _trips in costs.values()) <= FIRST_PAGE, costs
    assert {number for _queries, number in costs.values()} == {1, ROUND_TRIPS}, costs


@pytest.fixture(params=["opensearch", "elasticsearch"])
def nobody_there(request, settings):
    """The site has a search server, and at its address nobody answers."""
    ask_this(settings, server_settings(request.param, "http://127.0.0.1:9"))
    yield
    front.server.cache_clear()


@pytest.mark.parametrize("large", [False, True], ids=["few entries", "more than are looked at"])
def test_where_the_server_does_not_answer_not_even_the_first_to_find_out_takes_more_queries(
    member, nobody_there, client, monkeypatch, large
):
    if large:
        monkeypatch.setattr(candidates, "MOST_CANDIDATES", 6)
    client.force_login(member)
    first, then = {}, {}
    for address in (*ADDRESSES, *WORST):
        client.get(address)
        for costs in (first, then):
            if costs is first:
                monkeypatch.setattr(front, "breaker", Breaker())
            with CaptureQueriesContext(connection) as asked:
                assert "The search server is not used" in client.get(address).content.decode()
            costs[address] = len(asked)
    assert max(then.values()) <= FIRST_PAGE, then
    assert max(first.values()) <= FIRST_PAGE, first


@pytest.mark.parametrize("large", [False, True], ids=["few entries", "more than are looked at"])
@pytest.mark.parametrize("searched_by", SERVERS, indirect=True)
def test_where_the_server_goes_away_within_a_search_that_takes_no_more_queries(
    searched_by, member, client, monkeypatch, large
):
    """It answers what was typed, and no more what else was tried."""
    if large:
        monkeypatch.setattr(candidates, "MOST_CANDIDATES", 6)
    client.force_login(member)
    there, costs, lost = front.server(), {}, 0
    for address in (*ADDRESSES, *WORST):
        client.get(address)
        trips = []

        def once(*asked, real=there.perform, trips=trips):
            trips.append(asked)
            if len(trips) > 1:
                raise ServerAway("gone")
            return real(*asked)

        with monkeypatch.context() as patch:
            patch.setattr(front, "breaker", Breaker())
            patch.setattr(there, "perform", once)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
        costs[address] = len(asked)
        lost += len(trips) > 1
    assert lost > len(WORST) / 2
    assert max(costs.values()) <= FIRST_PAGE, costs
