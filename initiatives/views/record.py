"""The record panel beside a document: what is known of it as facts, in one order for all types."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.core.dates import written_date, written_span
from cms.core.licences import LICENCE_ADDRESSES, LICENCES
from initiatives.models import Document
from initiatives.queries.links import Link
from initiatives.rules import CONTRIBUTOR_PARTS, ORGANISATION_PARTS
from initiatives.views.found import Found

PERSON_PARTS = dict(CONTRIBUTOR_PARTS)
BODY_PARTS = dict(ORGANISATION_PARTS)
LICENCE_NAMES = dict(LICENCES)


@dataclass(frozen=True, slots=True)
class Value:
    """A fact: plain text, or a link; `note` follows it in small."""

    text: object
    url: str = ""
    lang: str = ""
    dir: str = ""
    note: object = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    term: object
    values: list[Value] = field(default_factory=list)


def record(page: Document, links: list[Link], found: Found) -> list[Fact]:
    """Only facts that have a value."""
    facts = [
        *_own_facts(page, found),
        Fact(_("Place"), _places(page, links, found)),
        Fact(_("Countries represented"), _entries(found.territories.all(_ids(links, "country")))),
        Fact(_("Date of the document"), _text(written_date(page.date, page.date_precision))),
        Fact(_("People"), _with_parts(links, "person", found.people, PERSON_PARTS)),
        Fact(_("Organisations"), _with_parts(links, "organisation", found.organisations, BODY_PARTS)),
        Fact(_("Themes"), _entries(found.themes.all(_ids(links, "theme")))),
        Fact(_("Collections"), _works(found, _ids(links, "collection"))),
        Fact(
            pgettext("provenance", "From"),
            [*_works(found, [page.provenance_document_id]), *_text(page.provenance_note)],
        ),
        Fact(
            _("Licence"),
            [
                Value(
                    LICENCE_NAMES.get(page.licence, page.licence),
                    LICENCE_ADDRESSES.get(page.licence, ""),
                    outside=page.licence in LICENCE_ADDRESSES,
                )
            ],
        ),
    ]
    return [fact for fact in facts if fact.values]


def when(page: Document) -> str:
    """When it took place, for events and journeys; else the date of the document."""
    span = written_span(getattr(page, "starts", None), getattr(page, "ends", None))
    return span or written_date(page.date, page.date_precision)


def where(page: Document, links: list[Link], found: Found) -> str:
    """The place in the head of the document, as short text."""
    if page.kind == "IF" and page.place:
        return page.place
    if page.kind == "EV" and page.venue:
        return page.venue
    own = {"EV": "venue_territory_id", "LJ": "host_territory_id"}.get(page.kind)
    ids = [getattr(page, own)] if own and getattr(page, own) else _ids(links, "territory")[:1]
    return ", ".join(step.name for step in found.territories.path(ids[0])) if ids else ""


def _own_facts(page, found: Found) -> list[Fact]:
    build = _OWN.get(page.kind)
    return build(page, found) if build else []


def _file_facts(page, found):
    state = "" if page.state == page.State.UNKNOWN else page.get_state_display()
    website = [Value(_shown_address(page.website), page.website, outside=True)] if page.website else []
    return [
        Fact(_("Carried by"), _text(page.carried_by)),
        Fact(_("Since"), _text(page.since and str(page.since))),
        Fact(_("State of the initiative"), _text(state)),
        Fact(_("Web site"), website),
    ]


def _journey_facts(page, found):
    return [
        Fact(_("When"), _text(written_span(page.starts, page.ends))),
        Fact(_("Host"), _entries(found.organisations.all([page.host_organisation_id]))),
        Fact(_("Participants"), _text(page.participants and str(page.participants))),
    ]


def _event_facts(page, found):
    deadline = page.registration_deadline
    return [
        Fact(_("When"), _text(written_span(page.starts, page.ends))),
        Fact(_("Venue"), _text(page.venue)),
        Fact(_("Registration until"), _text(deadline and written_date(deadline))),
        Fact(_("Part of"), _works(found, [page.parent_event_id])),
        Fact(_("Registered"), _text(_number(page.registered))),
        Fact(_("Present"), _text(_number(page.present))),
    ]


def _issue_facts(page, found):
    return [
        Fact(_("Number"), _text(_number(page.number))),
        Fact(_("Languages"), _text(_language_names(page.languages))),
    ]


def _presentation_facts(page, found):
    return [Fact(_("Given at"), _works(found, [page.given_at_id]))]


def _call_facts(page, found):
    closes = page.closes_at
    until = []
    if closes:
        zone = f"{closes:%H:%M}, {page.time_zone}"
        until = [Value(written_date(closes.date()), note=zone)]
    return [
        Fact(_("Issued by"), _entries(found.organisations.all([page.issuer_id]))),
        Fact(_("Answers until"), until),
        Fact(_("Working languages"), _text(_language_names(page.working_languages))),
    ]


_OWN = {
    "IF": _file_facts,
    "LJ": _journey_facts,
    "EV": _event_facts,
    "NL": _issue_facts,
    "PR": _presentation_facts,
    "CI": _call_facts,
}


def _ids(links: list[Link], kind: str) -> list[int]:
    return [link.target for link in links if link.kind == kind]


def _text(value: object) -> list[Value]:
    return [Value(value)] if value else []


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _entries(entries: Iterable) -> list[Value]:
    return [Value(entry.name, entry.url, entry.lang, entry.dir) for entry in entries]


def _works(found: Found, ids: Iterable[int | None]) -> list[Value]:
    return [Value(work.title, work.url, work.lang, work.dir, work.code) for work in found.works.all(ids)]


def _with_parts(links: list[Link], kind: str, entries, parts: dict) -> list[Value]:
    """One line for each person or organisation, with all their parts."""
    notes: dict = {}
    for link in links:
        if link.kind == kind:
            entry = entries.get(link.target)
            if entry:
                notes.setdefault(entry.key, (entry, []))[1].append(str(parts.get(link.note, link.note)))
    return [
        Value(entry.name, entry.url, entry.lang, entry.dir, ", ".join(dict.fromkeys(names)))
        for entry, names in notes.values()
    ]


def _places(page, links: list[Link], found: Found) -> list[Value]:
    own = {"EV": "venue_territory_id", "LJ": "host_territory_id"}.get(page.kind)
    ids = [getattr(page, own)] if own else []
    ids += _ids(links, "territory")
    places: dict = {}
    for pk in ids:
        path = found.territories.path(pk)
        if path:
            above = ", ".join(step.name for step in path[1:])
            places.setdefault(path[0].key, (path, above))
    # A country that is also named as the place above another needs no line of its own.
    inside = {step.key for path, _above in places.values() for step in path[1:]}
    return [
        Value(path[0].name, path[0].url, path[0].lang, path[0].dir, above)
        for key, (path, above) in places.items()
        if key not in inside
    ]


def _language_names(codes: list[str]) -> str:
    return capfirst(", ".join(settings.LANGUAGE_NAMES.get(code, code) for code in codes))


def _shown_address(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/") or address
