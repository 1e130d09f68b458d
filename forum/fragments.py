"""Parts of pages that cost time to make, kept in the process under all that they depend on.

Each post written anywhere makes every kept page and row of the site out of date (one stamp for all); a post that was
not touched looks the same after it. So what is kept here is found by its values, and never becomes wrong.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

LIMIT = 12 * 1024 * 1024  # characters kept in a process
# Where something personal is put into a kept part. Nobody who writes can know it.
SLOT = mark_safe(f"<!--{secrets.token_hex(8)}-->")


class Kept:
    """Least recently used goes first once `limit` characters are held."""

    def __init__(self, limit: int):
        self.limit = limit
        self.held = 0
        self.parts: OrderedDict[tuple, str] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: tuple) -> str | None:
        with self.lock:
            html = self.parts.get(key)
            if html is not None:
                self.parts.move_to_end(key)
            return html

    def put(self, key: tuple, html: str) -> None:
        with self.lock:
            self.held += len(html) - len(self.parts.pop(key, ""))
            self.parts[key] = html
            while self.held > self.limit:
                _key, gone = self.parts.popitem(last=False)
                self.held -= len(gone)


_kept = Kept(LIMIT)


def fragment(template: str, key: tuple, build: Callable[[], dict]) -> str:
    """`template` rendered with the context `build()`. `key` holds all that this depends on, but the language.

    Safe HTML; a plain text, so that slots in it can be filled by `replace`.
    """
    full_key = (template, get_language(), *key)
    html = None if settings.DEBUG else _kept.get(full_key)
    if html is None:
        html = str(get_template(template).render(build())).strip()
        _kept.put(full_key, html)
    return html


def in_slot(html: str, inside: str) -> str:
    """`html` with `inside` in the place of its slot. Both are safe HTML."""
    return html.replace(SLOT, inside, 1)
