"""The databases that are measured: built once with `load_benchmark_data`, kept in `var/bench/`.

They are built anew when a migration or the code that invents the content changes.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BENCH = ROOT / "var" / "bench"
REVISIONS = 20  # of each document


QUEUED_FOR = "pt,de,it,ar"  # besides the three that documents are written in
Place = int | str  # documents, or the name of a database that grew from one of so many


def with_queue(size: int) -> str:
    """The name of the database of `size` documents that has a queue of translations."""
    return f"{size}-queue"


def folder(size: Place) -> Path:
    return BENCH / str(size)


def environment(size: Place) -> dict[str, str]:
    """For processes that serve or fill the database of `size` documents, whatever the caller's own setup."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return kept | {
        "BENCH_DATA": str(folder(size)),
        "DATABASE_URL": f"sqlite:///{folder(size) / 'site.sqlite3'}",
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


def fingerprint() -> str:
    """Of everything that decides what the databases hold."""
    sources = [
        *ROOT.glob("*/migrations/0*.py"),
        *ROOT.glob("cms/*/migrations/0*.py"),
        *ROOT.glob("cms/demo/benchmark_*.py"),
        ROOT / "home" / "services.py",
    ]
    digest = hashlib.sha256(str(REVISIONS).encode())
    for path in sorted(sources):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def build(sizes: tuple[int, ...], say) -> None:
    """Make the databases that are missing or out of date, smallest first: the larger ones grow from it."""
    wanted = fingerprint()
    for smaller, size in zip((None, *sizes), sizes, strict=False):
        place = folder(size)
        built = place / "built"
        if built.exists() and built.read_text() == wanted:
            continue
        say(f"building a database of {size} documents in {place.relative_to(ROOT)} …")
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        if smaller is None:
            manage(size, "migrate", "--verbosity", "0")
        else:
            shutil.copy(folder(smaller) / "site.sqlite3", place / "site.sqlite3")
        content = ("--documents", str(size), "--languages", "en,fr,es", "--revisions", str(REVISIONS))
        manage(size, "load_benchmark_data", *content)
        manage(size, "update_index", "--verbosity", "0")
        built.write_text(wanted)


def build_queues(sizes: tuple[int, ...], say) -> None:
    """The same for the databases with a queue of translations."""
    wanted = fingerprint()
    for size in sizes:
        place = folder(with_queue(size))
        built = place / "built"
        if built.exists() and built.read_text() == wanted:
            continue
        say(f"building a queue of translations for {size} documents in {place.relative_to(ROOT)} …")
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        shutil.copy(folder(size) / "site.sqlite3", place / "site.sqlite3")
        manage(with_queue(size), "load_benchmark_data", "--translations", QUEUED_FOR)
        built.write_text(wanted)


def session(size: int) -> str:
    """The cookie of somebody who translates and is logged in."""
    command = [sys.executable, "-m", "tests.benchmarks.session"]
    environ = environment(with_queue(size))
    return subprocess.run(
        command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True
    ).stdout.strip()


def addresses(size: int) -> dict[str, str]:
    """What the braces in the catalogue's paths stand for."""
    command = [sys.executable, "-m", "tests.benchmarks.addresses"]
    found = subprocess.run(command, cwd=ROOT, env=environment(size), check=True, capture_output=True)
    return json.loads(found.stdout)
