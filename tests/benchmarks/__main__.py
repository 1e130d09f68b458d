"""`make bench`: what a page costs, as a multiple of a bare Django view under the same server, in one run."""

import argparse
import platform
import signal
import sys
import sysconfig

from . import datasets, load, report
from .catalogue import ROWS, SIZES
from .server import Server, free_port

WORKERS = 2
# "Uncached" pages are asked for as the peers' were: whole, not compressed (a kept page is compressed once).
UNCACHED = {"X-Uncached": "1"}
CACHED = {"Accept-Encoding": "gzip"}


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def command(application: str, port: int) -> list[str]:
    """The command line that production uses, for another application."""
    import os

    os.environ.update(datasets.environment(SIZES[0]))
    from cms.core.processes import web_command

    usual = web_command(host="127.0.0.1", port=port, workers=WORKERS)
    return [application if part == "cms.wsgi:application" else part for part in usual]


def start(application: str, size: datasets.Place, path: str) -> Server:
    port = free_port()
    return Server.start(command(application, port), port, datasets.ROOT, datasets.environment(size), path)


def measure(server: Server, path: str, headers: dict[str, str], seconds: float) -> tuple[load.Load, float]:
    """(load, milliseconds of CPU a request)"""
    rate = load.warm(server.port, path, headers)
    seconds = min(load.LONGEST, max(seconds, load.FEWEST_REQUESTS / rate))
    before = server.cpu()
    done = load.run(server.port, path, headers, seconds)
    return done, (server.cpu() - before) * 1000 / done.requests


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short run, to see that it works")
    parser.add_argument("--rows", default="", help="only the rows whose name holds this text")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="only these numbers of documents")
    parser.add_argument("--seconds", type=float, default=3, help="length of each run")
    parser.add_argument("--runs", type=int, default=3, help="runs, of which the median counts")
    options = parser.parse_args()
    seconds, runs = (1, 1) if options.quick else (options.seconds, options.runs)
    sizes = tuple(int(size) for size in options.sizes.split(","))

    # The servers are stopped also when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    datasets.build(SIZES[: SIZES.index(max(sizes)) + 1], say)
    datasets.manage(sizes[0], "collectstatic", "--noinput", "--verbosity", "0")
    places = {size: datasets.addresses(size) for size in sizes}
    measured = [report.Measured(row, size) for row in ROWS if options.rows in row.name for size in sizes]
    queued = any(each.row.translator for each in measured)
    if queued:
        datasets.build_queues(sizes, say)
    cookies = {size: datasets.session(size) for size in sizes} if queued else {}
    servers: dict[object, Server] = {}
    try:
        servers["bare"] = start("tests.benchmarks.bare:application", SIZES[0], "/")
        for size in sizes:
            servers[size] = start("cms.wsgi:application", size, "/en/")
            if queued:
                servers[size, "queue"] = start("cms.wsgi:application", datasets.with_queue(size), "/en/")
        for number in range(runs):
            for each in measured:
                one_run(
                    each, servers, each.row.path.format(**places[each.size]), seconds, cookies.get(each.size)
                )
                multiple = each.runs[-1].cpu / each.runs[-1].bare_cpu
                say(f"run {number + 1} of {runs}: {each.row.name}, {each.size}: {multiple:.2f}")
    finally:
        for server in servers.values():
            server.stop()

    bare = sorted(run.bare_cpu for each in measured for run in each.runs)[len(measured) * runs // 2]
    table = report.markdown(measured, notes(bare, seconds, runs))
    say("\n" + table)
    if not options.quick and not options.rows and sizes == SIZES:
        (datasets.BENCH / "table.md").write_text(table, encoding="utf-8")
    return 0


def one_run(each: report.Measured, servers: dict, path: str, seconds: float, cookie: str | None) -> None:
    server, bare = servers[each.size], servers["bare"]
    headers = CACHED if each.row.cached else UNCACHED
    if each.row.translator and cookie:
        server, headers = servers[each.size, "queue"], {**UNCACHED, "Cookie": cookie}
    bare_load, bare_cpu = measure(bare, "/", {}, seconds)
    server.forget_peak()
    done, cpu = measure(server, path, headers, seconds)
    each.runs.append(report.Run(done, cpu, bare_cpu, bare_load.per_second, server.peak()))


def notes(bare: float, seconds: float, runs: int) -> list[str]:
    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
    built = "with" if "--enable-optimizations" in options else "without"
    return [
        f"CPU: of all processes of the web server, a request; the bare view (a template of 30 rows, no "
        f"database, no middleware, same server) takes {bare:.2f} ms. Share: of the bare view's requests per "
        f"second. MiB: peak of the larger worker.",
        f"Median of {runs} runs of {seconds:g} s, each beside a run of the bare view; {WORKERS} workers, "
        f"{load.CONNECTIONS} connections, by {load.generator()}. SQLite.",
        "Cached: compressed, from the page cache. All others are rendered: the page cache is passed by, which"
        " only the bench's settings allow; everything else is as in production, what workers keep included.",
        f"{platform.python_implementation()} {platform.python_version()}, built {built} profile-guided "
        f"optimisation, {sys.platform} {platform.machine()}.",
    ]


if __name__ == "__main__":
    raise SystemExit(main())
