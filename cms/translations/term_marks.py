"""A source text on the screen, with the terms of the glossary marked in it. Pure."""

import re
from collections.abc import Iterator
from html import escape, unescape

from django.utils.safestring import SafeString

from cms.translations.markup import as_shown
from cms.translations.terms import Occurrence, TermIndex

# Of what `as_shown` writes: a tag, a reference to a character, a character.
_PIECE = re.compile(r"<[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[\s\S]")


def marked_source(text: str, index: TermIndex | None) -> SafeString:
    """`as_shown(text)`, and around each term `<mark class="tl-term" data-forms="…">`.

    Without the marks it is `as_shown(text)` to the letter. A term that runs across a tag is marked in parts.
    """
    shown = as_shown(text)
    if index is None or not index.terms:
        return shown
    pieces = _PIECE.findall(shown)
    plain = "".join(map(_plain, pieces))
    found = [each for each in index.find(plain) if _said_of(each)]
    # Safe: the pieces are those of `as_shown`, and what is put between them is escaped.
    return SafeString("".join(_with_marks(pieces, found))) if found else shown


def _plain(piece: str) -> str:
    if piece.startswith("<"):
        return "\n" if piece.startswith("<br") else ""
    return unescape(piece) if len(piece) > 1 else piece


def _said_of(found: Occurrence) -> str:
    """The forms of the target language, the term itself where it stays as it is."""
    term = found.term
    return " · ".join(term.target_forms or (term.forms[:1] if term.keep else ()))


def _with_marks(pieces: list[str], found: list[Occurrence]) -> Iterator[str]:
    waiting = iter(found)
    term = next(waiting, None)
    place, opened = 0, False
    for piece in pieces:
        width = len(_plain(piece))
        if opened and (piece.startswith("<") or term is None or place >= term.end):
            yield "</mark>"
            opened = False
        while term is not None and place >= term.end:
            term = next(waiting, None)
        if term is not None and not opened and place >= term.start and not piece.startswith("<"):
            said = escape(_said_of(term))
            yield f'<mark class="tl-term" data-forms="{said}" title="{said}">'
            opened = True
        yield piece
        place += width
    if opened:
        yield "</mark>"
