"""What the frame of every page shows, and what the home page gathers from the library."""

from dataclasses import dataclass
from operator import attrgetter

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.addresses import tree_address
from cms.core.page_cache.stamp import kept_until_change
from home.models import PlainPage
from initiatives.catalogue import Catalogue, Work, bits_of
from initiatives.models import Document
from initiatives.queries.catalogue import catalogue
from initiatives.queries.collections import listed_collections
from initiatives.queries.files import ShownPicture, pictures_by_id


@dataclass(frozen=True, slots=True)
class Entry:
    key: str  # what a page puts in `nav` to mark its place in the menu
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of the site in one language."""

    home: str
    search: str
    fragment: str
    desk: str
    menu: list[Entry]
    reference: list[Entry]
    plain_pages: list[Entry]


@kept_until_change
def _kept_frames() -> dict[str, Frame]:
    return {}


def site_frame(language: str) -> Frame:
    """The frame in `language`. Asks the database once after each change of the site, then never."""
    frames = _kept_frames()
    if language not in frames:
        frames[language] = build_frame(language)
    return frames[language]


def build_frame(language: str) -> Frame:
    with translation.override(language):
        start = f"/{language}/"
        return Frame(
            home=start,
            search=f"{start}search/",
            fragment=f"{start}me/fragment/",
            desk=f"{start}me/",
            menu=[
                Entry("library", _("Library"), f"{start}library/"),
                Entry("collections", _("Collections"), f"{start}collections/"),
                Entry("grid", _("Reading grid"), f"{start}library/grid/"),
                Entry("map", _("Map"), f"{start}library/map/"),
                Entry("events", _("Events"), f"{start}events/"),
                Entry("forum", _("Forum"), f"{start}forum/"),
                Entry("glossary", _("Glossary"), f"{start}glossary/"),
                Entry("people", _("People"), f"{start}people/"),
                Entry("organisations", _("Organisations"), f"{start}organisations/"),
            ],
            reference=[
                Entry("themes", _("Themes"), f"{start}themes/"),
                Entry("territories", _("Territories"), f"{start}territories/"),
                Entry("bibliography", _("Bibliography"), f"{start}bibliography/"),
                Entry("newsletter", _("Newsletter"), f"{start}newsletter/"),
                Entry("changes", _("Recent changes"), reverse("wiki:changes")),
                Entry("languages", _("Languages"), reverse("translations:languages")),
            ],
            plain_pages=[
                Entry("plain", title, tree_address(language, url_path))
                for title, url_path in PlainPage.objects.visible_to(None)
                .filter(in_footer=True, locale__language_code=language)
                .order_by("order", "title")
                .values_list("title", "url_path")
            ],
        )


@dataclass(frozen=True, slots=True)
class CollectionRow:
    title: str
    summary: str
    url: str
    lang: str  # "" where it is the visitor's language
    count: int


def newest_works(library: Catalogue, limit: int) -> list[Work]:
    """The works published last; those of one day by the date of the document, newest first. No query."""
    # The library's own order is by that date, and Python's sort keeps it among equals.
    return sorted(library.works, key=attrgetter("published"), reverse=True)[:limit]


def collection_rows(library: Catalogue, language: str) -> list[CollectionRow]:
    """All collections in their order, with the number of their works. No query beside the catalogue's."""
    return [
        CollectionRow(
            title=row.title,
            summary=row.summary,
            url=row.url,
            lang=row.lang,
            count=bits_of(library, "collection", row.key).bit_count(),
        )
        for row in listed_collections(language)
    ]


@dataclass(frozen=True, slots=True)
class Front:
    """What the home page of one language takes from the database."""

    newest: list[Work]
    summaries: dict[int, str]  # by page
    picture: ShownPicture | None  # at the head of the first of `newest`
    picture_alt: str
    collections: list[CollectionRow]


@kept_until_change
def _kept_fronts() -> dict[str, Front]:
    return {}


def front(language: str, limit: int) -> Front:
    """The `limit` newest works and all collections. A few queries after each change, then none."""
    fronts = _kept_fronts()
    if language not in fronts:
        fronts[language] = build_front(catalogue(), language, limit)
    return fronts[language]


def build_front(library: Catalogue, language: str, limit: int) -> Front:
    newest = newest_works(library, limit)
    ids = [work.version(language).page_id for work in newest]
    pages = {
        page["pk"]: page
        for page in Document.objects.visible_to(None)
        .filter(pk__in=ids)
        .values("pk", "summary", "lead_image_alt", "lead_image_id")
    }
    first = pages.get(ids[0]) if ids else None
    picture_id = first["lead_image_id"] if first else None
    return Front(
        newest=newest,
        summaries={pk: page["summary"] for pk, page in pages.items()},
        picture=pictures_by_id([picture_id]).get(picture_id) if picture_id else None,
        picture_alt=first["lead_image_alt"] if first else "",
        collections=collection_rows(library, language),
    )
