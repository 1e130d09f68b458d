"""What an edit changed in a post, in words: for who reads its history. No database."""

from typing import NamedTuple

from cms.wiki.diffs import ADDED, EQUAL, REMOVED, Piece
from cms.wiki.diffs.pieces import pieces

CONTEXT = 240  # characters shown of what stayed, before and after a change


class Part(NamedTuple):
    """`op`: "equal", "added", "removed", or "gap" for what is left out."""

    op: str
    text: str


NAMES = {ADDED: "added", REMOVED: "removed", EQUAL: "equal"}


def changes(before: str, after: str) -> list[Part]:
    """In their order; of what stayed, only what stands near a change. [] where nothing changed."""
    found = list(pieces(before, after))
    if all(piece.op == EQUAL for piece in found):
        return []
    parts: list[Part] = []
    for at, piece in enumerate(found):
        parts += _parts(piece, first=at == 0, last=at == len(found) - 1)
    return parts


def _parts(piece: Piece, *, first: bool, last: bool) -> list[Part]:
    text = piece.text
    if piece.op != EQUAL or len(text) <= 2 * CONTEXT:
        return [Part(NAMES[piece.op], text)]
    head, tail = text[:CONTEXT].rsplit(" ", 1)[0], text[-CONTEXT:].split(" ", 1)[-1]
    made = [Part("gap", "")]
    if not first:
        made.insert(0, Part("equal", head))
    if not last:
        made.append(Part("equal", tail))
    return made
