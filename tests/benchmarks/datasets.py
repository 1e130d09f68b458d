"""The databases that are measured: built once with `load_benchmark_data`, kept in `var/bench/`.

They are built anew when a migration or the code that invents the content changes. With `BENCH_POSTGRESQL`, the address of
a database of a PostgreSQL server, they are databases of that server, and `var/bench-postgresql/` says what they hold.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .catalogue import COUNTED, DOCUMENTS, FORUM, QUEUE, SIZES

ROOT = Path(__file__).parents[2]
SERVER = os.environ.get("BENCH_POSTGRESQL", "")
BENCH = ROOT / "var" / ("bench-postgresql" if SERVER else "bench")
REVISIONS = 20  # of each document


QUEUED_FOR = "pt,de,it,ar"  # besides the three that documents are written in
POSTS_OF_A_TOPIC = 50  # on average
Place = int | str  # documents, or the name of another database


def place_of(data: str, size: int) -> Place:
    """The database of `size` documents; the one that has a queue of translations besides; the one of `size` posts."""
    return {DOCUMENTS: size, QUEUE: f"{size}-queue", FORUM: f"forum-{size}"}[data]


def copy_of(place: Place) -> str:
    """Where it may be written to."""
    return f"{place}-copy"


def folder(size: Place) -> Path:
    return BENCH / str(size)


def database(place: Place) -> str:
    """Its name on a server."""
    return "bench_" + re.sub(r"\W", "_", str(place))


def database_url(place: Place) -> str:
    if SERVER:
        return f"{SERVER.rsplit('/', 1)[0]}/{database(place)}"
    return f"sqlite:///{folder(place) / 'site.sqlite3'}"


def environment(size: Place) -> dict[str, str]:
    """For processes that serve or fill the database of `size` documents, whatever the caller's own setup."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return kept | {
        "BENCH_DATA": str(folder(size)),
        "BENCH_POSTGRESQL": SERVER,
        "DATABASE_URL": database_url(size),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "SECRET_KEY": "only for measuring",
        "BASE_URL": "http://127.0.0.1",
        "DEBUG": "0",
        "DEMO": "0",
        "REDIS_URL": "",
        "PYTHONHASHSEED": "0",
    }


def manage(size: Place, *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(size), check=True)


def fingerprint(data: str) -> str:
    """Of everything that decides what the databases hold."""
    of_forum = [ROOT / "cms" / "demo" / f"benchmark_{name}.py" for name in ("forum", "rows")]
    sources = [
        *ROOT.glob("*/migrations/0*.py"),
        *ROOT.glob("cms/*/migrations/0*.py"),
        *(path for path in ROOT.glob("cms/demo/benchmark_*.py") if path not in of_forum),
        *(of_forum if data == FORUM else ()),
        ROOT / "home" / "services.py",
    ]
    digest = hashlib.sha256(f"{REVISIONS} {POSTS_OF_A_TOPIC}".encode())
    for path in sorted(sources):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def is_built(place: Place, wanted: str) -> bool:
    built = folder(place) / "built"
    return built.exists() and built.read_text() == wanted


def build(data: str, largest: int, say) -> None:
    """Make the databases of up to `largest` that are missing or out of date."""
    wanted = fingerprint(data)
    smaller = None
    for size in (size for size in SIZES[data] if size <= largest):
        place = place_of(data, size)
        if not is_built(place, wanted):
            say(f"building a database of {size:,} {COUNTED[data]} in {folder(place).relative_to(ROOT)} …")
            shutil.rmtree(folder(place), ignore_errors=True)
            folder(place).mkdir(parents=True)
            BUILDERS[data](size, place, smaller)
            (folder(place) / "built").write_text(wanted)
        smaller = place


def build_documents(size: int, place: Place, smaller: Place | None) -> None:
    """The larger one grows from the smaller."""
    if smaller is None:
        begin_empty(place)
        manage(place, "migrate", "--verbosity", "0")
    else:
        begin_from(smaller, place)
    content = ("--documents", str(size), "--languages", "en,fr,es", "--revisions", str(REVISIONS))
    manage(place, "load_benchmark_data", *content)
    manage(place, "update_index", "--verbosity", "0")


def build_queue(size: int, place: Place, smaller: Place | None) -> None:
    begin_from(place_of(DOCUMENTS, size), place)
    manage(place, "load_benchmark_data", "--translations", QUEUED_FOR)


def build_forum(size: int, place: Place, smaller: Place | None) -> None:
    begin_from(place_of(DOCUMENTS, SIZES[DOCUMENTS][0]), place)
    topics = size // POSTS_OF_A_TOPIC
    manage(place, "load_benchmark_data", "--topics", str(topics), "--posts", str(size))


BUILDERS = {DOCUMENTS: build_documents, QUEUE: build_queue, FORUM: build_forum}


def begin_empty(place: Place) -> None:
    if SERVER:
        on_server(f"DROP DATABASE IF EXISTS {database(place)}", f"CREATE DATABASE {database(place)}")


def begin_from(other: Place, place: Place) -> None:
    """`other` is not to be in use."""
    if SERVER:
        copied = f"CREATE DATABASE {database(place)} TEMPLATE {database(other)}"
        on_server(f"DROP DATABASE IF EXISTS {database(place)}", copied)
    else:
        shutil.copy(folder(other) / "site.sqlite3", folder(place) / "site.sqlite3")


def on_server(*statements: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def make_copy(place: Place) -> None:
    """Anew each time: what is measured by writing begins from the same."""
    shutil.rmtree(folder(copy_of(place)), ignore_errors=True)
    folder(copy_of(place)).mkdir(parents=True)
    begin_from(place, copy_of(place))


def told_by(place: Place, module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    environ = environment(place)
    done = subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def session(place: Place, visitor: str) -> str:
    """The cookie of somebody who is logged in."""
    return told_by(place, "session", visitor)


def addresses(data: str, place: Place) -> dict[str, str]:
    """What the braces in the catalogue's paths stand for."""
    return json.loads(told_by(place, "addresses", FORUM if data == FORUM else DOCUMENTS))
