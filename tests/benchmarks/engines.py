"""What a query with all its facets costs on each search engine that is there, and what building its index does.

    python -m tests.benchmarks.engines [--sizes 1000,100000] [--posts 0] [--engines opensearch,elasticsearch]

Entries of invented documents, a third in each of three languages; each engine is asked the same questions, one after
the other, by one process. A search server is asked where TEST_OPENSEARCH_URL or TEST_ELASTICSEARCH_URL names one that
`make services` started; one that is not there is named as such.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.plugins.services import search_url

from . import datasets
from .engine_process import WARM_UP
from .server import TICKS

ENGINES = ("opensearch", "elasticsearch")
GROWTH = 2.0  # what the median at the largest size may be of that at the smallest, on a search server
FLAT = 300  # MiB that building an index may take, whatever its size
TIMES = 8


@dataclass(frozen=True)
class Asking:
    engine: str
    size: int
    p50: float  # ms
    p99: float
    cpu: float  # ms a question, of the process that asks
    server_cpu: float  # and of the search server
    found: float  # works, on average


@dataclass(frozen=True)
class Building:
    engine: str
    entries: int
    seconds: float
    peak: float  # MiB


def say(text: str) -> None:
    print(text, flush=True)


def environment(name: str, size: int, posts: int) -> dict[str, str]:
    server = {f"{name.upper()}_URL": search_url(name)} if name != "database" else {}
    return {
        **datasets.environment(place(name, size, posts)),
        "SEARCH_INDEX_PREFIX": f"bench-{size}-{posts}",
        **server,
    }


def place(name: str, size: int, posts: int) -> str:
    """The folder of the entries; those for the database hold its index as well."""
    return f"entries-{size}-{posts}" + ("-indexed" if name == "database" else "")


def child(environ: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=datasets.ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def build(name: str, size: int, posts: int) -> None:
    folder = datasets.folder(place(name, size, posts))
    if (folder / "built").exists() and (folder / "built").read_text() == datasets.fingerprint():
        return
    say(f"making {size} entries in {folder.relative_to(datasets.ROOT)} …")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environ = environment("database", size, posts) | {"DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}"}
    child(environ, "manage.py", "migrate", "--verbosity", "0")
    child(environ, "-m", "tests.benchmarks.engine_process", "fill", str(size), str(posts), name)
    (folder / "built").write_text(datasets.fingerprint())


def build_index(name: str, size: int, posts: int) -> Building:
    command = [sys.executable, "manage.py", "update_index", "--server-only"]
    process = subprocess.Popen(
        command, cwd=datasets.ROOT, env=environment(name, size, posts), stdout=subprocess.PIPE, text=True
    )
    said = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"update_index failed on {name}")
    done, seconds = re.search(r"index of \w+: (\d+) in ([\d.]+) s", said).groups()
    return Building(name, int(done), float(seconds), used.ru_maxrss / 1024)


def server_cpu(name: str) -> float:
    """Seconds of CPU that the search server of `make services` spent so far; 0 where it is another."""
    try:
        pid = int((datasets.ROOT / "var" / "services" / f"{name}.pid").read_text())
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def ask(name: str, size: int, posts: int) -> Asking:
    before = server_cpu(name)
    said = child(environment(name, size, posts), "-m", "tests.benchmarks.engine_process", "ask", str(TIMES))
    answer = json.loads(said)
    took = sorted(seconds * 1000 for seconds in answer["took"])
    # What warms it up is counted here, and what it does besides.
    each = (server_cpu(name) - before) * 1000 / (len(took) * (TIMES + WARM_UP) / TIMES)
    p99 = took[min(len(took) - 1, int(len(took) * 0.99))]
    return Asking(name, size, statistics.median(took), p99, answer["cpu"] * 1000, each, answer["found"])


def asked_table(rows: list[Asking]) -> str:
    lines = [
        "| query with facets | documents | p50 ms | p99 ms | to reach | | CPU ms | of the server | works found |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    smallest = {row.engine: row for row in sorted(rows, key=lambda row: -row.size)}
    for row in rows:
        base = smallest[row.engine]
        wanted = verdict = ""
        if row.engine != "database" and row.size > base.size:
            wanted = f"≤ {GROWTH:g} × {base.p50:.1f}"
            verdict = "reached" if row.p50 <= GROWTH * base.p50 else "NOT reached"
        lines.append(
            f"| {row.engine} | {row.size:,} | {row.p50:.1f} | {row.p99:.1f} | {wanted} | {verdict} "
            f"| {row.cpu:.1f} | {row.server_cpu:.1f} | {row.found:,.0f} |"
        )
    return "\n".join(lines)


def built_table(rows: list[Building]) -> str:
    lines = [
        "| building the index | entries | entries/s | peak MiB | to reach | |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        verdict = "reached" if row.peak <= FLAT else "NOT reached"
        rate = row.entries / row.seconds
        lines.append(
            f"| {row.engine} | {row.entries:,} | {rate:,.0f} | {row.peak:.0f} | ≤ {FLAT} | {verdict} |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.engines", description=__doc__)
    parser.add_argument("--sizes", default="1000,100000", help="numbers of documents")
    parser.add_argument("--posts", type=int, default=0, help="posts about each document")
    parser.add_argument("--engines", default=",".join(ENGINES), help="also: database")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    asked: list[Asking] = []
    built: list[Building] = []
    for name in options.engines.split(","):
        if name != "database" and not search_url(name):
            say(f"{name}: not here (TEST_{name.upper()}_URL is not set)")
            continue
        for size in sizes:
            build(name, size, options.posts)
            if name != "database":
                built.append(build_index(name, size, options.posts))
            asked.append(ask(name, size, options.posts))
            say(f"{name}, {size}: p50 {asked[-1].p50:.1f} ms")
    say("\n" + asked_table(asked))
    if built:
        say("\n" + built_table(built))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
