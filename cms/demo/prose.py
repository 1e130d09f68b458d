"""Turns the Markdown of the content files into Wagtail's rich text and stream blocks."""

import re
import uuid
from collections.abc import Callable

from markdown_it import MarkdownIt

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


def stream_body(blocks: list[dict] | None, find_page: PageFinder) -> list[dict]:
    """The `body` list of a content file as the raw data of a StreamField."""
    return [
        {"type": name, "value": block_value(name, value, find_page)}
        for block in blocks or []
        for name, value in block.items()
        if name != "documents" or any(find_page(key) for key in value)
    ]


def list_item(value) -> dict:
    """As Wagtail stores it: without an id it takes the whole wrapper for the value."""
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def block_value(name: str, value, find_page: PageFinder):
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
        return [list_item({"value": str(row["value"]), "label": row["label"]}) for row in value]
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
        return [list_item(page_id) for page_id in ids if page_id]
    raise ValueError(f"unknown block {name!r}")
