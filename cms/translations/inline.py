"""Inline HTML, as segments hold it: read, put into its one canonical form, or refused. Pure.

The canonical form is what the translation library makes of the same text (`StringValue`), so that words come back from
a file or from the library as they went there.
"""

import re
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext as _

ALLOWED = frozenset({"a", "abbr", "acronym", "b", "br", "code", "em", "i", "strong"})
DEEPEST = 20  # tags within one another
AS_SPACES = str.maketrans("\n\r\t", "   ")
_NOT_KEPT = re.compile("[\0\ud800-\udfff]")


class NotInline(ValueError):
    """The text holds what a segment may not. The message says what, in the reader's language."""


def normalise_inline(text: str) -> str:
    """The canonical form: text escaped, tags closed where they were left open. Raises `NotInline`."""
    canonical = "".join(_read(text).canonical)
    if not can_be_kept(canonical):
        raise NotInline(_("There is a character in it that cannot be kept."))
    return canonical


def can_be_kept(text: str) -> bool:
    """Whether every database holds it: no NUL, and no half of a pair of UTF-16."""
    return _NOT_KEPT.search(text) is None


def link_ids(text: str) -> list[str]:
    """The ids of the links, in order, each as often as it stands there. Raises `NotInline`."""
    return _read(text).links


def plain_text(text: str) -> str:
    """The words without mark-up, a line break for `<br>`. Of what cannot be read, the text as it is."""
    try:
        return "".join(_read(text).words)
    except NotInline:
        return text


def _read(text: str) -> "_Reader":
    reader = _Reader()
    parse(text, reader)
    while reader.open:
        reader.handle_endtag(reader.open[-1])
    return reader


def parse(text: str, parser: HTMLParser) -> None:
    """Hand a text from anybody to a parser, to the end, in a time that grows with its length. Raises `NotInline`."""
    # Nothing after the last ">" can be a tag. Python's parser would try each "<" there, to the end of the text.
    end = text.rfind(">") + 1
    try:
        parser.feed(text[:end] + text[end:].replace("<", "&lt;"))
        parser.close()
    except NotInline:
        raise
    except (ValueError, AssertionError) as error:  # a number of no character, a broken declaration
        raise NotInline(_("There is mark-up here that cannot be read.")) from error


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.canonical: list[str] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            raise NotInline(_("The tag <%(tag)s> is not allowed here.") % {"tag": tag[:40]})
        if any(name != "id" or tag != "a" for name, _value in attrs) or len(attrs) > 1:
            raise NotInline(
                _("The tag <%(tag)s> may not have attributes, but for the id of a link.") % {"tag": tag}
            )
        if tag == "br":
            self.canonical.append("<br/>")
            self.words.append("\n")
            return
        if len(self.open) >= DEEPEST:
            raise NotInline(_("There are too many tags within one another."))
        self.open.append(tag)
        if attrs:
            name = attrs[0][1] or ""
            self.links.append(name)
            self.canonical.append(f'<a id="{escape(name)}">')
        else:
            self.canonical.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return  # closes nothing
        while self.open:
            closed = self.open.pop()
            self.canonical.append(f"</{closed}>")
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        self.canonical.append(escape(data, quote=False))
        # A line that ends in the mark-up is no line that ends in the text.
        self.words.append(data.translate(AS_SPACES))

    def handle_comment(self, data: str) -> None:
        raise NotInline(_("Comments in mark-up are not allowed here."))

    def handle_decl(self, decl: str) -> None:
        raise NotInline(_("There is mark-up here that cannot be read."))

    def handle_pi(self, data: str) -> None:
        raise NotInline(_("There is mark-up here that cannot be read."))

    def unknown_decl(self, data: str) -> None:
        raise NotInline(_("There is mark-up here that cannot be read."))
