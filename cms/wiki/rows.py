"""Rows of long lists, rendered once in each language until something shown changes.

What a version says never changes; what a page of fifty of them costs is making their rows. Which rows are shown
is asked of the database each time.
"""

from collections.abc import Callable

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.core.page_cache.stamp import kept_until_change

MOST = 5000  # rows kept in a process, of about a kilobyte each


@kept_until_change
def _kept_rows() -> dict[tuple, SafeString]:
    return {}


def rendered(template: str, key: tuple, build: Callable[[], dict]) -> SafeString:
    """`template` with the context `build()`. `key` holds all that the row depends on besides the database."""
    kept = _kept_rows()
    full_key = (template, get_language(), *key)
    html = kept.get(full_key)
    if html is None:
        html = mark_safe(get_template(template).render(build()))
        if len(kept) < MOST:
            kept[full_key] = html
    return html
