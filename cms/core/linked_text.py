"""Rich text with its internal links resolved, for many texts at once.

Wagtail looks a text's links up when that text is rendered, so a page of ten texts asks ten times. Here the
page first says what all its texts point to (`targets`), looks that up once, and then expands each text.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_LINK = re.compile(r"<a\b([^>]*\blinktype=[^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class LinkTarget:
    url: str
    language: str = ""  # only where it differs from the text's


def targets(texts: Iterable[str]) -> tuple[set[int], set[int]]:
    """(ids of pages, ids of files) that the stored rich texts link to."""
    pages: set[int] = set()
    files: set[int] = set()
    for text in texts:
        if "linktype" not in text:
            continue
        for found in _LINK.finditer(text):
            attributes = dict(_ATTRIBUTE.findall(found[1]))
            if attributes.get("id", "").isdecimal():
                kind = {"page": pages, "document": files}.get(attributes.get("linktype", ""))
                if kind is not None:
                    kind.add(int(attributes["id"]))
    return pages, files


def expander(
    page_target: Callable[[int], LinkTarget | None], files: Mapping[int, str]
) -> Callable[[str], SafeString]:
    """A function from stored rich text to HTML. A link whose target is not public keeps its words only."""

    def opening(found: re.Match) -> str:
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        number = int(attributes["id"]) if attributes.get("id", "").isdecimal() else 0
        if attributes.get("linktype") == "page":
            target = page_target(number)
            if target is None:
                return "<a>"
            language = f' hreflang="{escape(target.language)}"' if target.language else ""
            return f'<a href="{escape(target.url)}"{language}>'
        url = files.get(number)
        return f'<a href="{escape(url)}">' if url else "<a>"

    def expand(text: str) -> SafeString:
        return mark_safe(_LINK.sub(opening, text) if "linktype" in text else text)

    return expand
