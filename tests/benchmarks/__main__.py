"""`make bench`: what a page costs, as a multiple of a bare Django view under the same server, in one run."""

import argparse
import platform
import signal
import sys
import sysconfig
from itertools import groupby
from urllib.parse import urlencode
from uuid import uuid4

from . import datasets, load, report
from .catalogue import DOCUMENTS, QUEUE, ROWS, SIZES
from .server import Server, free_port

WORKERS = 2
SMALLEST = SIZES[DOCUMENTS][0]
CSRF = "b" * 32  # the same in the cookie and in the form
POSTED = (
    "Bread, **and** who bakes it: a post of the usual length, with a [link](https://example.org/) in it. " * 3
)
# "Uncached" pages are asked for as the peers' were: whole, not compressed (a kept page is compressed once).
UNCACHED = {"X-Uncached": "1"}
CACHED = {"Accept-Encoding": "gzip"}


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def command(application: str, port: int) -> list[str]:
    """The command line that production uses, for another application."""
    import os

    os.environ.update(datasets.environment(SMALLEST))
    from cms.core.processes import web_command

    usual = web_command(host="127.0.0.1", port=port, workers=WORKERS)
    return [application if part == "cms.wsgi:application" else part for part in usual]


def start(application: str, place: datasets.Place, path: str) -> Server:
    port = free_port()
    return Server.start(command(application, port), port, datasets.ROOT, datasets.environment(place), path)


def measure(
    server: Server, path: str, headers: dict[str, str], seconds: float, form: load.Form | None = None
) -> tuple[load.Load, float]:
    """(load, milliseconds of CPU a request)"""
    rate = load.warm(server.port, path, headers, form)
    seconds = min(load.LONGEST, max(seconds, load.FEWEST_REQUESTS / rate))
    before = server.cpu()
    done = load.run(server.port, path, headers, seconds, form)
    each = (server.cpu() - before) * 1000 / done.requests
    server.rest()
    return done, each


class Measuring:
    """The databases that are asked for, each behind a server of its own, and who asks."""

    def __init__(self, measured: list[report.Measured]):
        self.servers: dict[datasets.Place, Server] = {}
        self.bare = start("tests.benchmarks.bare:application", SMALLEST, "/")
        self.addresses: dict[datasets.Place, dict[str, str]] = {}
        self.cookies: dict[tuple[datasets.Place, str], str] = {}
        try:
            # First of all: a database that is served cannot be copied on every server.
            for place in dict.fromkeys(
                datasets.place_of(each.row.data, each.size) for each in measured if each.row.posting
            ):
                datasets.make_copy(place)
            for each in measured:
                self.prepare(each)
        except BaseException:
            self.stop()
            raise

    def prepare(self, each: report.Measured) -> None:
        original, place = datasets.place_of(each.row.data, each.size), place_measured(each)
        if original not in self.addresses:
            self.addresses[original] = datasets.addresses(each.row.data, original)
        if place not in self.servers:
            self.servers[place] = start("cms.wsgi:application", place, "/en/")
        if each.row.visitor and (place, each.row.visitor) not in self.cookies:
            self.cookies[place, each.row.visitor] = datasets.session(place, each.row.visitor)

    def run(self, each: report.Measured, bare: tuple[load.Load, float], seconds: float) -> None:
        row, place = each.row, place_measured(each)
        server = self.servers[place]
        path = row.path.format(**self.addresses[datasets.place_of(row.data, each.size)])
        headers = dict(CACHED if row.cached else UNCACHED)
        if row.visitor:
            headers["Cookie"] = self.cookies[place, row.visitor]
        form = None
        if row.posting:
            headers["Cookie"] += f"; csrftoken={CSRF}"
            form = a_post
        server.forget_peak()
        done, cpu = measure(server, path, headers, seconds, form)
        bare_load, bare_cpu = bare
        each.runs.append(report.Run(done, cpu, bare_cpu, bare_load.per_second, server.peak()))

    def stop(self) -> None:
        for server in (self.bare, *self.servers.values()):
            server.stop()


