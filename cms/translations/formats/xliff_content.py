"""The content of `<source>` and `<target>` back as inline HTML: text escaped, each code as the tag it stands for."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from cms.translations.inline import NotInline

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_OPENS = re.compile(r"<([A-Za-z][A-Za-z0-9]*)")
_ANNOTATIONS = {"mrk", "sm", "em"}  # remarks of a tool on a stretch of text; the text stays, they go


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_with_points(element: Element) -> str:
    """The text of an element that holds text and `<cp>` only."""
    parts = [element.text or ""]
    for child in element:
        parts += [_character(child) if local(child) == "cp" else "", child.tail or ""]
    return "".join(parts)


def _character(element: Element) -> str:
    number = element.get("hex", "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", number) or int(number, 16) > 0x10FFFF:
        raise NotInline(_("There is a character in it that cannot be kept."))
    return chr(int(number, 16))


class Contents:
    """Reads one unit; its original data and the codes of its source say what the codes of its target stand for."""

    def __init__(self, unit: Element):
        self._data: dict[str, str] = {}
        self._tags: dict[str, tuple[str, str]] = {}  # id of a code → its tags, "" for what it has not
        for holder in unit:  # not deeper: matches and other modules have original data of their own
            for data in holder if local(holder) == "originalData" else ():
                with suppress(NotInline):  # whoever refers to it fails
                    self._data[data.get("id", "")] = text_with_points(data)

    def html(self, element: Element) -> str:
        """Not yet canonical, and nothing is allowed by being here. Raises `NotInline`: a code that is not known."""
        return "".join(self._walk(element))

    def _walk(self, element: Element) -> Iterator[str]:
        yield escape(element.text or "", quote=False)
        for child in element:
            name = local(child)
            if name == "cp":
                yield escape(_character(child), quote=False)
            elif name in _ANNOTATIONS:
                yield from self._walk(child)
            elif name == "pc":
                opening, closing = self._pair(child)
                yield opening
                yield from self._walk(child)
                yield closing
            elif name in ("ph", "sc", "ec"):
                yield self._alone(child, name)
            else:
                raise _unknown(name)
            yield escape(child.tail or "", quote=False)

    def _pair(self, code: Element) -> tuple[str, str]:
        opening = self._literal(code.get("dataRefStart"))
        closing = self._literal(code.get("dataRefEnd"))
        return self._remembered(code, opening, closing or _closing(opening))

    def _alone(self, code: Element, name: str) -> str:
        """A placeholder, or one half of a pair that a tool took apart."""
        literal = self._literal(code.get("dataRef"))
        if name == "ec":
            return literal or self._remembered(code, "", "")[1]
        return self._remembered(code, literal, _closing(literal) if name == "sc" else "")[0]

    def _remembered(self, code: Element, opening: str, closing: str) -> tuple[str, str]:
        """A tool may drop the references of a code, but not the id it shares with the source."""
        if opening:
            self._tags.setdefault(code.get("id", ""), (opening, closing))
            return opening, closing
        for name in ("id", "copyOf", "startRef"):
            if (known := self._tags.get(code.get(name, ""))) is not None:
                return known
        raise _unknown(code.get("id", "") or local(code))

    def _literal(self, reference: str | None) -> str:
        if not reference:
            return ""
        literal = self._data.get(reference, "")
        if not _TAG.fullmatch(literal):
            raise _unknown(literal or reference)
        return literal


def _closing(opening: str) -> str:
    found = _OPENS.match(opening)
    return f"</{found.group(1)}>" if found else ""


def _unknown(name: str) -> NotInline:
    return NotInline(_("There is an inline code in it that is not known: %(code)s.") % {"code": name[:40]})
