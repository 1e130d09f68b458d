"""What a test needs beyond Python, and what becomes of it where that is not here.

`@pytest.mark.browser`, or the fixture `chromium`, needs a Chromium; `@pytest.mark.service("postgresql")`, `("redis")`,
`("opensearch")` and `("elasticsearch")` need the run to use that server (DATABASE_URL, REDIS_URL, OPENSEARCH_URL,
ELASTICSEARCH_URL: see `make services`; the last two at once only as TEST_OPENSEARCH_URL, TEST_ELASTICSEARCH_URL, for a
site has one search server). On a machine that lacks it the test is skipped and named at the end of the report; where
`CI` is set it fails: nothing is left out unseen.
"""

import gc
import os
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings

NOT_HERE = "Not here: "
# The first has no window to look after, and needs half as much of the machine.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

# Migrations make millions of objects that live: the default makes the collector walk them again and again.
gc.set_threshold(50_000, 20, 100)


def chromium_path() -> str | None:
    """The browser's program: `CHROMIUM` if set, else the first of the usual names on the path."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else shutil.which(named)
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def database_is_postgresql() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def search_url(name: str) -> str:
    """Of the search server of that name, "" where none is given."""
    variable = f"{name.upper()}_URL"
    return os.environ.get(f"TEST_{variable}") or os.environ.get(variable, "")


SERVICES = {
    "opensearch": (lambda: bool(search_url("opensearch")), "OPENSEARCH_URL is not set"),
    "elasticsearch": (lambda: bool(search_url("elasticsearch")), "ELASTICSEARCH_URL is not set"),
    "postgresql": (database_is_postgresql, "DATABASE_URL does not name a PostgreSQL"),
    "redis": (lambda: bool(settings.REDIS_URL), "REDIS_URL is not set"),
}


def what_lacks(item: pytest.Item) -> str | None:
    """Why the test cannot run here, or None."""
    asks_for_browser = item.get_closest_marker("browser") or "chromium" in getattr(item, "fixturenames", ())
    if asks_for_browser and chromium_path() is None:
        return "no Chromium (set CHROMIUM, or install chromium)"
    for marker in item.iter_markers("service"):
        present, complaint = SERVICES[marker.args[0]]
        if not present():
            return f"{marker.args[0]}: {complaint}"
    return None


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    lacking = what_lacks(item)
    if lacking and in_ci():
        pytest.fail(f"{NOT_HERE}{lacking}; under CI every test has to run", pytrace=False)
    elif lacking:
        pytest.skip(NOT_HERE + lacking)


def pytest_terminal_summary(terminalreporter) -> None:
    left_out = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NOT_HERE in reason:
            left_out[reason.split(NOT_HERE, 1)[1]].append(report.nodeid)
    if left_out:
        terminalreporter.section("Not run here")
        for lacking, names in sorted(left_out.items()):
            terminalreporter.line(f"{lacking}: {len(names)} tests")
            for name in sorted(names):
                terminalreporter.line(f"    {name}")
