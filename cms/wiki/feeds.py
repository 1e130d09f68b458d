"""Recent changes as an Atom feed (RFC 4287), one for each choice of filters."""

from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.page_cache.decorators import public_page
from cms.wiki.addresses import address
from cms.wiki.filters import Asked
from cms.wiki.lines import line
from cms.wiki.queries.changes import Change, author_of, changes
from cms.wiki.reading import known_collections, read_asked
from cms.wiki.version_words import names, significance_name

ENTRIES = 50
ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Of a feed that has nothing to tell yet: always the same, so that readers see no change.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@public_page
def changes_feed(request: HttpRequest) -> HttpResponse:
    """Filters that are not known are passed over. At most 8 queries."""
    asked = read_asked(request, known_collections())
    asked = Asked(asked.filters)
    person = author_of(asked.filters.author) if asked.filters.author else None
    if asked.filters.author and person is None:
        asked = Asked(asked.filters.without("author"))
    found = changes(asked, ENTRIES)
    feed = Element("feed", {"xmlns": ATOM, LANG: get_language() or settings.LANGUAGE_CODE})
    own = settings.BASE_URL + address("feed") + asked.filters.query()
    title = _("Recent changes")
    if person is not None:
        title = _("Changes by %(name)s") % {"name": person.shown_name}
    _text(feed, "title", f"{title} · {settings.WAGTAIL_SITE_NAME}")
    _text(feed, "id", own)
    newest = max((change.version.published_at for change in found), default=NEVER)
    _text(feed, "updated", _moment(newest))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=own)
    page = settings.BASE_URL + address("changes") + asked.filters.query()
    SubElement(feed, "link", rel="alternate", type="text/html", href=page)
    # Of an entry whose author's name is not known (RFC 4287, 4.1.1).
    _text(SubElement(feed, "author"), "name", settings.WAGTAIL_SITE_NAME)
    for change in found:
        _entry(feed, change)
    return HttpResponse(
        b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8"),
        content_type="application/atom+xml; charset=utf-8",
    )


def _entry(feed: Element, change: Change) -> None:
    version = change.version
    told = line(version)
    entry = SubElement(feed, "entry")
    _text(entry, "id", _entry_id(change))
    _text(entry, "title", version.title).set(LANG, version.language)
    _text(entry, "updated", _moment(version.published_at))
    _text(entry, "published", _moment(version.published_at))
    for name in dict.fromkeys(filter(None, (version.author_name, *names(version.co_authors)))):
        _text(SubElement(entry, "author"), "name", name)
    leads_to = settings.BASE_URL + (told.older_url or told.url)
    SubElement(entry, "link", rel="alternate", type="text/html", href=leads_to)
    SubElement(entry, "category", term=version.significance, label=significance_name(version.significance))
    said = [told.name, version.summary, told.significance_name, told.told]
    _text(entry, "summary", " · ".join(part for part in said if part))


def _entry_id(change: Change) -> str:
    """A tag URI (RFC 4151): the same in every interface language, and whatever becomes of the addresses."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"tag:{host},2026:wiki/{change.version.page_id}/{change.version.pk}"


def _text(parent: Element, tag: str, text: str) -> Element:
    child = SubElement(parent, tag)
    child.text = "".join(letter for letter in text if _fits_xml(letter))
    return child


def _fits_xml(letter: str) -> bool:
    """XML 1.0 has no other control characters than these three, and no half of a pair."""
    code = ord(letter)
    return letter in "\t\n\r" or (
        code >= 0x20 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
