"""Where finished pages are kept: a bounded layer in this process, and the cache all processes share."""

import gzip
import hashlib
import logging
import threading
import time
from collections import OrderedDict
from dataclasses import astuple, dataclass

from django.core.cache import caches

logger = logging.getLogger("ancrage.page_cache")

CACHE = "pages"  # of settings.CACHES
OVERHEAD = 1500  # bytes a kept page takes besides its text: headers, key, objects
COMPRESSIBLE = (
    "text/",
    "image/svg+xml",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/rss+xml",
)
WORTH_COMPRESSING = 600  # bytes


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A finished answer. `gzipped` is None where compressing is of no use; `expires` is in epoch seconds."""

    body: bytes
    gzipped: bytes | None
    etag: str
    headers: tuple[tuple[str, str], ...]
    expires: float

    @property
    def size(self) -> int:
        return len(self.body) + len(self.gzipped or b"") + OVERHEAD


def content_etag(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def compressed(body: bytes, content_type: str) -> bytes | None:
    """The text gzipped, or None where it is too short or not text. The same text gives the same bytes."""
    if len(body) < WORTH_COMPRESSING or not content_type.lower().startswith(COMPRESSIBLE):
        return None
    return gzip.compress(body, compresslevel=6, mtime=0)


class Memory:
    """Least recently used goes first once `limit` bytes are held. All pages are of one stamp."""

    def __init__(self, limit: int):
        self.limit = limit
        self.held = 0
        self.stamp: str | None = None
        self.pages: OrderedDict[str, KeptPage] = OrderedDict()
        self.known: set[str] = set()
        self.lock = threading.Lock()

    def get(self, key: str, stamp: str) -> KeptPage | None:
        with self.lock:
            page = self.pages.get(key)
            if page is None or stamp != self.stamp:
                return None
            if page.expires <= time.time():
                self._drop(key)
                return None
            self.pages.move_to_end(key)
            return page

    def put(self, key: str, stamp: str, page: KeptPage) -> None:
        if page.size > self.limit:
            return
        with self.lock:
            if stamp != self.stamp:
                # What was public before probably still is: see `Renderings`.
                self.known = set(self.pages)
                self.pages.clear()
                self.held = 0
                self.stamp = stamp
            self._drop(key)
            self.pages[key] = page
            self.held += page.size
            while self.held > self.limit:
                self._drop(next(iter(self.pages)))

    def was_public(self, key: str) -> bool:
        """Whether this address gave a page to keep lately, under this stamp or the one before."""
        return key in self.known or key in self.pages

    def _drop(self, key: str) -> None:
        page = self.pages.pop(key, None)
        if page is not None:
            self.held -= page.size


class Shared:
    """The cache of all processes. An error there is logged and costs a rendering, never an answer."""

    def get(self, key: str, stamp: str) -> KeptPage | None:
        try:
            kept = caches[CACHE].get(self._key(key, stamp))
        except Exception:
            logger.exception("The shared cache cannot be read.")
            return None
        if kept is None or kept[-1] <= time.time():
            return None
        return KeptPage(*kept)

    def put(self, key: str, stamp: str, page: KeptPage) -> None:
        seconds = int(page.expires - time.time())
        if seconds < 1:
            return
        try:
            caches[CACHE].set(self._key(key, stamp), astuple(page), timeout=seconds)
        except Exception:
            logger.exception("The shared cache cannot be written.")

    @staticmethod
    def _key(key: str, stamp: str) -> str:
        return "page:" + hashlib.blake2b(f"{stamp} {key}".encode(), digest_size=20).hexdigest()


class Renderings:
    """One rendering of an address at a time in this process; others wait for it a little.

    Only for addresses known to give a page to keep: others must not wait for each other in vain.
    """

    PATIENCE = 3.0  # seconds

    def __init__(self):
        self.lock = threading.Lock()
        self.running: dict[str, threading.Event] = {}

    def begin(self, key: str) -> bool:
        """True: render, then call `end`. False: somebody else has just finished, or is taking long."""
        with self.lock:
            event = self.running.get(key)
            if event is None:
                self.running[key] = threading.Event()
                return True
        event.wait(self.PATIENCE)
        return False

    def end(self, key: str) -> None:
        with self.lock:
            event = self.running.pop(key)
        event.set()
