"""A rendered post cut into passages: paragraphs, headings, items, cells. What a translation is made of. No database."""

from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

BLOCKS = {"p", "h3", "h4", "h5", "h6", "li", "th", "td", "blockquote", "pre"}
KEPT_MARKS = {"em", "strong", "code"}


@dataclass(frozen=True, slots=True)
class Passage:
    """`kind`: the block it stands in. `html`: its words, with bold, italic and code alone: links are their text."""

    kind: str
    html: str


class _Cutter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Passage] = []
        self.kinds: list[str] = []
        self.words = ""
        self.marks: list[str] = []

    def cut(self) -> None:
        words = (self.words + "".join(f"</{mark}>" for mark in reversed(self.marks))).strip()
        if any(letter.isalnum() for letter in words):
            self.found.append(Passage(self.kinds[-1] if self.kinds else "p", words))
        self.words, self.marks = "", []

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.cut()
            self.kinds.append(tag)
        elif tag in KEPT_MARKS and tag not in self.marks and self.kinds[-1:] != ["pre"]:
            self.words += f"<{tag}>"
            self.marks.append(tag)
        elif tag == "br":
            self.words += " "

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.cut()
            if tag in self.kinds:
                while self.kinds.pop() != tag:
                    pass
        elif tag in self.marks:
            self.words += f"</{tag}>"
            self.marks.remove(tag)

    def handle_data(self, data):
        self.words += escape(data, quote=False)


def passages(html: str) -> list[Passage]:
    """In their order; those without a letter or a digit left out."""
    cutter = _Cutter()
    cutter.feed(html)
    cutter.close()
    cutter.cut()
    return cutter.found


def paired(html: str, translation: str) -> list[tuple[str, str]]:
    """The passages of both texts side by side, where they are built alike; else none."""
    ours, theirs = passages(html), passages(translation)
    if [each.kind for each in ours] != [each.kind for each in theirs]:
        return []
    return [(one.html, other.html) for one, other in zip(ours, theirs, strict=True)]
