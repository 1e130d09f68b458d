"""Atom feeds (RFC 4287): elements, moments and ids as the standard wants them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpResponse

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Of a feed that has nothing to tell yet: always the same, so that readers see no change.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """`summary` is plain text, `html` the whole of it, sanitised and with full addresses. Addresses are full."""

    id: str
    title: str
    address: str
    published: datetime
    updated: datetime
    authors: Iterable[str] = ()
    language: str = ""  # of the title
    summary: str = ""
    html: str = ""
    html_language: str = ""
    categories: Iterable[tuple[str, str]] = ()  # (term, label)


@dataclass(frozen=True, slots=True)
class Feed:
    """`address`: of the feed itself; `page`: of what it tells of, for readers. Full addresses."""

    id: str
    title: str
    address: str
    page: str
    language: str
    entries: list[Entry] = field(default_factory=list)


def feed_response(feed: Feed) -> HttpResponse:
    root = Element("feed", {"xmlns": ATOM, LANG: feed.language})
    text(root, "title", feed.title)
    text(root, "id", feed.id)
    text(root, "updated", moment(max((entry.updated for entry in feed.entries), default=NEVER)))
    SubElement(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    SubElement(root, "link", rel="alternate", type="text/html", href=feed.page)
    # Of an entry whose author's name is not known (4.1.1).
    text(SubElement(root, "author"), "name", settings.WAGTAIL_SITE_NAME)
    for entry in feed.entries:
        add_entry(root, entry)
    return HttpResponse(
        b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8"),
        content_type="application/atom+xml; charset=utf-8",
    )


def add_entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    text(element, "id", entry.id)
    title = text(element, "title", entry.title)
    if entry.language:
        title.set(LANG, entry.language)
    text(element, "updated", moment(entry.updated))
    text(element, "published", moment(entry.published))
    for name in dict.fromkeys(filter(None, entry.authors)):
        text(SubElement(element, "author"), "name", name)
    SubElement(element, "link", rel="alternate", type="text/html", href=entry.address)
    for term, label in entry.categories:
        SubElement(element, "category", term=term, label=label)
    if entry.summary:
        text(element, "summary", entry.summary)
    if entry.html:
        content = text(element, "content", entry.html)
        content.set("type", "html")
        if entry.html_language:
            content.set(LANG, entry.html_language)


def tag(*parts: object) -> str:
    """A tag URI (RFC 4151): the same for the same parts, whatever becomes of the addresses."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"tag:{host},2026:" + "/".join(map(str, parts))


def text(parent: Element, name: str, words: str) -> Element:
    child = SubElement(parent, name)
    child.text = "".join(letter for letter in words if _fits_xml(letter))
    return child


def _fits_xml(letter: str) -> bool:
    """XML 1.0 has no other control characters than these three, and no half of a pair."""
    code = ord(letter)
    return letter in "\t\n\r" or (
        code >= 0x20 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
    )


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
