"""Two real workers over one SQLite file: whoever reads after a publication reads what was published.

The server listens on loopback only; the test is bounded in requests and in time.
"""

import contextlib
import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]
# The marker makes pytest-django build the test database, whose copy the workers use.
pytestmark = pytest.mark.django_db

PUBLICATIONS = 60
READERS = 4
LONGEST_START = 120  # seconds


@pytest.fixture(scope="module")
def port(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("two-workers")
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}},
        "ANCRAGE_TEST_FOLDER": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tests.core.two_workers_settings",
    }
    with django_db_blocker.unblock():
        make_database(folder / "site.sqlite3", environment)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(number), "--workers", "2", "--blocking-threads", "1", "--no-ws"),
            *("--log-level", "error", "tests.core.two_workers_wsgi:application"),
        ],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(number, server)
        yield number
    finally:
        end(server)


def end(server: subprocess.Popen) -> None:
    """The server's own process group: a worker that is still starting does not hear its parent's request."""
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(20)


def make_database(path: Path, environment: dict) -> None:
    """The run's own test database copied into a file (migrating again would take half a minute)."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=180)


def wait_for(port: int, server: subprocess.Popen) -> None:
    for _attempt in range(600):
        assert server.poll() is None, "the server stopped"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


class Connection:
    """A kept-alive connection: it stays with the worker that accepted it."""

    def __init__(self, port: int):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def get(self) -> http.client.HTTPResponse:
        self.http.request("GET", "/public/")
        self.answer = self.http.getresponse()
        self.text = self.answer.read().decode()
        assert self.answer.status == 200
        self.worker = self.answer.headers["X-Worker"]
        return self.answer

    def shown(self) -> int:
        self.get()
        found = re.search(r"name-(\d+)", self.text)
        return int(found.group(1)) if found else 0

    def publish(self, number: int) -> None:
        self.http.request(
            "POST", "/publish/", f"name=name-{number}", {"Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = self.http.getresponse()
        answer.read()
        assert answer.status == 200


def one_connection_per_worker(port: int) -> list[Connection]:
    """The first worker answers while the second still imports: on a busy machine that takes its time."""
    by_worker: dict[str, Connection] = {}
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        another = Connection(port)
        another.get()
        if by_worker.setdefault(another.worker, another) is not another:
            another.http.close()
        if len(by_worker) == 2:
            return list(by_worker.values())
    raise AssertionError("only one worker answers")


def test_no_reader_at_either_worker_sees_a_page_older_than_the_last_publication(port):
    first, second = one_connection_per_worker(port)
    published = 0
    over = threading.Event()
    errors: list[str] = []
    reads = [0] * READERS

    def read_all_the_time(reader: int) -> None:
        mine = Connection(port)
        while not over.is_set():
            at_least = published
            shown = mine.shown()
            reads[reader] += 1
            if shown < at_least:
                errors.append(f"worker {mine.worker} showed {shown} after {at_least} was published")

    # All the while others read, so that pages are being rendered and kept when a publication comes in.
    readers = [threading.Thread(target=read_all_the_time, args=(reader,)) for reader in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, PUBLICATIONS + 1):
            (first, second)[number % 2].publish(number)
            published = number
            assert [first.shown(), second.shown()] == [number, number]
    finally:
        over.set()
        for reader in readers:
            reader.join(30)
    assert errors == []
    assert min(reads) > 5


def test_between_publications_both_workers_answer_from_what_is_kept(port):
    first, second = one_connection_per_worker(port)
    first.publish(1000)
    renderings = {each.get().headers["X-Rendering"] for each in (first, second) for _ in range(5)}
    assert len(renderings) == 1  # the second worker found it in the shared cache
    assert first.worker != second.worker
