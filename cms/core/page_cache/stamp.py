"""The stamp all workers share: it changes whenever something shown changes.

Without Redis all workers stand on one machine and the stamp is a file (reading it is one `stat`); with Redis
it is a key. `kept_until_change` keeps the answer of a function per process for as long as the stamp stands.
"""

import functools
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

_lock = threading.Lock()


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
        # A new file in the place of the old one has another inode: two bumps within one tick of the clock differ.
        fresh = f"{self.path}.{os.getpid()}.{threading.get_ident()}.{time.monotonic_ns()}"
        Path(fresh).write_text(str(time.time_ns()), encoding="ascii")
        os.replace(fresh, self.path)


class RedisStamp:
    def __init__(self, url: str):
        from redis import Redis

        self.client = Redis.from_url(url)
        self.key = "ancrage:page-stamp"

    def read(self) -> str:
        value = self.client.get(self.key)
        return value.decode() if value else "0"

    def bump(self) -> None:
        self.client.incr(self.key)


@functools.cache
def _stamp() -> FileStamp | RedisStamp:
    if settings.REDIS_URL:
        return RedisStamp(settings.REDIS_URL)
    return FileStamp(settings.PAGE_CACHE_STAMP_FILE)


def current_stamp() -> str:
    return _stamp().read()


def bump_stamp() -> None:
    _stamp().bump()


def kept_until_change(function: Callable) -> Callable:
    """Keep `function()` (no arguments) in this process until the shared stamp changes."""
    kept: dict[str, object] = {}

    @functools.wraps(function)
    def wrapper():
        stamp = current_stamp()
        if stamp not in kept:
            value = function()
            with _lock:
                kept.clear()
                kept[stamp] = value
            return value
        return kept[stamp]

    wrapper.forget = kept.clear  # type: ignore[attr-defined]
    return wrapper
