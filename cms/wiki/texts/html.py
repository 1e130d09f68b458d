"""Stored rich text as paragraphs: plain text, with its formatting beside it. No markup comes through."""

import re
from html.parser import HTMLParser

from cms.wiki.diffs import Mark, Paragraph

INLINE = {
    "a": "link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "struck",
    "del": "struck",
    "strike": "struck",
    "sup": "superscript",
    "sub": "subscript",
    "code": "code",
    "mark": "highlight",
}
STYLES = {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figcaption"}
BLOCKS = STYLES | {
    "p",
    "div",
    "section",
    "article",
    "figure",
    "table",
    "thead",
    "tbody",
    "caption",
    "hr",
    "dl",
}
BLOCKS |= {"dt", "dd", "li", "ul", "ol", "tr"}
CELLS = {"td", "th"}
UNSEEN = {"script", "style", "template", "head", "title"}
BETWEEN_CELLS = " | "
# No-break spaces stay: they are part of how French is written.
_BLANKS = re.compile(r"[ \t\n\r\f\v\0]+")
_REFERENCE = re.compile(r"[a-z_]+(\.[a-z_]+)?:\d+", re.ASCII)


def html_paragraphs(html: str, label: str = "") -> list[Paragraph]:
    """Paragraphs without text are left out."""
    reader = _Reader(label)
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return reader.paragraphs


class _Reader(HTMLParser):
    def __init__(self, label: str) -> None:
        super().__init__(convert_charrefs=True)
        self.label = label
        self.paragraphs: list[Paragraph] = []
        self.lists: list[str] = []
        self.style = "p"
        self.text = ""
        self.open: list[tuple[str, str, str, int]] = []  # tag, kind, target, start
        self.marks: list[Mark] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "br":
            self.text = self.text.rstrip(" ") + "\n" if self.text else ""
        elif tag == "embed":
            self._embed(attributes)
        elif tag in INLINE:
            target = link_target(attributes) if tag == "a" else ""
            self.open.append((tag, INLINE[tag], target, len(self.text)))
        elif tag in CELLS:
            self.text += BETWEEN_CELLS if self.text else ""
        elif tag in BLOCKS:
            self.end_paragraph()
            if tag in ("ul", "ol"):
                self.lists.append(tag)
            self.style = self._style(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in UNSEEN or tag in INLINE:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in INLINE:
            for place in range(len(self.open) - 1, -1, -1):
                if self.open[place][0] == tag:
                    _tag, kind, target, start = self.open.pop(place)
                    self.marks.append(Mark(start, len(self.text), kind, target))
                    break
        elif tag in BLOCKS:
            self.end_paragraph()
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            self.style = "p"

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        data = _BLANKS.sub(" ", data)
        if data.startswith(" ") and (not self.text or self.text[-1] in " \n"):
            data = data[1:]
        self.text += data

    def end_paragraph(self) -> None:
        text = self.text.rstrip(" \n")
        if text:
            closed = [Mark(start, len(text), kind, target) for _tag, kind, target, start in self.open]
            self.paragraphs.append(Paragraph(self.style, text, _tidy(self.marks + closed, text), self.label))
        self.text, self.marks = "", []
        self.open = [(tag, kind, target, 0) for tag, kind, target, _start in self.open]

    def _style(self, tag: str) -> str:
        if tag == "li":
            depth = len(self.lists)
            return (self.lists[-1] if self.lists else "ul") + (str(depth) if depth > 1 else "")
        if tag == "tr":
            return "row"
        return tag if tag in STYLES else "p"

    def _embed(self, attributes: dict[str, str]) -> None:
        self.end_paragraph()
        if attributes.get("embedtype") == "image" and attributes.get("id", "").isdecimal():
            self.paragraphs.append(Paragraph("ref", f"image:{int(attributes['id'])}", (), self.label))
            if attributes.get("alt"):
                self.paragraphs.append(Paragraph("line", attributes["alt"], (), self.label))
        elif attributes.get("url"):
            self.paragraphs.append(Paragraph("line", attributes["url"], (), self.label))


def link_target(attributes: dict[str, str]) -> str:
    """`page:3` or `document:4` for what the site knows, else the address."""
    if attributes.get("linktype") in ("page", "document") and attributes.get("id", "").isdecimal():
        return f"{attributes['linktype']}:{int(attributes['id'])}"
    address = attributes.get("href", "").strip()
    # An address that looks like a reference of ours is none: no scheme of the web has digits only behind it.
    return "" if _REFERENCE.fullmatch(address) else address


def _tidy(marks: list[Mark], text: str) -> tuple[Mark, ...]:
    """Sorted, within the text, neighbours joined."""
    joined: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.kind, mark.target, mark.start)):
        start, end = mark.start, min(mark.end, len(text))
        if start >= end:
            continue
        last = joined[-1] if joined else None
        if last and (last.kind, last.target) == (mark.kind, mark.target) and start <= last.end:
            joined[-1] = last._replace(end=max(last.end, end))
        else:
            joined.append(Mark(start, end, mark.kind, mark.target))
    return tuple(sorted(joined))
