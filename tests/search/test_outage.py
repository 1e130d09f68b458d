"""The search server goes away and comes back while people write: nobody is turned away, nothing is missing after."""

from uuid import uuid4

import pytest

from cms.core.health import Fault
from search.backends import front, server
from search.backends.server import ServerAway
from search.breaker import LONGEST, Breaker
from search.engines import Asked, Word
from search.health import check_search_server
from search.models import Entry, Pending
from search.services.comparing import compare
from search.services.rebuilding import rebuild
from search.services.telling import AT_ONCE, tell_server
from tests.search.conftest import SERVERS
from tests.search.entries import make_entry
from tests.search.own_server import OwnServer

pytestmark = pytest.mark.django_db(transaction=True)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module", params=SERVERS)
def own(request, tmp_path_factory):
    started = OwnServer(request.param, tmp_path_factory.mktemp(request.param))
    yield started
    started.kill()


@pytest.fixture
def there(own, clock, settings, monkeypatch):
    own.start()
    prefix = f"test-{uuid4().hex[:12]}"
    backend = {"BACKEND": f"search.backends.{own.name}", "URLS": [own.url], "INDEX_PREFIX": prefix}
    settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | {front.SERVER: backend}
    monkeypatch.setattr(front, "breaker", Breaker(clock))
    # A server that was started just now takes longer for its first answers than readers would wait.
    monkeypatch.setattr(server, "ASKING", 60.0)
    front.server.cache_clear()
    yield front.server()
    front.server.cache_clear()


class Writers:
    """Who write, change and take back, each time as the worker finds it: some of it told, some not."""

    def __init__(self) -> None:
        self.turn = 0

    def go_on(self, turns: int) -> None:
        for _turn in range(turns):
            self.turn += 1
            entry = make_entry(f"Solidarity {self.turn}")
            front.database().add_bulk(Entry, [entry])
            if self.turn % 3 == 0:
                Entry.objects.order_by("pk").first().delete()
            if self.turn % 4 == 0:
                Entry.objects.filter(pk=entry.pk).update(title=f"Solidarity {self.turn}, again")
            if self.turn % 5 == 0:
                tell_server.call()


def asked() -> Asked:
    return Asked(words=(Word("solidarity"),), open_languages=frozenset({"en"}))


def test_nothing_is_missing_after_an_outage_under_writes(own, there, clock):
    writers = Writers()
    writers.go_on(10)
    rebuild(there)
    writers.go_on(10)
    assert front.engine().answer(asked()).degraded is False

    own.kill()
    writers.go_on(AT_ONCE // 10)
    answer = front.engine().answer(asked())
    assert (answer.degraded, answer.engine) == (True, front.database().name)
    assert answer.found == Entry.objects.count()
    assert Pending.objects.count() > 10
    with pytest.raises(Fault, match="does not answer"):
        check_search_server()
    # Nobody waits for it any more: it is not even asked.
    assert not front.breaker.lets_through()

    own.start()
    clock.now += LONGEST
    check_search_server()
    assert front.breaker.closed, "who looks after the server's health sees that it is back"
    writers.go_on(7)
    tell_server.call()
    assert not Pending.objects.exists()
    result = compare(there)
    assert (result.agree, result.on_its_way, result.entries) == (True, 0, Entry.objects.count())
    answer = front.engine().answer(asked())
    assert (answer.degraded, answer.found) == (False, Entry.objects.count())
    check_search_server()


def test_an_index_is_not_built_halfway(own, there, clock):
    """The server goes away in the middle of building: the older index is asked again when it is back."""
    writers = Writers()
    writers.go_on(30)
    rebuild(there)
    before = there.indexes_of(there.alias)

    with pytest.raises(ServerAway):
        rebuild(there, told=lambda done, total: own.kill())
    own.start()
    clock.now += LONGEST
    writers.go_on(3)
    tell_server.call()
    assert there.indexes_of(there.alias) == before
    assert compare(there).agree
    rebuild(there)
    assert there.indexes() == there.indexes_of(there.alias) != before
    assert compare(there).agree
