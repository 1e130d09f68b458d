"""The text of a page as flat parts for one template, `components/body.html`, straight from what is stored.

Rendering block by block costs a template each and a query for each text with links. The parts below are made
from the stored values, with everything they point to looked up beforehand.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cms.core.blocks import SCALES
from cms.core.players import player

SCALE_NAMES = dict(SCALES)


@dataclass(slots=True)
class Part:
    type: str
    value: object
    anchor: str = ""
    key: str = ""  # id of its block
    after: str = ""  # HTML to follow it: what is to be said of it to readers


@dataclass(slots=True)
class BodyNeeds:
    """What a body points to: rich texts, whose links are ids too, and ids of pages, pictures and files."""

    texts: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    pictures: set[int] = field(default_factory=set)
    files: set[int] = field(default_factory=set)


def items(value: object) -> list:
    """The values of a stored list block, in its present form and in the older one without wrappers."""
    rows = value if isinstance(value, list) else []
    return [
        row["value"] if isinstance(row, dict) and row.get("type") == "item" and "value" in row else row
        for row in rows
    ]


def add_body_needs(raw: Iterable[dict], needs: BodyNeeds) -> None:
    for block in raw:
        kind: str = block.get("type", "")
        value: Any = block.get("value")
        if kind == "text":
            needs.texts.append(value or "")
        elif kind in ("proposal", "callout"):
            needs.texts.append(value.get("text") or "")
        elif kind == "documents":
            needs.pages.update(pk for pk in items(value) if pk)
        elif kind == "image" and value.get("image"):
            needs.pictures.add(value["image"])
        elif kind == "file" and value.get("file"):
            needs.files.add(value["file"])


def body_parts(raw: Iterable[dict], found) -> list[Part]:
    """`found` resolves: `.expand(text)`, `.works`, `.pictures` and `.files` (both by id)."""
    parts = []
    for block in raw:
        make = _MAKERS.get(block.get("type", ""))
        value = make(block.get("value"), found) if make else None
        if value:
            anchor = slugify(strip_tags(value), allow_unicode=True)[:60] if block["type"] == "heading" else ""
            parts.append(Part(block["type"], value, anchor, block.get("id", "")))
    return parts


def _plain(value, found):
    return value


def _text(value, found):
    return found.expand(value or "")


def _proposal(value, found):
    scale = SCALE_NAMES.get(value.get("scale"), "")
    return {"number": value.get("number"), "scale": scale, "text": found.expand(value.get("text") or "")}


def _callout(value, found):
    kind = value.get("kind") or "lesson"
    names = {"lesson": _("Lesson"), "note": _("Note"), "gap": _("What the sources do not say")}
    return {
        "kind": kind,
        "label": names.get(kind, ""),
        "title": value.get("title") or "",
        "text": found.expand(value.get("text") or ""),
    }


def _quotation(value, found):
    return {**value, "lang": value.get("language") or ""}


def _figures(value, found):
    return items(value)


def table_parts(value: Mapping[str, Any]) -> dict[str, Any]:
    """`caption`, `head` (texts, [] where no column has a heading) and `rows` of a stored table."""
    table = value.get("table") or {}
    head = [column.get("heading", "") for column in table.get("columns", [])]
    return {
        "caption": value.get("caption") or table.get("caption") or "",
        "head": head if any(head) else [],
        "rows": [row.get("values", []) for row in table.get("rows", [])],
    }


def _table(value, found):
    return table_parts(value)


def _image(value, found):
    picture = found.pictures.get(value.get("image"))
    return picture and {"picture": picture, "alt": value.get("alt", ""), "caption": value.get("caption", "")}


def _file(value, found):
    file = found.files.get(value.get("file"))
    return file and {"file": file, "title": value.get("title") or file.title}


def _documents(value, found):
    return found.works.all(items(value))


def _video(value, found):
    address = value.get("video") or ""
    return {"address": address, "frame": player(address), "caption": value.get("caption", "")}


_MAKERS: dict[str, Callable] = {
    "heading": _plain,
    "subheading": _plain,
    "text": _text,
    "proposal": _proposal,
    "callout": _callout,
    "quotation": _quotation,
    "key_figures": _figures,
    "table": _table,
    "image": _image,
    "file": _file,
    "documents": _documents,
    "video": _video,
}
