"""How long after its publication a page is found, and a post, on each search engine that is there; and when no more.

    python -m tests.benchmarks.finding [--times 20] [--engines sqlite,opensearch]

A small site, with the worker that the project runs in a process of its own. Engines are found as
`tests.benchmarks.engines` finds them.
"""

import argparse
import json
import shutil

from . import datasets, engines
from .catalogue import FORUM
from .engines import ENGINES, POSTGRESQL, is_here, make_database, say
from .finding_report import Finding, finding_table

DOCUMENTS, TOPICS, POSTS = 30, 5, 50  # there are, besides what is published and posted


class Site(engines.Place):
    """A site in a database that is written to: what is measured in it stays there, and disturbs nothing."""

    def __init__(self, engine: str) -> None:
        super().__init__(engine, DOCUMENTS, POSTS)
        self.name = "finding"
        self.folder = datasets.folder(f"{self.name}-{self.database}")

    def fill(self) -> None:
        wanted, mark = datasets.fingerprint(FORUM), self.folder / "built"
        if mark.exists() and mark.read_text() == wanted:
            return
        say(f"making a small site in {self.database} …")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if self.database == POSTGRESQL:
            make_database(f"bench-{self.name}")
        self.told("manage.py", "migrate", "--verbosity", "0")
        load = ("manage.py", "load_benchmark_data")
        self.told(*load, "--documents", str(DOCUMENTS), "--languages", "en,fr,es")
        self.told(*load, "--topics", str(TOPICS), "--posts", str(POSTS))
        mark.write_text(wanted)

    def measure(self, times: int) -> list[Finding]:
        self.told("manage.py", "migrate", "--verbosity", "0")
        self.told("manage.py", "update_index", "--verbosity", "0")
        said = json.loads(self.told("-m", "tests.benchmarks.finding_process", str(times)))
        return [Finding(self.engine, what, **took) for what, took in said.items()]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.finding", description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="pages, and posts, on each engine")
    parser.add_argument("--engines", default=",".join(ENGINES))
    options = parser.parse_args()
    rows: list[Finding] = []
    for engine in options.engines.split(","):
        if not is_here(engine):
            say(f"{engine}: not here, no variable names it")
            continue
        site = Site(engine)
        site.fill()
        rows += site.measure(options.times)
        say(f"{engine}: measured")
    say("\n" + finding_table(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
