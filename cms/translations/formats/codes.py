"""Inline HTML as the inline codes of XLIFF 2.0 (OASIS Standard, 2014, section 2.3), and back.

A pair of tags becomes `<pc>`, a line break `<ph>`; what they stand for is kept in `<originalData>`, so that a
translator's tool shows and protects them. Characters that XML cannot hold become `<cp hex="…"/>`.
"""

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
# What XML 1.0 (section 2.2) has no place for.
_NOT_XML = re.compile("([^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
_TAG = re.compile(r'<(?P<name>a|abbr|acronym|b|code|em|i|strong)(?: id="(?P<id>[^"]*)")?>')


class CodeFault(ValueError):
    """A code that the file does not explain, or that is not what the segment may hold."""


def named(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


class Codes(HTMLParser):
    """Writes texts of one unit as elements. The same tag has the same data in source and target."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.data: dict[str, str] = {}  # the tag → id in <originalData>
        self.stack: list[Element] = []
        self.number = 0

    def write(self, parent: Element, text: str) -> None:
        """Append `text`, canonical inline HTML, to `parent`."""
        self.reset()
        self.stack, self.number = [parent], 0
        self.feed(text)
        self.close()

    def reference(self, tag: str) -> str:
        return self.data.setdefault(tag, f"d{len(self.data) + 1}")

    def handle_starttag(self, tag: str, attrs) -> None:
        self.number += 1
        if tag == "br":
            SubElement(
                self.stack[-1],
                named("ph"),
                {
                    "id": str(self.number),
                    "dataRef": self.reference("<br/>"),
                    "equiv": "\n",
                    "type": "fmt",
                    "subType": "xlf:lb",
                },
            )
            return
        opening = f'<a id="{escape(dict(attrs)["id"] or "")}">' if attrs else f"<{tag}>"
        pair = SubElement(
            self.stack[-1],
            named("pc"),
            {
                "id": str(self.number),
                "dataRefStart": self.reference(opening),
                "dataRefEnd": self.reference(f"</{tag}>"),
                "type": "link" if tag == "a" else "fmt",
            },
        )
        self.stack.append(pair)

    def handle_endtag(self, tag: str) -> None:
        if tag != "br" and len(self.stack) > 1:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        for place, piece in enumerate(_NOT_XML.split(data)):
            if place % 2:
                SubElement(self.stack[-1], named("cp"), {"hex": f"{ord(piece):04X}"})
            else:
                _append(self.stack[-1], piece)


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def original_data(unit: Element, codes: Codes) -> None:
    """Say what the codes stand for. The standard wants it after the notes and before the segments of a unit."""
    if codes.data:
        holder = Element(named("originalData"))
        for tag, name in codes.data.items():
            SubElement(holder, named("data"), {"id": name}).text = tag
        unit.insert(1 if len(unit) and unit[0].tag == named("notes") else 0, holder)


def read_codes(element: Element, data: dict[str, str], depth: int = 0) -> str:
    """The inline HTML of a `<source>` or `<target>`. Raises `CodeFault`."""
    return "".join(_pieces(element, data, depth))


def _pieces(element: Element, data: dict[str, str], depth: int) -> Iterator[str]:
    if depth > 30:
        raise CodeFault(_("There are too many codes within one another."))
    yield escape(element.text or "", quote=False)
    for child in element:
        yield _code(child, data, depth)
        yield escape(child.tail or "", quote=False)


def _code(child: Element, data: dict[str, str], depth: int) -> str:
    name = child.tag.removeprefix(f"{{{NAMESPACE}}}") if isinstance(child.tag, str) else ""
    if name == "cp":
        return _character(child.get("hex", ""))
    if name == "ph":
        if data.get(child.get("dataRef", "")) == "<br/>":
            return "<br/>"
    elif name == "pc":
        opening = data.get(child.get("dataRefStart", ""), "")
        match = _TAG.fullmatch(opening)
        if match:
            return f"{opening}{read_codes(child, data, depth + 1)}</{match['name']}>"
    elif name == "mrk":  # a remark of a tool: its text counts
        return read_codes(child, data, depth + 1)
    raise CodeFault(_("There is a code here that the file does not explain."))


def _character(digits: str) -> str:
    try:
        return escape(chr(int(digits, 16)), quote=False)
    except (ValueError, OverflowError) as error:
        raise CodeFault(_("There is a character here that does not exist.")) from error
