"""What the home page and the plain pages show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.alternates import alternates_for_page
from cms.core.body import add_body_needs, body_parts
from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from cms.translations.behind import standing_of
from cms.wiki.foot import page_foot
from home.models import HomePage, PlainPage
from home.queries import front
from initiatives.cards import cards, when, where
from initiatives.catalogue import Catalogue, Work
from initiatives.events import first_day, split_events
from initiatives.queries.catalogue import catalogue
from initiatives.queries.texts import text_expander
from initiatives.rules import KINDS
from initiatives.views.found import Found, Needs

LATEST = 7  # one at length, six in brief
EVENTS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    value: int
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class EventRow:
    title: str
    url: str
    when: str
    where: str
    day: str
    lang: str


def home_context(page: HomePage, request: HttpRequest) -> dict:
    """The front of the site: newest documents, collections, events, figures, ways in."""
    language = page.locale.language_code
    library = catalogue()
    shown = front(language, LATEST)
    latest = cards(library, shown.newest, language, open_language_codes(), shown.summaries)
    coming, past = events_today(language)
    alternates = alternates_for_page(page)
    standing = standing_of(page, request, alternates)
    marks = standing.marks
    own = {
        "words": marks.rich(text_expander([page.lead], language)(page.lead), "lead"),
        "headline_marks": marks.take("headline"),
        "moves": moves(page, marks.take),
    }
    return {
        **own,
        # What is marked in its place is not said again.
        "behind": standing.notice(),
        "alternates": alternates,
        "lead": latest[0] if latest else None,
        "lead_picture": shown.picture,
        "lead_picture_alt": shown.picture_alt,
        "latest": latest[1:],
        "collections": shown.collections,
        "coming": coming,
        "past": past,
        "figures": key_figures(library, language),
        "kinds": kinds(library, language),
        "nav": "home",
    }


def plain_context(page: PlainPage, request: HttpRequest) -> dict:
    body = page.body.raw_data
    needs = Needs()
    add_body_needs(body, needs)
    alternates = alternates_for_page(page)
    standing = standing_of(page, request, alternates)
    parts = body_parts(body, Found(needs, page.locale.language_code))
    standing.marks.in_body(parts)
    return {
        "alternates": alternates,
        "parts": parts,
        "title_marks": standing.marks.take("title"),
        "summary_marks": standing.marks.take("summary"),
        "behind": standing.notice(),
        "translated": standing.credits(),
        "foot": page_foot(page, request),
    }


def moves(page: HomePage, marks_at: Callable[[str], SafeString]) -> list[tuple[str, str, str, SafeString]]:
    """The method's three moves: (key of its drawing and field, name, words, what is to be said of them)."""
    named = [
        ("illustrate", _("Illustrate"), page.illustrate),
        ("debate", _("Debate"), page.debate),
        ("propose", _("Propose"), page.propose),
    ]
    return [(*move, marks_at(move[0])) for move in named if move[2]]


@kept_until_change
def _kept_events() -> dict[tuple[date, str], tuple[list[EventRow], list[EventRow]]]:
    return {}


def events_today(language: str) -> tuple[list[EventRow], list[EventRow]]:
    """(to come, past) as the home page lists them. Of a large library it is worth keeping for the day."""
    kept, today = _kept_events(), timezone.localdate()
    if (today, language) not in kept:
        library = catalogue()
        coming, past = events(library, today)
        kept[today, language] = (
            [event_row(library, work, language) for work in coming[:EVENTS]],
            [event_row(library, work, language) for work in past[:EVENTS]],
        )
    return kept[today, language]


def events(library: Catalogue, today: date) -> tuple[list[Work], list[Work]]:
    """Events to come (nearest first) and past (latest first). One of several days is past after the last."""
    dated = [work for work in library.works if work.kind == "ev" and first_day(work)]
    return split_events(sorted(dated, key=lambda work: first_day(work) or date.min, reverse=True), today)


def event_row(library: Catalogue, work: Work, language: str) -> EventRow:
    version = work.version(language)
    first = first_day(work)
    return EventRow(
        title=version.title,
        url=version.url,
        when=when(work, language),
        where=where(library, work, language),
        day=first.isoformat() if first else "",
        lang="" if version.lang == language else version.lang,
    )


def key_figures(library: Catalogue, language: str) -> list[Figure]:
    """What the library holds, counted in works. Nothing is shown of an empty library."""
    works = len(library.works)
    if not works:
        return []
    languages = sum(1 for value in library.facets["language"].values() if value.bits)
    placed = [value for value in library.facets["territory"].values() if value.bits]
    countries = sum(1 for value in placed if value.is_country)
    grids = library.with_grid.bit_count()
    start = f"/{language}/"
    figures = [
        Figure(works, ngettext("document", "documents", works), f"{start}library/"),
        Figure(languages, ngettext("language", "languages", languages), f"{start}library/"),
        Figure(countries, ngettext("country", "countries", countries), f"{start}library/map/"),
        Figure(len(placed), ngettext("territory", "territories", len(placed)), f"{start}territories/"),
        Figure(grids, ngettext("case to compare", "cases to compare", grids), f"{start}library/grid/"),
    ]
    return [figure for figure in figures if figure.value]


def kinds(library: Catalogue, language: str) -> list[Kind]:
    """The types of documents there are, in the site's order."""
    names = {code.lower(): str(name) for code, name in KINDS.items()}
    return [
        Kind(key, names[key], f"/{language}/library/?type={key}", value.bits.bit_count())
        for key, value in library.facets["type"].items()
        if value.bits
    ]
