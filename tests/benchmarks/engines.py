"""What a query with all its facets costs on each search engine that is there, and what building its index does.

    python -m tests.benchmarks.engines [--documents 1000,100000] [--posts 10] [--engines sqlite,opensearch]

Entries of invented documents and of posts about them, a third in each of three languages; each engine is asked the
same questions, one after the other, by one process. SQLite is always there; the others are where DATABASE_URL (a
PostgreSQL), OPENSEARCH_URL and ELASTICSEARCH_URL name what `make services` started, or the same with TEST_ before it.
One that is not there is named as such. A search server reads its entries from the SQLite database of that size.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from tests.plugins.services import search_url

from . import datasets
from .catalogue import DOCUMENTS
from .engine_report import Asking, Building, asked_table, built_table, together
from .server import TICKS

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SERVERS = ("opensearch", "elasticsearch")
ENGINES = (SQLITE, POSTGRESQL, *SERVERS)
SECTIONS = {"library": "documents", "forum": "posts"}
TIMES = 8  # each question is asked
# Small and large are asked in turn, where one is held to the other: a machine that is slower for a while is so for both.
ROUNDS = 4


def say(text: str) -> None:
    print(text, flush=True)


def postgresql_url() -> str:
    """Of the PostgreSQL that the run was given, "" where it was given none."""
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else ""


def is_here(engine: str) -> bool:
    if engine in SERVERS:
        return bool(search_url(engine))
    return engine == SQLITE or bool(postgresql_url())


class Place:
    """The entries of so many documents and posts, in the database that an engine reads them from."""

    def __init__(self, engine: str, documents: int, posts: int) -> None:
        self.engine, self.documents, self.posts = engine, documents, posts
        self.database = POSTGRESQL if engine == POSTGRESQL else SQLITE
        self.name = f"entries-{documents}-{posts}"
        self.folder = datasets.folder(f"{self.name}-{self.database}")

    @property
    def environment(self) -> dict[str, str]:
        url = f"sqlite:///{self.folder / 'site.sqlite3'}"
        if self.database == POSTGRESQL:
            url = urlsplit(postgresql_url())._replace(path=f"/bench-{self.name}").geturl()
        server = {f"{self.engine.upper()}_URL": search_url(self.engine)} if self.engine in SERVERS else {}
        prefix = {"SEARCH_INDEX_PREFIX": f"bench-{self.name}"}
        return {**datasets.environment(self.folder.name), **prefix, **server, "DATABASE_URL": url}

    @property
    def sections(self) -> list[str]:
        return [section for section in SECTIONS if section == "library" or self.posts]

    def size(self, section: str) -> int:
        return self.documents * (self.posts if section == "forum" else 1)

    def run(self, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, *arguments]
        return subprocess.Popen(
            command, cwd=datasets.ROOT, env=self.environment, stdout=subprocess.PIPE, text=True
        )

    def told(self, *arguments: str) -> str:
        with self.run(*arguments) as process:
            said = process.communicate()[0]
        if process.returncode:
            raise SystemExit(f"{' '.join(arguments)} failed for {self.engine}")
        return said

    def fill(self) -> None:
        """Make its entries, unless they are there already."""
        wanted, mark = made_from(), self.folder / "built"
        if mark.exists() and mark.read_text() == wanted:
            return
        say(f"making entries of {self.documents:,} documents, {self.posts} posts each, in {self.database} …")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if self.database == POSTGRESQL:
            make_database(f"bench-{self.name}")
        self.told("manage.py", "migrate", "--verbosity", "0")
        self.told("-m", "tests.benchmarks.engine_process", "fill", str(self.documents), str(self.posts))
        mark.write_text(wanted)

    def build_index(self) -> Building:
        """By a process of its own, from the entries; its peak of memory is counted as the system counts it."""
        if self.engine in SERVERS:
            arguments = ["manage.py", "update_index", "--server-only"]
        else:
            arguments = ["-m", "tests.benchmarks.engine_process", "index"]
        process = self.run(*arguments)
        said = process.stdout.read()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = status
        if status:
            raise SystemExit(f"the index of {self.engine} could not be built")
        done, seconds = re.search(r"index of \w+: (\d+) in ([\d.]+) s", said).groups()
        return Building(self.engine, int(done), float(seconds), used.ru_maxrss / 1024)

    def ask(self, section: str) -> Asking:
        before = server_cpu(self.engine)
        said = self.told("-m", "tests.benchmarks.engine_process", "ask", section, str(TIMES))
        answer = json.loads(said)
        # What warms it up is counted here, and what it does besides.
        each = (server_cpu(self.engine) - before) * 1000 / answer["asked"]
        took = [seconds * 1000 for seconds in answer["took"]]
        return Asking(
            self.engine,
            SECTIONS[section],
            self.size(section),
            took,
            answer["cpu"] * 1000,
            each,
            answer["found"],
        )


def asked_in_turn(places: Sequence[Place], rounds: int) -> list[Asking]:
    """One answer for each place and section, of all rounds together."""
    turns = [(place, section) for place in places for section in place.sections]
    answers = [[place.ask(section) for place, section in turns] for _round in range(rounds)]
    return [together(of_one) for of_one in zip(*answers, strict=True)]


def made_from() -> str:
    """A digest of all that decides what the entries are."""
    here = Path(__file__).parent / "engine_process.py"
    return datasets.fingerprint(DOCUMENTS) + here.read_text(encoding="utf-8").partition("def ask(")[0]


def make_database(name: str) -> None:
    import psycopg

    with psycopg.connect(postgresql_url(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')


def server_cpu(engine: str) -> float:
    """Seconds of CPU that a server of `make services` spent so far, with its processes that ended; else 0."""
    name = {POSTGRESQL: "postgres"}.get(engine, engine)
    try:
        pid = int((datasets.ROOT / "var" / "services" / f"{name}.pid").read_text())
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.engines", description=__doc__)
    parser.add_argument("--documents", type=numbers, default=[1000, 100_000], help="sizes, with commas")
    parser.add_argument("--posts", type=int, default=10, help="posts about each document")
    parser.add_argument("--engines", default=",".join(ENGINES))
    options = parser.parse_args()
    asked: list[Asking] = []
    built: list[Building] = []
    for engine in options.engines.split(","):
        if not is_here(engine):
            say(f"{engine}: not here, no variable names it")
            continue
        places = [Place(engine, documents, options.posts) for documents in options.documents]
        for place in places:
            place.fill()
            built.append(place.build_index())
            say(f"{engine}: {built[-1].entries:,} entries indexed in {built[-1].seconds:.0f} s")
        for answer in asked_in_turn(places, ROUNDS if engine in SERVERS else 1):
            say(f"{engine}, {answer.size:,} {answer.what}: p50 {answer.p50:.1f} ms")
            asked.append(answer)
    say("\n" + asked_table(asked) + "\n\n" + built_table(built))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
