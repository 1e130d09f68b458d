"""One demo server for the whole run; Chromium where there is one.

Playwright's event loop blocks the ORM: these tests know the server's addresses and its files, nothing else, and
the browser leaves with the last of them, so that other tests of the same worker find their database again.
`ANCRAGE_DEMO_FOLDER` names a folder to keep the demo in between runs.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e import translating
from tests.e2e.browser import Visitor, launched
from tests.e2e.server import DemoServer
from tests.e2e.talking import begin
from tests.e2e.web import Reader


@pytest.fixture(scope="package")
def demo_server(tmp_path_factory):
    kept = os.environ.get("ANCRAGE_DEMO_FOLDER")
    server = DemoServer(Path(kept) if kept else tmp_path_factory.mktemp("demo"))
    server.prepare()
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _nothing_kept():
    """The one of tests/conftest.py is for tests in this process; the server forgets by itself."""


@pytest.fixture(scope="package")
def chromium():
    """Asking for it marks a test as one that needs a Chromium: see tests/plugins/services.py."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def sessions():
    """Cookies of those who have logged in once, by user name: logging in is slow, and limited."""
    return {}


@pytest.fixture
def visit(chromium, demo_server, sessions):
    """`visit(user=None, width=…, dark=…, javascript=…)` is a new visitor; what the browser tells fails."""
    yield from visits(chromium, demo_server, sessions)


def visits(chromium, server: DemoServer, sessions: dict):
    """What the fixture `visit` gives, for any server."""
    visitors = []

    def arrive(user: str | None = None, **options) -> Visitor:
        visitor = Visitor(chromium, server, sessions, user, **options)
        visitors.append(visitor)
        return visitor

    yield arrive
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        visitor.leave()
    assert not faults, "\n".join(["the browser complained:", *faults])


@pytest.fixture
def reader(demo_server):
    """Somebody without account or browser, to whom every word of an answer is known."""
    one = Reader(urlsplit(demo_server.base_url).netloc)
    yield one
    one.close()


@pytest.fixture
def talk(demo_server):
    """A topic of this test alone, and somebody new to the forum."""
    return begin(demo_server)


@pytest.fixture
def made(demo_server):
    """A document of this test alone, claimed for a translation into Spanish."""
    return translating.make(demo_server)
