"""Turns the Markdown of the content files into Wagtail's rich text and stream blocks."""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from markdown_it import MarkdownIt

from cms.demo.reading import identity

markdown = MarkdownIt("commonmark", {"html": False})
PageFinder = Callable[[str], int | None]  # document key -> page id in the language of the text, else None


def rich_text(text: str | None, find_page: PageFinder) -> str:
    """Markdown as Wagtail rich text; `[words](doc:KEY)` becomes a link to that document's page."""
    if not text:
        return ""
    html = markdown.render(str(text))

    def link(match: re.Match) -> str:
        page_id = find_page(match["key"])
        return f'<a linktype="page" id="{page_id}">{match["words"]}</a>' if page_id else match["words"]

    html = re.sub(r'<a href="doc:(?P<key>[\w-]+)">(?P<words>.*?)</a>', link, html, flags=re.DOTALL)
    return re.sub(r">\s*\n\s*<", "><", html).strip()


def inline_text(text: str | None, find_page: PageFinder) -> str:
    return rich_text(text, find_page)


def stream_body(blocks: list[dict] | None, find_page: PageFinder, work: str) -> list[dict]:
    """The `body` list of a content file as the raw data of a StreamField.

    `work` names what the text belongs to: the nth block of a type has the same id in all its languages, which is
    how translations know what corresponds to what. Where a language lacks one of several of a type, `left_out: type`
    stands in its place.
    """
    nth: Counter[str] = Counter()
    body = []
    for block in blocks or []:
        for name, value in block.items():
            if name == "left_out":
                nth[value] += 1
                continue
            nth[name] += 1
            block_id = shared_id("blocks", f"{work}/{name}/{nth[name]}")
            if name != "documents" or any(find_page(key) for key in value):
                items = partial(list_item, block_id)
                body.append(
                    {"type": name, "value": block_value(name, value, find_page, items), "id": block_id}
                )
    return body


def shared_id(kind: str, key: str) -> str:
    return str(identity(kind, key))


def list_item(block_id: str, number: int, value) -> dict:
    """As Wagtail stores it: without an id it takes the whole wrapper for the value."""
    return {"type": "item", "value": value, "id": shared_id("items", f"{block_id}/{number}")}


def block_value(name: str, value, find_page: PageFinder, item: Callable[[int, Any], dict]):
    if name in ("heading", "subheading"):
        return str(value)
    if name == "text":
        return rich_text(value, find_page)
    if name == "quotation":
        return {
            "text": str(value["text"]).strip(),
            "source": value["source"],
            "language": value.get("language", ""),
        }
    if name == "key_figures":
        return [
            item(number, {"value": str(row["value"]), "label": row["label"]})
            for number, row in enumerate(value)
        ]
    if name == "proposal":
        return {
            "number": value.get("number"),
            "scale": value["scale"],
            "text": inline_text(value["text"], find_page),
        }
    if name == "table":
        columns = [{"type": "text", "heading": str(heading)} for heading in value["header"]]
        rows = [{"values": [str(cell) for cell in row]} for row in value["rows"]]
        return {"caption": value["caption"], "table": {"caption": "", "columns": columns, "rows": rows}}
    if name == "callout":
        return {
            "kind": value.get("kind", "note"),
            "title": value.get("title", ""),
            "text": rich_text(value["text"], find_page),
        }
    if name == "documents":
        ids = [find_page(key) for key in value]
        return [item(number, page_id) for number, page_id in enumerate(ids) if page_id]
    raise ValueError(f"unknown block {name!r}")
