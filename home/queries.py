"""What the frame of every page shows: the menu, the ways in, the plain pages at the foot."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.page_cache.stamp import kept_until_change
from home.models import PlainPage


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
                Entry("glossary", _("Glossary"), f"{start}glossary/"),
                Entry("people", _("People"), f"{start}people/"),
                Entry("organisations", _("Organisations"), f"{start}organisations/"),
            ],
            reference=[
                Entry("themes", _("Themes"), f"{start}themes/"),
                Entry("territories", _("Territories"), f"{start}territories/"),
                Entry("bibliography", _("Bibliography"), f"{start}bibliography/"),
                Entry("newsletter", _("Newsletter"), f"{start}newsletter/"),
            ],
            plain_pages=[
                Entry("plain", page.title, page.get_url() or "")
                for page in PlainPage.objects.visible_to(None)
                .filter(in_footer=True, locale__language_code=language)
                .order_by("order", "title")
            ],
        )
