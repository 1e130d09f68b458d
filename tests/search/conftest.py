"""Entries made the way jobs make them, and the engines that a test is run on: real search servers, where they are."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from search.asking import read
from search.backends import front
from search.breaker import Breaker
from search.engines import Asked, Hits
from search.models import Entry
from search.registry import sources
from search.services.rebuilding import rebuild
from search.services.renewing import renew_all
from tests.plugins.services import search_url

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


@pytest.fixture
def search_server(settings, monkeypatch):
    """Makes a search server, by its name, the site's, with an index of its own and nothing in it."""
    made = []

    def make(name: str):
        settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | {
            front.SERVER: {
                "BACKEND": f"search.backends.{name}",
                "URLS": [search_url(name)],
                "INDEX_PREFIX": f"test-{uuid4().hex[:12]}",
                "AUTO_UPDATE": False,
            }
        }
        monkeypatch.setattr(front, "breaker", Breaker())
        front.server.cache_clear()
        made.append(front.server())
        return made[-1]

    yield make
    front.server.cache_clear()
    for backend in made:
        for name in backend.indexes():
            backend.drop(name)


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
