"""The judged queries, on every engine that is there. The floors are what was reached, less a little."""

import pytest

from search.backends import front
from search.models import Entry
from search.services.rebuilding import rebuild
from tests.search.conftest import SERVERS
from tests.search.relevance.judging import LANGUAGES, judged_queries, score, table, work_of

pytestmark = [pytest.mark.django_db, pytest.mark.demo]

# (nDCG@5, share of queries whose first hit is the right one)
FLOORS = {
    "sqlite": (0.91, 0.88),
    "postgresql": (0.91, 0.87),
    "opensearch": (0.915, 0.90),
    "elasticsearch": (0.915, 0.90),
}


@pytest.fixture(params=["database", *SERVERS])
def engine(request, demo):
    if request.param != "database":
        rebuild(request.getfixturevalue("search_server")(request.param))
    return front.engine()


def test_judged_queries_are_answered_well(engine, record_property):
    scores = [score(judged) for judged in judged_queries()]
    poor = [f"{each.ndcg:.2f} {each.judged.text}: {each.found}" for each in scores if each.ndcg < 0.7]
    _all, number, ndcg, first = table(scores)[-1]
    floor_ndcg, floor_first = FLOORS[engine.name]
    # For who reads the numbers, with --junitxml.
    for row in table(scores):
        record_property(engine.name, "{} | {} | {:.3f} | {:.2f}".format(*row))
    assert number >= 125
    assert (ndcg >= floor_ndcg, first >= floor_first) == (True, True), (ndcg, first, poor)


@pytest.mark.usefixtures("demo")
def test_what_was_judged_is_in_the_demo():
    works = set(Entry.objects.values_list("work", flat=True))
    judged = list(judged_queries())
    assert {each.language for each in judged} == set(LANGUAGES)
    assert [name for each in judged for name in each.grades if work_of(name) not in works] == []
