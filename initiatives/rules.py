"""Decisions about documents that need no database: kinds, parts, relations, codes, dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Two letters, as in the reference code.
KINDS = {
    "IF": _("Initiative file"),
    "CS": _("Case study"),
    "AP": _("Analysis and proposals"),
    "LJ": _("Learning journey"),
    "EV": _("Event"),
    "NL": _("Newsletter issue"),
    "PR": _("Presentation"),
    "CI": _("Call for expressions of interest"),
}

CONTRIBUTOR_PARTS = [
    ("author", _("author")),
    ("co_author", _("co-author")),
    ("editor", _("editor")),
    ("interviewee", _("interviewee")),
    ("speaker", _("speaker")),
    ("facilitator", _("facilitator")),
    ("contact", _("contact")),
]
AUTHORSHIP = ("author", "co_author")

ORGANISATION_PARTS = [
    ("subject", _("described here")),
    ("carrier", _("carries the initiative")),
    ("host", _("host")),
    ("organiser", _("organiser")),
    ("partner", _("partner")),
    ("funder", _("funder")),
    ("publisher", _("publisher")),
    ("issuer", _("issuer")),
]


@dataclass(frozen=True)
class Relation:
    """A typed relation, as it reads on the page that holds it and on the page it points to."""

    forward: object
    backward: object


RELATIONS = {
    "deepens": Relation(pgettext_lazy("relation", "deepens"), pgettext_lazy("relation", "deepened by")),
    "draws_on": Relation(pgettext_lazy("relation", "draws on"), pgettext_lazy("relation", "drawn on by")),
    "part_of": Relation(pgettext_lazy("relation", "part of"), pgettext_lazy("relation", "contains")),
    "prepares": Relation(pgettext_lazy("relation", "prepares"), pgettext_lazy("relation", "prepared by")),
    "follows_up": Relation(
        pgettext_lazy("relation", "follows up"), pgettext_lazy("relation", "followed up by")
    ),
    "presents": Relation(pgettext_lazy("relation", "presents"), pgettext_lazy("relation", "presented by")),
    "see_also": Relation(pgettext_lazy("relation", "see also"), pgettext_lazy("relation", "see also")),
}
RELATION_CHOICES = [(key, relation.forward) for key, relation in RELATIONS.items()]

DATE_PRECISIONS = [
    ("day", _("day")),
    ("month", _("month")),
    ("year", _("year")),
    ("unknown", _("unknown")),
]

GRID_QUESTIONS = {
    "economy": _("Which economy does the action generate, or could it?"),
    "power": _("How did it raise the power to act and the responsibility of those involved?"),
    "cooperation": _("On which co-operations, and which links between scales of governance, did it rest?"),
    "lasting": _("What made it last, and become a lasting way of doing things?"),
    "lessons": _("Which lessons to multiply it?"),
}
GRID_LIMIT = 6  # cases side by side
REPLIES_KEPT = timedelta(days=365)  # how long after its deadline the answers to a call are kept


def format_code(kind: str, year: int, number: int) -> str:
    """`IF2010-03`: two letters, four digits, a running number of at least two digits."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    if not 1000 <= year <= 9999 or number < 1:
        raise ValueError("a code needs a year of four digits and a number from 1")
    return f"{kind}{year}-{number:02d}"


def code_year(document_date: date | None, precision: str, published: date) -> int:
    """The year in the code: the document's own where it is known, else the year of first publication."""
    if document_date is None or precision == "unknown":
        return published.year
    return document_date.year
