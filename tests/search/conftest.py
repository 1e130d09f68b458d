"""Entries made the way jobs make them, and the engines that a test is run on: real search servers, where they are."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from modelsearch.backends import get_search_backend

from search.asking import read
from search.backends import front
from search.backends.server import ServerBackend
from search.breaker import Breaker
from search.engines import Asked, Hits
from search.models import Entry
from search.registry import sources
from search.services.rebuilding import rebuild
from search.services.renewing import renew_all
from tests.plugins.services import search_url
from tests.search.searching import begin_with_what_stands, server_settings

SERVERS = [pytest.param(name, marks=pytest.mark.service(name)) for name in ("opensearch", "elasticsearch")]
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def index():
    """Make all entries anew, as `update_index` does."""

    def make() -> None:
        for source in sources():
            for _done in renew_all(source):
                pass

    return make


def ask_this(settings, backend: dict) -> None:
    """Have the site ask a search server."""
    settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | {front.SERVER: backend}
    front.server.cache_clear()


@pytest.fixture
def search_server(settings, monkeypatch):
    """Makes a search server, by its name, the site's, with an index of its own and nothing in it."""
    made = []

    def make(name: str):
        ask_this(settings, server_settings(name, search_url(name)))
        monkeypatch.setattr(front, "breaker", Breaker())
        made.append(front.server())
        return made[-1]

    yield make
    front.server.cache_clear()
    for backend in made:
        for name in backend.indexes():
            backend.drop(name)


@pytest.fixture(scope="module")
def index_of():
    """The settings of a search server, by its name, with an index for all tests of the module."""
    made: dict[str, tuple[dict, ServerBackend]] = {}

    def make(name: str) -> dict:
        if name not in made:
            backend = server_settings(name, search_url(name))
            options = {name: value for name, value in backend.items() if name != "BACKEND"}
            there = get_search_backend(backend["BACKEND"], **options)
            there.make_index(there.alias)
            made[name] = backend, there
        return made[name][0]

    yield make
    for _backend, there in made.values():
        for name in there.indexes():
            there.drop(name)


@pytest.fixture(params=["database", *SERVERS])
def searched_by(request, db, index_of, settings, monkeypatch) -> Iterator[str]:
    """The pages ask the database, then each search server that is there. What tests make is told to it by `catch_up`
    (tests/search/searching.py), what stood before them it knows."""
    if request.param == "database":
        yield request.param
        return
    ask_this(settings, index_of(request.param))
    monkeypatch.setattr(front, "breaker", Breaker())
    begin_with_what_stands(front.server())
    yield request.param
    assert front.breaker.closed, "the database answered in place of the server"
    front.server.cache_clear()


@pytest.fixture(params=SERVERS)
def there(request, search_server):
    """The backend of each search server, in turn."""
    return search_server(request.param)


class EngineAtTest:
    """One engine, asked as the pages ask."""

    def __init__(self, there) -> None:
        self._there = there
        self.name = there.name if there else "database"

    def index(self) -> None:
        """Have everything found that there is now."""
        front.database().add_bulk(Entry, Entry.objects.all())
        if self._there:
            rebuild(self._there)

    def ask(self, text: str, **fields) -> Hits:
        query = read(text)
        words = {"words": query.words, "phrases": query.phrases, "codes": query.codes}
        open_here = frozenset(["en", "fr", "es", "pt", "de", "it", "ca", "ar"])
        values = {"languages": tuple(open_here), "open_languages": open_here, "now": NOW, **words, **fields}
        hits = front.engine().answer(Asked(**values))
        assert not hits.degraded
        return hits

    def titles(self, text: str, *, section: str = "library", **fields) -> list[str]:
        """Of the hits of a section, the best first."""
        hits = self.ask(text, section=section, **fields)
        titles = dict(Entry.objects.values_list("pk", "title"))
        return [titles[hit.entry] for hit in hits.rows.get(section, ())]


@pytest.fixture(params=["database", *SERVERS])
def engine(request, db):
    """Every engine that is there, in turn."""
    if request.param == "database":
        return EngineAtTest(None)
    return EngineAtTest(request.getfixturevalue("search_server")(request.param))


@pytest.fixture
def server_engine(there):
    """The search servers alone, in turn."""
    return EngineAtTest(there)
