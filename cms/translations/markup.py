"""The text of a segment as it is shown: safe to put on a screen, as plain words, and against another text.

Pure. Nothing but the tags a segment may hold comes through, whatever was stored; a link is shown with the number
it has in the source and leads nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString

from cms.translations.inline import AS_SPACES, NotInline, parse, plain_text
from cms.wiki.diffs.words import common_runs, tokens

INLINE = {"a", "abbr", "acronym", "b", "code", "em", "i", "strong"}
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that two texts share, or that only the older (`GONE`) or the newer (`NEW`) has."""

    kind: str
    text: str


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.out.append("<br>")
        elif tag in INLINE:
            name = dict(attrs).get("id") or ""
            self.out.append(f'<a data-link="{escape(name)}">' if tag == "a" else f"<{tag}>")
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while True:
                last = self.open.pop()
                self.out.append(f"</{last}>")
                if last == tag:
                    return

    def handle_data(self, data):
        self.out.append(escape(data.translate(AS_SPACES), quote=False))


def as_shown(text: str) -> SafeString:
    """HTML to be put on a screen as it is. Links are `<a data-link="a1">`, without an address."""
    reader = _Shown()
    try:
        parse(text, reader)
    except NotInline:
        return SafeString(escape(text))
    # Safe: `_Shown` lets through known tags without attributes, and escapes all else.
    return SafeString("".join([*reader.out, *(f"</{tag}>" for tag in reversed(reader.open))]))


def difference(old: str, new: str) -> list[Piece]:
    """What a reader of both sees: word by word, in the order of the newer text. Markup is left out."""
    before, after = tokens(plain_text(old)), tokens(plain_text(new))
    return list(_joined(_pieces(before, after)))


def _pieces(before, after) -> Iterator[Piece]:
    i = j = 0
    for run in common_runs(before.words, after.words):
        yield Piece(GONE, before.text(i, run.i))
        yield Piece(NEW, after.text(j, run.j))
        yield Piece(SAME, after.text(run.j, run.j + run.length))
        i, j = run.i + run.length, run.j + run.length
    yield Piece(GONE, before.text(i, len(before.words)))
    yield Piece(NEW, after.text(j, len(after.words)))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def only_markup_differs(old: str, new: str) -> bool:
    """Both say the same words; a link, bold or the like changed."""
    return old != new and plain_text(old) == plain_text(new)
