"""What each type of document shows beyond what all share.

For each type two functions: what it needs looked up, and the values of its template once that is found.
Rows are read once, in `needs`, and kept for `show`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.body import SCALE_NAMES
from cms.core.dates import machine_date, written_date
from initiatives.models import Document
from initiatives.queries.pages import own_rows
from initiatives.views.found import Found, Needs


@dataclass(frozen=True, slots=True)
class KindView:
    template: str
    needs: Callable[[Document, Needs], dict]
    show: Callable[[Document, dict, Found], dict]


@dataclass(frozen=True, slots=True)
class Section:
    anchor: str
    heading: object
    html: object


def _sections(found: Found, rows) -> list[Section]:
    return [
        Section(anchor, heading, found.rich(html, anchor.replace("-", "_")))
        for anchor, heading, html in rows
        if html
    ]


def _grid(page, found: Found) -> list[Section]:
    """All five questions, answered or not, so that a gap shows; nothing if none is answered."""
    if not page.has_grid:
        return []
    return [
        Section(key, question, found.rich(html or "", f"grid_{key}"))
        for key, question, html in page.grid_answers
    ]


def _row(found: Found, name: str, row, text: str, *heads: str):
    """A rich text of one of the rows `name`, marked where a translation is behind; `heads`: its fields above it."""
    at = f"{name}.{row.translation_key}"
    return found.rich(getattr(row, text), f"{at}.{text}", *(f"{at}.{head}" for head in heads))


# --- Initiative file ---------------------------------------------------------------------------


def file_needs(page, needs: Needs) -> dict:
    needs.texts += [html for _key, _heading, html in page.sections]
    return {}


def file_show(page, rows: dict, found: Found) -> dict:
    return {"sections": _sections(found, page.sections)}


# --- Case study --------------------------------------------------------------------------------


def grid_needs(page, needs: Needs) -> dict:
    needs.texts += [html for _key, _question, html in page.grid_answers]
    return {}


def case_show(page, rows: dict, found: Found) -> dict:
    return {"grid": _grid(page, found)}


# --- Analysis and proposals --------------------------------------------------------------------


def analysis_needs(page, needs: Needs) -> dict:
    proposals = own_rows(page, "proposals", needs.draft)
    for proposal in proposals:
        needs.texts.append(proposal.text)
        needs.add(pages=(block["value"] for block in proposal.drawn_from.raw_data))
    return {"proposals": proposals}


def analysis_show(page, rows: dict, found: Found) -> dict:
    shown = []
    for number, proposal in enumerate(rows["proposals"], 1):
        shown.append(
            SimpleNamespace(
                number=number,
                scale=SCALE_NAMES.get(proposal.scale, ""),
                html=_row(found, "proposals", proposal, "text"),
                drawn_from=found.works.all(block["value"] for block in proposal.drawn_from.raw_data),
            )
        )
    return {"proposals": shown}


# --- Learning journey --------------------------------------------------------------------------


def journey_needs(page, needs: Needs) -> dict:
    rows = {
        "visited": own_rows(page, "visited", needs.draft),
        "follow_ups": own_rows(page, "follow_ups", needs.draft),
    }
    needs.texts += [page.illustrate, page.debate, page.propose]
    needs.texts += [html for _key, _question, html in page.grid_answers]
    needs.texts += [row.text for row in rows["follow_ups"]]
    needs.add(
        pages=(row.document_id for row in rows["visited"]),
        organisations=[page.host_organisation_id],
        territories=[page.host_territory_id],
    )
    return rows


def journey_show(page, rows: dict, found: Found) -> dict:
    moves = [
        ("illustrate", _("Illustrate"), page.illustrate),
        ("debate", _("Debate"), page.debate),
        ("propose", _("Propose"), page.propose),
    ]
    follow_ups = sorted(rows["follow_ups"], key=lambda row: row.date)
    return {
        "sections": _sections(found, moves),
        "grid": _grid(page, found),
        "visited": [
            SimpleNamespace(name=row.name, work=found.works.get(row.document_id)) for row in rows["visited"]
        ],
        "follow_ups": [
            SimpleNamespace(
                when=written_date(row.date, row.date_precision),
                machine=machine_date(row.date, row.date_precision),
                html=_row(found, "follow_ups", row, "text"),
            )
            for row in follow_ups
        ],
    }


# --- Event -------------------------------------------------------------------------------------


def event_needs(page, needs: Needs) -> dict:
    rows = {
        "sessions": own_rows(page, "sessions", needs.draft),
        "event_themes": own_rows(page, "event_themes", needs.draft),
        "national_cases": own_rows(page, "national_cases", needs.draft),
        "contributions": own_rows(page, "contributions", needs.draft),
    }
    needs.texts += [page.conclusions]
    needs.texts += [row.text for row in (*rows["sessions"], *rows["event_themes"])]
    needs.add(
        pages=(
            page.parent_event_id,
            *(row.paper_id for row in rows["event_themes"]),
            *(row.document_id for row in (*rows["national_cases"], *rows["contributions"])),
        ),
        people=(row.person_id for row in rows["contributions"]),
        territories=(page.venue_territory_id, *(row.territory_id for row in rows["national_cases"])),
    )
    return rows


def event_show(page, rows: dict, found: Found) -> dict:
    return {
        "sessions": [
            SimpleNamespace(
                title=row.title,
                when=written_date(row.date) if row.date else "",
                machine=machine_date(row.date),
                html=_row(found, "sessions", row, "text", "title"),
            )
            for row in rows["sessions"]
        ],
        "event_themes": [
            SimpleNamespace(
                title=row.title,
                html=_row(found, "event_themes", row, "text", "title"),
                paper_title=row.paper_title,
                paper=found.works.get(row.paper_id),
            )
            for row in rows["event_themes"]
        ],
        "national_cases": [
            SimpleNamespace(
                title=row.title,
                work=found.works.get(row.document_id),
                territory=found.territories.get(row.territory_id),
            )
            for row in rows["national_cases"]
        ],
        "contributions": [
            SimpleNamespace(
                title=row.title, work=found.works.get(row.document_id), person=found.people.get(row.person_id)
            )
            for row in rows["contributions"]
        ],
        "conclusions": found.rich(page.conclusions, "conclusions"),
        "figures": [
            (label, value)
            for label, value in ((_("registered"), page.registered), (_("present"), page.present))
            if value is not None
        ],
    }


# --- Newsletter, presentation, call --------------------------------------------------------------


def nothing_needed(page, needs: Needs) -> dict:
    return {}


def nothing_shown(page, rows: dict, found: Found) -> dict:
    return {}


def presentation_needs(page, needs: Needs) -> dict:
    needs.texts.append(page.transcript)
    needs.add(pages=[page.given_at_id])
    return {"slides": own_rows(page, "slides", needs.draft)}


def presentation_show(page, rows: dict, found: Found) -> dict:
    slides = [
        SimpleNamespace(number=number, heading=slide.heading, points=slide.point_list)
        for number, slide in enumerate(rows["slides"], 1)
    ]
    return {"slides": slides, "transcript": found.rich(page.transcript, "transcript")}


def call_needs(page, needs: Needs) -> dict:
    needs.texts += [page.background, page.remit, page.expected_output]
    needs.add(organisations=[page.issuer_id])
    return {}


def call_show(page, rows: dict, found: Found) -> dict:
    closes = page.closes_at
    sections = [
        ("background", _("Background"), page.background),
        ("remit", _("Remit"), page.remit),
        ("expected-output", _("Expected output"), page.expected_output),
    ]
    return {
        "sections": _sections(found, sections),
        "is_open": page.is_open(timezone.now()),
        "closes_on": written_date(closes.date()) if closes else "",
        "closes_time": f"{closes:%H:%M}" if closes else "",
        "closes_zone": page.time_zone,
        "reply_url": f"/{page.locale.language_code}/library/{page.slug}/reply/",
    }


KIND_VIEWS = {
    "IF": KindView("initiatives/kinds/initiative_file.html", file_needs, file_show),
    "CS": KindView("initiatives/kinds/case_study.html", grid_needs, case_show),
    "AP": KindView("initiatives/kinds/analysis.html", analysis_needs, analysis_show),
    "LJ": KindView("initiatives/kinds/learning_journey.html", journey_needs, journey_show),
    "EV": KindView("initiatives/kinds/event.html", event_needs, event_show),
    "NL": KindView("initiatives/kinds/newsletter.html", nothing_needed, nothing_shown),
    "PR": KindView("initiatives/kinds/presentation.html", presentation_needs, presentation_show),
    "CI": KindView("initiatives/kinds/call.html", call_needs, call_show),
}
