"""Tags of inline HTML as XLIFF 2.0 inline codes, which translators' tools show and protect; and characters for XML."""

import re
from html import unescape
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from cms.translations.inline import NotInline, normalise_inline

_TAG = re.compile(r"(<[^<>]*>)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_KINDS = {  # name of the tag → type and subtype that the standard knows
    "a": 'type="link"',
    "b": 'type="fmt" subType="xlf:b"',
    "strong": 'type="fmt" subType="xlf:b"',
    "i": 'type="fmt" subType="xlf:i"',
    "em": 'type="fmt" subType="xlf:i"',
    "br": 'type="fmt" subType="xlf:lb"',
}


def xml_text(text: str) -> str:
    """For the content of an element that takes inline codes. A carriage return would be read as a line feed."""
    return _ILLEGAL.sub(_code_point, escape(text, {"\r": "&#13;"}))


def xml_plain(text: str) -> str:
    """For content that takes no codes. What XML cannot hold is shown as missing."""
    return escape(_ILLEGAL.sub("\ufffd", text), {"\r": "&#13;"})


def xml_attribute(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("\ufffd", text))


def _code_point(found: re.Match[str]) -> str:
    return f'<cp hex="{ord(found.group()):04X}"/>'


class Codes:
    """The codes of one unit: what stands for what. Write the source first: its codes give those of the target ids."""

    def __init__(self) -> None:
        self._data: dict[str, str] = {}  # literal tag → id among the original data
        self._numbers = count(1)
        self._of_source: dict[str, list[str]] = {}  # opening tag → ids of its codes, in order

    def source(self, text: str) -> str:
        """XML of `text`."""
        return self._written(text, {}, self._of_source)

    def target(self, text: str) -> str:
        """XML of `text`. The nth code of a kind is taken for the nth of its kind in the source."""
        return self._written(text, {tag: ids[::-1] for tag, ids in self._of_source.items()}, {})

    def original_data(self) -> str:
        """XML of the literal tags, "" without any. To be asked for last."""
        data = "".join(f'<data id="{name}">{xml_text(tag)}</data>' for tag, name in self._data.items())
        return f"<originalData>{data}</originalData>" if data else ""

    def _written(self, text: str, waiting: dict[str, list[str]], given: dict[str, list[str]]) -> str:
        try:
            pieces = _TAG.split(normalise_inline(text))
        except NotInline:
            pieces = [escape(text)]  # no text of a segment; shown as it is
        parts = []
        for piece in pieces:
            if not piece.startswith("<"):
                parts.append(xml_text(unescape(piece)))
            elif piece.startswith("</"):
                parts.append("</pc>")
            else:
                ids = waiting.get(piece)
                number = ids.pop() if ids else str(next(self._numbers))
                given.setdefault(piece, []).append(number)
                parts.append(self._code(piece, number))
        return "".join(parts)

    def _code(self, tag: str, number: str) -> str:
        name = re.split(r"[\s/>]", tag[1:], maxsplit=1)[0]
        kind = _KINDS.get(name, 'type="fmt"')
        if name == "br":
            return f'<ph id="{number}" dataRef="{self._ref(tag)}" {kind}/>'
        start, end = self._ref(tag), self._ref(f"</{name}>")
        return f'<pc id="{number}" dataRefStart="{start}" dataRefEnd="{end}" {kind}>'

    def _ref(self, tag: str) -> str:
        return self._data.setdefault(tag, f"d{len(self._data) + 1}")
