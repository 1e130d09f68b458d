"""Recent changes as an Atom feed, one for each choice of filters."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.atom import Entry, Feed, feed_response, tag
from cms.core.page_cache.decorators import public_page
from cms.wiki.addresses import address
from cms.wiki.filters import Asked
from cms.wiki.lines import line
from cms.wiki.queries.changes import Change, author_of, changes
from cms.wiki.reading import known_collections, read_asked
from cms.wiki.version_words import names, significance_name

ENTRIES = 50


@public_page
def changes_feed(request: HttpRequest) -> HttpResponse:
    """Filters that are not known are passed over. At most 8 queries."""
    asked = read_asked(request, known_collections())
    asked = Asked(asked.filters)
    person = author_of(asked.filters.author) if asked.filters.author else None
    if asked.filters.author and person is None:
        asked = Asked(asked.filters.without("author"))
    own = settings.BASE_URL + address("feed") + asked.filters.query()
    title = _("Recent changes")
    if person is not None:
        title = _("Changes by %(name)s") % {"name": person.shown_name}
    return feed_response(
        Feed(
            id=own,
            title=f"{title} · {settings.WAGTAIL_SITE_NAME}",
            address=own,
            page=settings.BASE_URL + address("changes") + asked.filters.query(),
            language=get_language() or settings.LANGUAGE_CODE,
            entries=[_entry(change) for change in changes(asked, ENTRIES)],
        )
    )


def _entry(change: Change) -> Entry:
    version = change.version
    told = line(version)
    said = [told.name, version.summary, told.significance_name, told.told]
    return Entry(
        id=tag(f"wiki/{change.version.page_id}/{change.version.pk}"),
        title=version.title,
        address=settings.BASE_URL + (told.older_url or told.url),
        published=version.published_at,
        updated=version.published_at,
        authors=[version.author_name, *names(version.co_authors)],
        language=version.language,
        summary=" · ".join(part for part in said if part),
        categories=[(version.significance, significance_name(version.significance))],
    )
