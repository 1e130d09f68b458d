"""Citing a work in the manner of the reader's language. Pure: no models, no active language.

Authors are lines: "Family, Given" for a person, anything without a comma for an organisation. The order of
the parts is that of ISO 690 (authors, year, title, place: publisher); the first author's family name comes
first, as in a list sorted by it. Titles are set in italics, or between the quotation marks of the language
where the work is part of another (an article, a presentation).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from cms.core.sorting import collation_key


@dataclass(frozen=True, slots=True)
class Style:
    open_quote: str
    close_quote: str
    undated: str
    conjunction: str  # before the last author
    colon: str = ": "
    comma: str = ", "
    stop: str = "."
    question: str = "?!؟"


STYLES = {
    "en": Style("“", "”", "n.d.", " and "),
    # Imprimerie nationale: no-break spaces inside « » and before the colon.
    "fr": Style("«\u00a0", "\u00a0»", "s.\u00a0d.", " et ", colon="\u00a0: "),
    "es": Style("«", "»", "s.\u00a0f.", " y "),
    "pt": Style("“", "”", "s.\u00a0d.", " e "),
    "it": Style("«", "»", "s.\u00a0d.", " e "),
    "de": Style("„", "“", "o.\u00a0J.", " und "),
    "ca": Style("«", "»", "s.\u00a0d.", " i "),
    "ar": Style("«", "»", "د.ت.", " و", comma="، "),
}
SEVERAL = 3  # more authors than this are “et al.”
ET_AL = "et al."
QUOTED_KINDS = ("article", "presentation")
_ADDRESS = re.compile(r"^https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Work:
    """What is needed to cite. Everything but the title may be missing."""

    title: str
    authors: tuple[str, ...] = ()
    subtitle: str = ""
    year: int | None = None
    publisher: str = ""
    place: str = ""
    kind: str = "book"
    url: str = ""
    language: str = ""  # of the title, "" where unknown


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a citation. `role`: authors, year, title, source or text (what stands between)."""

    text: str
    role: str = "text"


def style_of(language: str) -> Style:
    return STYLES.get(language) or STYLES.get(language.split("-")[0]) or STYLES["en"]


def name_parts(author: str) -> tuple[str, str]:
    """(family, given); an organisation is all family."""
    family, _comma, given = author.partition(",")
    if not family.strip():
        return given.strip(), ""
    return family.strip(), given.strip()


def names(authors: Iterable[str], language: str) -> str:
    """`Poirier, Yvon and Emily Kawano`; four and more: `Poirier, Yvon et al.`."""
    style = style_of(language)
    found = [name_parts(_clean(author)) for author in authors if _clean(author).strip(" ,")]
    if not found:
        return ""
    family, given = found[0]
    first = f"{family}, {given}" if given else family
    if len(found) > SEVERAL:
        return f"{first} {ET_AL}"
    others = [f"{given} {family}".strip() for family, given in found[1:]]
    if not others:
        return first
    if len(others) == 1:
        # “Poirier, Yvon and Emily Kawano” needs no comma; three do.
        return first + style.conjunction + others[0]
    return style.comma.join([first, *others[:-1]]) + style.conjunction + others[-1]


def year_text(year: int | None, language: str) -> str:
    return str(year) if year else style_of(language).undated


def citation(work: Work, language: str) -> list[Part]:
    """The parts of a citation; joined, they read as one sentence or more and end with a full stop."""
    style = style_of(language)
    parts: list[Part] = []
    who = names(work.authors, language)
    year = year_text(work.year, language)
    if who:
        parts += [Part(who, "authors"), Part(f" ({year})", "year"), Part(style.stop + " ")]
    title = _clean(work.title)
    if work.subtitle and _clean(work.subtitle):
        title += style.colon + _clean(work.subtitle)
    if work.kind in QUOTED_KINDS:
        parts += [Part(style.open_quote), Part(title, "title"), Part(style.close_quote)]
    else:
        parts.append(Part(title, "title"))
    if not who:
        parts.append(Part(f" ({year})", "year"))
    source = style.colon.join(filter(None, (_clean(work.place), _clean(work.publisher))))
    if source:
        parts += [_full_stop(parts, style), Part(source, "source")]
    parts.append(_full_stop(parts, style, last=True))
    return [part for part in parts if part.text]


def plain(work: Work, language: str, with_address: bool = False) -> str:
    """The citation as one line of text."""
    text = "".join(part.text for part in citation(work, language))
    return f"{text} {work.url}" if with_address and _ADDRESS.match(work.url) else text


def html(work: Work, language: str) -> str:
    """The citation as HTML, escaped. Its only elements are `cite` and `span`, with the title's language."""
    quoted = work.kind in QUOTED_KINDS
    lang = f' lang="{escape(work.language)}"' if work.language and work.language != language else ""
    found = []
    for part in citation(work, language):
        text = escape(part.text)
        if part.role == "title":
            text = f"<span{lang}>{text}</span>" if quoted else f"<cite{lang}>{text}</cite>"
        found.append(text)
    return "".join(found)


def sorting_key(work: Work, language: str) -> tuple:
    """By the first author's family name, else by title; then other authors, year (unknown last), title."""
    cleaned = [_clean(author) for author in work.authors if _clean(author).strip(" ,")]
    first = cleaned[0] if cleaned else _clean(work.title)
    return (
        collation_key(first, language),
        [collation_key(author, language) for author in cleaned[1:]],
        work.year or 9999,
        collation_key(_clean(work.title), language),
        plain(work, language),
    )


def _full_stop(parts: list[Part], style: Style, last: bool = False) -> Part:
    """Ends the sentence, unless what stands there already does."""
    ended = "".join(part.text for part in parts[-2:]).rstrip("”»“\u00a0")[-1:] in "." + style.question
    return Part(("" if ended else style.stop) + ("" if last else " "))


def _clean(text: str) -> str:
    """One line, without the spaces around it."""
    return " ".join(text.split())
