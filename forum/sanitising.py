"""What a post's HTML may consist of, whoever made it."""

import re
from functools import lru_cache
from html import escape

import nh3

from forum.marking import FILE

ADDRESSES = frozenset({"http", "https", "mailto"})
BLOCKS = {"p", "hr", "h3", "h4", "h5", "h6", "blockquote", "ol", "ul", "li", "pre", "section"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = BLOCKS | TABLES | {"br", "strong", "em", "s", "code", "a", "img", "sup"}
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "id", "lang", "dir", "rel"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "li": {"id"},
}
ALIGNED = {"to-left", "to-center", "to-right"}
CLASSES: dict[str, set[str]] = {
    "a": {"mention", "attached", "titled", "footnote-backref"},
    "hr": {"footnotes-sep"},
    "li": {"footnote-item"},
    "ol": {"footnotes-list"},
    "section": {"footnotes"},
    "sup": {"footnote-ref"},
    "td": ALIGNED,
    "th": ALIGNED,
}
NOTE = re.compile(r"fn(?:ref)?-[a-z0-9]{1,20}-\d+(?::\d+)?\Z")


def sanitised(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        attribute_filter=_kept,
        url_schemes=set(ADDRESSES),
        link_rel=None,
        strip_comments=True,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """Ids are those of footnotes, pictures those that were attached here."""
    if name == "id":
        return value if NOTE.match(value) else None
    if (tag, name) == ("img", "src"):
        return value if FILE.match(value) else None
    return value


@lru_cache(maxsize=1000)
def stands_as_address(url: str) -> bool:
    """Whether the sanitiser leaves a link's address as it is: it knows which names of hosts there can be."""
    return "href" in sanitised(f'<a href="{escape(url)}">a</a>')
