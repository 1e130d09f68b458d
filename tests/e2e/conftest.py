"""One demo server for the whole run; Chromium where there is one.

Playwright's event loop blocks the ORM: these tests know the server's addresses and its files, nothing else.
`ANCRAGE_DEMO_FOLDER` names a folder to keep the demo in between runs.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.e2e.server import DemoServer

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """All on one worker: the demo takes most of a minute to build."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo-server"))


def find_chromium() -> str | None:
    wanted = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in wanted if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def chromium():
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium: set CHROMIUM, or install chromium")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            pytest.skip(f"Chromium does not start: {error}")
        yield browser
        browser.close()
