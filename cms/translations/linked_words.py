"""Words taken from elsewhere, with the links that this segment has. Pure."""

import re
from collections.abc import Collection

from cms.translations.inline import NotInline, normalise_inline

_TAG = re.compile(r'<a id="([^"]*)">|</a>')


def with_links_of(text: str, links: Collection[str]) -> str:
    """The canonical form of `text`; a link that is not among `links`, or stands there again, leaves its words.

    "" for what no segment may hold.
    """
    try:
        canonical = normalise_inline(text).strip()
    except NotInline:
        return ""
    left = set(links)
    open_links: list[bool] = []

    def kept(tag: re.Match) -> str:
        if tag.group(1) is None:
            keep = open_links.pop() if open_links else False
        else:
            keep = tag.group(1) in left
            left.discard(tag.group(1))
            open_links.append(keep)
        return tag.group() if keep else ""

    return _TAG.sub(kept, canonical)
