"""The stamp all workers share: it changes whenever something shown changes.

Without Redis all workers stand on one machine and the stamp is a file (reading it is one `stat`); with Redis
it is a key. A stamp is never used twice, so what was made under an old one can never be taken for new.

`kept_until_change` keeps the answer of a function per process for as long as the stamp stands.
"""

import functools
import logging
import os
import threading
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.conf import settings

from .pending import uncommitted

logger = logging.getLogger("ancrage.page_cache")
PATIENCE = 10.0  # seconds a thread waits for another that computes the same


class FileStamp:
    def __init__(self, path: Path):
        self.path = str(path)

    def read(self) -> str:
        try:
            status = os.stat(self.path)
        except FileNotFoundError:
            self.bump()
            status = os.stat(self.path)
        return f"{status.st_mtime_ns}-{status.st_ino}"

    def bump(self) -> None:
        # Another file takes the place of the old one, in one step. Its time is set to the nanosecond because
        # file systems stamp by the tick (some milliseconds), within which an inode number can come back.
        fresh = f"{self.path}.{os.getpid()}.{threading.get_ident()}.{time.monotonic_ns()}"
        os.makedirs(os.path.dirname(fresh), exist_ok=True)
        with open(fresh, "xb"):
            pass
        now = time.time_ns()
        os.utime(fresh, ns=(now, now))
        os.replace(fresh, self.path)


class RedisStamp:
    KEY = "ancrage:page-stamp"

    def __init__(self, url: str):
        # Imported here: `redis` is needed only where REDIS_URL is set.
        from redis import Redis

        self.client: Any = Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)

    def read(self) -> str:
        value = self.client.get(self.KEY)
        if value is None:
            # A server that lost its data must not start over at a number that was in use before.
            self.client.set(self.KEY, uuid.uuid4().hex, nx=True)
            value = self.client.get(self.KEY)
        return value.decode()

    def bump(self) -> None:
        self.client.set(self.KEY, uuid.uuid4().hex)


@functools.cache
def _stamp() -> FileStamp | RedisStamp:
    if settings.REDIS_URL:
        return RedisStamp(settings.REDIS_URL)
    return FileStamp(settings.PAGE_CACHE_STAMP_FILE)


# The stamp as it stood when the request in hand began: one reading serves the whole request.
_of_request: ContextVar[str | None] = ContextVar("page_stamp_of_request", default=None)


def read_stamp() -> str | None:
    """The shared stamp now; None if it cannot be read, and then nothing may be kept."""
    try:
        return _stamp().read()
    except Exception:  # a lost Redis, a full disk: pages are still served, only slower
        logger.exception("The page stamp cannot be read; nothing is kept meanwhile.")
        return None


def current_stamp() -> str | None:
    """The shared stamp as this request sees it (outside a request: now)."""
    return _of_request.get() or read_stamp()


def bump_stamp() -> None:
    """Everything kept under the present stamp is out of date, in all workers, from now on."""
    _of_request.set(None)
    try:
        _stamp().bump()
    except Exception:  # the change is committed: failing its author now would be a lie
        logger.exception("The page stamp cannot be changed: readers may see old pages for some minutes.")


class stamp_for_request:
    """Within it, `current_stamp()` is the given one until something is changed."""

    def __init__(self, stamp: str | None):
        self.stamp = stamp

    def __enter__(self) -> None:
        self.token = _of_request.set(self.stamp)

    def __exit__(self, *_exception) -> None:
        _of_request.reset(self.token)


def kept_until_change(function: Callable) -> Callable:
    """Keep `function()` (no arguments) in this process until the shared stamp changes.

    What it returns may depend on the database only, not on the time or the language, and is not to be
    altered by its callers. Within a transaction that changed something, it is kept for that transaction.
    """
    kept: list[tuple[str, object]] = []
    computing = threading.RLock()

    def found(stamp: str) -> tuple[str, object] | None:
        return next((entry for entry in kept[:1] if entry[0] == stamp), None)

    @functools.wraps(function)
    def wrapper():
        stamp = current_stamp()
        if stamp is None:
            return function()
        stamp += uncommitted()
        if entry := found(stamp):
            return entry[1]
        # One thread computes, the others wait for it; not for ever, should it hang.
        waited = computing.acquire(timeout=PATIENCE)
        try:
            if entry := found(stamp):
                return entry[1]
            value = function()
            # A change made meanwhile gives the next caller another stamp: this value is then not found.
            kept[:1] = [(stamp, value)]
            return value
        finally:
            if waited:
                computing.release()

    wrapper.forget = kept.clear  # type: ignore[attr-defined]
    return wrapper
