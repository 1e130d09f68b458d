"""What machines read of a document: linked data, Open Graph, and how to cite it. Plain values only."""

from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cms.core.dates import machine_date, written_date


@dataclass(slots=True)
class Described:
    """A document as its metadata needs it. Addresses are absolute."""

    title: str
    summary: str
    url: str
    site_name: str
    language: str
    written_in: str
    kind: str
    code: str = ""
    date: Date | None = None
    date_precision: str = "unknown"
    starts: Date | None = None
    ends: Date | None = None
    place: str = ""
    authors: list[str] = field(default_factory=list)
    organisations: list[tuple[str, str]] = field(default_factory=list)  # (part, name)
    themes: list[str] = field(default_factory=list)
    territories: list[str] = field(default_factory=list)
    translations: dict[str, str] = field(default_factory=dict)  # language → address
    licence_name: str = ""
    licence_url: str = ""
    image: str = ""
    image_alt: str = ""
    published: datetime | None = None
    changed: datetime | None = None


def linked_data(described: Described) -> dict:
    """schema.org: an `Event` for events, an `Article` for all else. Empty values are left out."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event" if described.kind == "EV" else "Article",
        "@id": described.url,
        "url": described.url,
        "name": described.title,
        "description": described.summary,
        "identifier": described.code,
        "inLanguage": described.language,
        "image": described.image,
    }
    organisations = [
        (part, {"@type": "Organization", "name": name}) for part, name in described.organisations
    ]
    if described.kind == "EV":
        data |= {
            "startDate": machine_date(described.starts),
            "endDate": machine_date(described.ends),
            "location": described.place and {"@type": "Place", "name": described.place},
            "organizer": [body for part, body in organisations if part in ("organiser", "host")],
        }
    else:
        data |= {
            "headline": described.title,
            "author": [{"@type": "Person", "name": name} for name in described.authors],
            "publisher": {"@type": "Organization", "name": described.site_name},
            "dateCreated": machine_date(described.date, described.date_precision),
            "datePublished": described.published.isoformat() if described.published else "",
            "dateModified": described.changed.isoformat() if described.changed else "",
            "license": described.licence_url,
            "sourceOrganization": [body for part, body in organisations if part in ("publisher", "issuer")],
            "mentions": [body for part, body in organisations if part not in ("publisher", "issuer")],
            "spatialCoverage": [{"@type": "Place", "name": name} for name in described.territories],
            "keywords": described.themes,
            "workTranslation": [
                {"@type": "Article", "@id": url, "inLanguage": code}
                for code, url in described.translations.items()
                if code != described.language
            ],
        }
    return {key: value for key, value in data.items() if value}


def open_graph(described: Described) -> list[tuple[str, str]]:
    """(property, content), for sites that show a card where someone shares the address."""
    rows = [
        ("og:type", "article"),
        ("og:site_name", described.site_name),
        ("og:title", described.title),
        ("og:description", described.summary),
        ("og:url", described.url),
        ("og:locale", described.language),
        *(("og:locale:alternate", code) for code in described.translations if code != described.language),
        ("og:image", described.image),
        ("og:image:alt", described.image_alt),
    ]
    return [row for row in rows if row[1]]


def citation(described: Described) -> str:
    """One line of plain text: authors, date, title, code, site, address."""
    date = written_date(described.date, described.date_precision)
    if described.kind == "EV" and described.starts and not date:
        date = str(described.starts.year)
    names = described.authors or [
        name for part, name in described.organisations if part in ("publisher", "issuer")
    ]
    # A work that nobody signs is cited by its title, as in the bibliography.
    who = ", ".join(names) or described.title
    parts = [
        _("%(who)s (%(date)s)") % {"who": who, "date": date} if date else who,
        described.title if names else "",
        _("%(site)s, %(code)s") % {"site": described.site_name, "code": described.code}
        if described.code
        else described.site_name,
        described.url,
    ]
    return ". ".join(part for part in parts if part)
