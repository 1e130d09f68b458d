"""A segment taken apart: its text, its links, its tags."""

import html
import re
from collections import Counter
from dataclasses import dataclass, field

ALLOWED = frozenset(("a", "abbr", "b", "br", "code", "em", "i", "strong"))
_TAG = re.compile(r"<([^<>]*)>")
_OPENING = re.compile(r"[a-z][a-z0-9]*", re.IGNORECASE)
_ID = re.compile(r"""\s+id\s*=\s*(?:"([^"\s]*)"|'([^'\s]*)')\s*""", re.IGNORECASE)


@dataclass(slots=True)
class Markup:
    """A text taken apart in one pass."""

    plain: str = ""
    prose: str = ""  # plain, with a placeholder for what stands in `code`
    links: list[str] = field(default_factory=list)  # their ids, in order, as often as they stand there
    silent_links: list[str] = field(default_factory=list)  # ids of those without text
    tags: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self) -> None:
        self.read = Markup()
        self.plain: list[str] = []
        self.prose: list[str] = []
        self.open: list[tuple[str, str, int]] = []  # name, id, how much of `plain` was there
        self.codes = 0

    def text(self, raw: str) -> None:
        if "<" in raw:
            self.read.faults.append("<")
        if raw:
            text = unescaped(raw)
            self.plain.append(text)
            if not self.codes:
                self.prose.append(text)

    def tag(self, inner: str) -> None:
        closing = inner.startswith("/")
        name = (found.group() if (found := _OPENING.match(inner, closing)) else "").lower()
        rest = inner[closing + len(name) :]
        if name not in ALLOWED:
            self.read.faults.append(f"<{inner}>")
        elif name == "br":
            self.plain.append("\n")
            self.prose.append("\n")
            if rest.strip(" /"):
                self.read.faults.append(f"<{inner}>")
        elif closing:
            self.close(name, rest)
        else:
            self.begin(name, rest)

    def begin(self, name: str, rest: str) -> None:
        self.read.tags[name] += 1
        attribute = _ID.fullmatch(rest) if name == "a" else None
        link = (attribute.group(1) or attribute.group(2) or "") if attribute else ""
        if (name == "a" and not link) or (name != "a" and rest.strip()):
            self.read.faults.append(f"<{name}{rest}>")
        if link:
            self.read.links.append(link)
        self.open.append((name, link, len(self.plain)))
        if name == "code":
            self.codes += 1
            self.prose.append("\ufffc")

    def close(self, name: str, rest: str) -> None:
        if rest.strip() or not self.open or self.open[-1][0] != name:
            self.read.faults.append(f"</{name}{rest}>")
            return
        _name, link, begun = self.open.pop()
        self.codes -= name == "code"
        if link and not any(part.strip() for part in self.plain[begun:]):
            self.read.silent_links.append(link)

    def end(self) -> Markup:
        self.read.faults += [f"<{name}>" for name, _link, _begun in self.open]
        self.read.plain, self.read.prose = "".join(self.plain), "".join(self.prose)
        return self.read


def markup_of(text: str) -> Markup:
    reader = _Reader()
    place = 0
    for tag in _TAG.finditer(text):
        reader.text(text[place : tag.start()])
        reader.tag(tag.group(1))
        place = tag.end()
    reader.text(text[place:])
    return reader.end()


def unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # a reference to a character of thousands of digits
        return text