def place_measured(each: report.Measured) -> datasets.Place:
    place = datasets.place_of(each.row.data, each.size)
    return datasets.copy_of(place) if each.row.posting else place


def a_post() -> str:
    """Another one each time."""
    nonce = uuid4()
    return urlencode(
        {
            "csrfmiddlewaretoken": CSRF,
            "nonce": nonce,
            "language": "en",
            "text": f"{POSTED}\n\nThis one is {nonce}.",
        }
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short run, to see that it works")
    parser.add_argument("--rows", default="", help="only the rows whose name holds this text")
    parser.add_argument("--sizes", default="", help="only these numbers of documents or posts, with commas")
    parser.add_argument("--seconds", type=float, default=3, help="length of each run")
    parser.add_argument("--runs", type=int, default=3, help="runs, of which the median counts")
    options = parser.parse_args()
    seconds, runs = (1, 1) if options.quick else (options.seconds, options.runs)
    sizes = {int(size) for size in options.sizes.split(",")} if options.sizes else set()
    measured = [
        report.Measured(row, size)
        for row in ROWS
        for size in row.sizes
        if options.rows in row.name and (not sizes or size in sizes)
    ]

    # The servers are stopped also when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    largest = {DOCUMENTS: SMALLEST}
    for each in measured:
        # The queue of translations and the forum grow from documents.
        for data in (each.row.data, *([DOCUMENTS] if each.row.data == QUEUE else [])):
            largest[data] = max(largest.get(data, 0), each.size)
    for data, size in largest.items():
        datasets.build(data, size, say)
    datasets.manage(SMALLEST, "collectstatic", "--noinput", "--verbosity", "0")
    measuring = Measuring(measured)
    try:
        for number in range(runs):
            for _row, together in groupby(measured, key=lambda each: each.row):
                # The bare view just before: other load on the machine weighs on both.
                bare = measure(measuring.bare, "/", {}, seconds)
                for each in together:
                    measuring.run(each, bare, seconds)
                    multiple = each.runs[-1].cpu / each.runs[-1].bare_cpu
                    say(f"run {number + 1} of {runs}: {each.row.name}, {each.size}: {multiple:.2f}")
    finally:
        measuring.stop()

    bare_cpu = sorted(run.bare_cpu for each in measured for run in each.runs)[len(measured) * runs // 2]
    table = report.markdown(measured, notes(bare_cpu, seconds, runs))
    say("\n" + table)
    if not options.quick and not options.rows and not sizes:
        (datasets.BENCH / "table.md").write_text(table, encoding="utf-8")
    return 0


def notes(bare: float, seconds: float, runs: int) -> list[str]:
    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
    built = "with" if "--enable-optimizations" in options else "without"
    return [
        f"CPU: of all processes of the web server, a request; the bare view (a template of 30 rows, no "
        f"database, no middleware, same server) takes {bare:.2f} ms. Share: of the bare view's requests per "
        f"second. MiB: peak of the larger worker.",
        f"Median of {runs} runs of {seconds:g} s, each after a run of the bare view; {WORKERS} workers, "
        f"{load.CONNECTIONS} connections, by {load.generator()}. {'PostgreSQL' if datasets.SERVER else 'SQLite'}.",
        "Signed in: a member who has read most of the forum. Posting: by a facilitator, who may write so fast, into a "
        "copy of the database; background work is not done meanwhile. The long topic holds one in twenty posts.",
        "Cached: compressed, from the page cache. All others are rendered: the page cache is passed by, which"
        " only the bench's settings allow; everything else is as in production, what workers keep included.",
        f"{platform.python_implementation()} {platform.python_version()}, built {built} profile-guided "
        f"optimisation, {sys.platform} {platform.machine()}.",
    ]


if __name__ == "__main__":
    raise SystemExit(main())
