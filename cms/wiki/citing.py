"""A version of a page as a reference: plain text, BibTeX, RIS. Pure.

BibTeX: values stand in braces, and what TeX takes as its own is written as a command, so that no title can end
its field or start another. RIS: a line is `TY  - value`; values have no line ends of their own.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date

from django.utils.translation import gettext as _

from cms.core.dates import written_date

# Braces count for BibTeX even behind a backslash, hence commands for them.
_TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
}
_SPACES = re.compile(r"\s+")
_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_JOINED = re.compile(r"\band\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """One version. `authors`: (name, family name first); `organisations` stand for them where there are none."""

    title: str
    number: int
    published: Date
    language: str
    url: str
    site: str
    code: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    organisations: tuple[str, ...] = ()
    key: str = ""

    @property
    def file_name(self) -> str:
        """For downloads: ASCII letters, digits and hyphens."""
        start = _NOT_IN_KEY.sub("-", (self.code or self.key or "page").lower()).strip("-") or "page"
        return f"{start}-v{self.number}"


def plain(reference: Reference) -> str:
    """One line in the reader's language."""
    names = [name for name, _sorted in reference.authors] or list(reference.organisations)
    where = f"{reference.site}, {reference.code}" if reference.code else reference.site
    version = _("Version %(number)s of %(date)s") % {
        "number": reference.number,
        "date": written_date(reference.published),
    }
    parts = [", ".join(names), reference.title, where, version, reference.url]
    return ". ".join(one_line(part) for part in parts if part)


def bibtex(reference: Reference) -> str:
    people = [_person(sort_name) for _name, sort_name in reference.authors]
    people = people or ["{" + tex(name) + "}" for name in reference.organisations]
    fields = [
        ("author", " and ".join(people)),
        ("title", "{" + tex(reference.title) + "}"),
        ("year", str(reference.published.year)),
        ("month", str(reference.published.month)),
        ("publisher", tex(reference.site)),
        ("number", tex(reference.code)),
        ("version", str(reference.number)),
        ("language", tex(reference.language)),
        ("date", reference.published.isoformat()),
        ("url", reference.url),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@misc{{{reference.file_name},", *lines, "}", ""])


def ris(reference: Reference) -> str:
    names = [sort_name for _name, sort_name in reference.authors] or list(reference.organisations)
    fields = [
        ("TY", "ELEC"),
        *(("AU", name) for name in names),
        ("TI", reference.title),
        ("PY", str(reference.published.year)),
        ("DA", reference.published.strftime("%Y/%m/%d")),
        ("ET", str(reference.number)),
        ("PB", reference.site),
        ("M1", reference.code),
        ("LA", reference.language),
        ("UR", reference.url),
    ]
    lines = [f"{tag}  - {text}" for tag, value in fields if (text := one_line(value))]
    return "\r\n".join([*lines, "ER  - ", ""])


def one_line(text: str) -> str:
    """Without line ends, control and formatting characters; spaces once."""
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    return _SPACES.sub(" ", seen).strip()


def tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in one_line(text))


def _person(sort_name: str) -> str:
    """ "Family, Given"; any other name in braces, so that it is not taken apart."""
    parts = [part.strip() for part in one_line(sort_name).split(",")]
    if len(parts) == 2 and all(parts) and not _JOINED.search(sort_name):
        return ", ".join(map(tex, parts))
    return "{" + tex(sort_name) + "}"


def contributors(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Accounts have one name, which may be anything."""
    return tuple((name, name) for name in dict.fromkeys(names) if name)
