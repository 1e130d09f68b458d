"""Which of the languages something exists in a reader gets. Pure: every list and every link asks this one."""

from collections.abc import Collection

from django.conf import settings

_RANK = {code: place for place, (code, _name) in enumerate(settings.LANGUAGES)}


def language_shown(available: Collection[str], language: str, original: str = "") -> str:
    """The one of `available` (never empty) for a reader of `language`.

    Theirs, else the `original`, in which it was written, else the first in the site's order.
    """
    if language in available:
        return language
    if original in available:
        return original
    return min(available, key=lambda code: (_RANK.get(code, len(_RANK)), code))
