"""A migrated SQLite database, made once and copied for each run: migrating from nothing costs half a minute.

The copy is named after everything that made it (our migrations, the installed versions), so a change makes a
new one; Django still runs `migrate` on it, so that a missing migration shows.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

FOLDER = settings.BASE_DIR / "var" / "test-templates"
SOURCES = ["home/services.py", "cms/accounts/roles.py", "cms/accounts/services.py"]
PACKAGES = ["Django", "wagtail", "wagtail-localize", "django-allauth", "django-tasks-db"]


def template_path() -> Path:
    digest = hashlib.sha256()
    files = sorted(settings.BASE_DIR.glob("*/migrations/*.py")) + sorted(
        settings.BASE_DIR.glob("cms/*/migrations/*.py")
    )
    for path in [*files, *(settings.BASE_DIR / source for source in SOURCES)]:
        digest.update(path.read_bytes())
    digest.update(repr([version(package) for package in PACKAGES]).encode())
    return FOLDER / f"{digest.hexdigest()[:16]}.sqlite3"


@contextmanager
def alone() -> Iterator[None]:
    """Of several workers that find no template, one makes it; the others wait instead of migrating as well."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go with the file, whatever becomes of the process
        yield


def copy_template_to(target: str) -> bool:
    """Put a copy where the test database will be; say whether there was one."""
    template = template_path()
    if not template.exists():
        return False
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, target)
    return True


def keep_as_template(database: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    fresh = FOLDER / f"{os.getpid()}.part"
    with sqlite3.connect(database) as source, sqlite3.connect(fresh) as copy:
        source.backup(copy)
    os.replace(fresh, template_path())
