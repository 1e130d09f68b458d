"""A rendered post for mail: plain text, and HTML with full addresses that loads nothing. Pure.

What comes in is what the renderer made, sanitised: the tags are known and balanced.
"""

from html import escape
from html.parser import HTMLParser

from django.conf import settings

# Mail programs take styles in place only. Colours are left to the frame, which knows of dark ones.
STYLES = {
    "p": "margin:0 0 10px",
    "ul": "margin:0 0 10px;padding-inline-start:22px",
    "ol": "margin:0 0 10px;padding-inline-start:22px",
    "blockquote": "margin:0 0 10px;padding-inline-start:12px;border-inline-start:3px solid #8f897d",
    "pre": "margin:0 0 10px;white-space:pre-wrap;font-family:monospace",
    "code": "font-family:monospace",
    "table": "margin:0 0 10px;border-collapse:collapse",
    "th": "padding:2px 8px;border:1px solid #8f897d;text-align:start",
    "td": "padding:2px 8px;border:1px solid #8f897d",
}
HEADINGS = {"h3", "h4", "h5", "h6"}
PARAGRAPHS = {"p", "pre", "table", *HEADINGS}
LISTS = {"ul", "ol"}
KEPT = {"lang", "dir", "title", "start"}
BACK_TO_THE_TEXT = "footnote-backref"


def full(address: str) -> str:
    return settings.BASE_URL + address if address.startswith("/") else address


def for_html_mail(html: str) -> str:
    writer = _HtmlWriter()
    writer.feed(html)
    writer.close()
    return "".join(writer.parts).strip()


def for_plain_mail(html: str) -> str:
    writer = _PlainWriter()
    writer.feed(html)
    writer.close()
    return writer.text()


def for_excerpt(html: str) -> str:
    """Its own words, without addresses, empty lines, and what it quotes; of a mere quotation, what it quotes."""
    writer = _PlainWriter(addresses=False)
    writer.feed(html)
    writer.close()
    lines = [line for line in writer.text().splitlines() if line.strip("> ")]
    return "\n".join([line for line in lines if not line.startswith("> ")] or lines)


class _Writer(HTMLParser):
    """Leaves out what leads from a footnote back to the text; `links` are the addresses one stands in."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.back = False

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
            self.back = given.get("class") == BACK_TO_THE_TEXT
        if not self.back:
            self.begin(tag, given)

    def handle_endtag(self, tag):
        address = self.links.pop() if tag == "a" and self.links else ""
        if not self.back:
            self.end(tag, address)
        if tag == "a":
            self.back = False

    def handle_data(self, data):
        if not self.back:
            self.say(data)


class _HtmlWriter(_Writer):
    """Pictures become links; links within the post (footnotes) are words."""

    def __init__(self):
        super().__init__()
        self.parts: list[str] = []

    def begin(self, tag: str, given: dict[str, str]) -> None:
        if tag == "img":
            address = full(given.get("src", ""))
            self.parts.append(
                f'<a href="{escape(address, quote=True)}">{escape(given.get("alt") or address)}</a>'
            )
            return
        if tag == "a" and given.get("href", "").startswith("#"):
            return
        kept = {name: value for name, value in given.items() if name in KEPT}
        if tag == "a":
            kept["href"] = full(given.get("href", ""))
        if tag in STYLES:
            kept["style"] = STYLES[tag]
        written = "".join(f' {name}="{escape(value, quote=True)}"' for name, value in kept.items())
        self.parts.append(f"<{'h3' if tag in HEADINGS else tag}{written}>")

    def end(self, tag: str, address: str) -> None:
        if not address.startswith("#"):
            self.parts.append(f"</{'h3' if tag in HEADINGS else tag}>")

    def say(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))


class _PlainWriter(_Writer):
    """Paragraphs apart by an empty line, `> ` before quotations, `- ` before items, addresses in brackets."""

    def __init__(self, *, addresses: bool = True):
        super().__init__()
        self.addresses = addresses
        self.lines: list[str] = []
        self.line = ""
        self.quotes = 0
        self.lists: list[int] = []  # 0: not numbered, else the next number
        self.starts: list[int] = []  # where the words of a link begin
        self.verbatim = False
        self.marker = ""

    def text(self) -> str:
        self.end_line()
        while self.lines and not self.lines[-1].strip("> "):
            self.lines.pop()
        return "\n".join(self.lines)

    def end_line(self) -> None:
        if self.line.strip():
            before = "> " * self.quotes + "  " * max(0, len(self.lists) - 1)
            hang = "  " if self.lists and not self.marker else ""
            self.lines.append(before + (self.marker or hang) + self.line.rstrip())
            self.marker = ""
        self.line = ""

    def apart(self) -> None:
        self.end_line()
        if not self.lines or self.lists:
            return
        between = ("> " * self.quotes).rstrip()
        if self.lines[-1].strip("> "):
            self.lines.append(between)
        elif len(between) < len(self.lines[-1]):  # after a quotation in a quotation
            self.lines[-1] = between

    def begin(self, tag: str, given: dict[str, str]) -> None:
        if tag in PARAGRAPHS or tag in {"blockquote", "hr"} or (tag in LISTS and not self.lists):
            self.apart()
        elif tag in {"li", "tr", "br"} or tag in LISTS:
            self.end_line()
        if tag == "blockquote":
            self.quotes += 1
        elif tag in LISTS:
            start = given.get("start", "")
            self.lists.append((int(start) if start.isdecimal() else 1) if tag == "ol" else 0)
        elif tag == "li":
            self.marker = self.next_marker()
        elif tag in {"td", "th"} and self.line:
            self.line = f"{self.line.rstrip()} | "
        elif tag == "hr" and self.addresses:
            self.line = "-" * 20
            self.end_line()
        elif tag == "img":
            self.line += given.get("alt", "")
            self.point_to(full(given.get("src", "")))
        elif tag == "a":
            self.starts.append(len(self.line))
        self.verbatim = self.verbatim or tag == "pre"

    def point_to(self, address: str) -> None:
        if self.addresses:
            self.line = f"{self.line} <{address}>".lstrip() if self.line else f"<{address}>"

    def next_marker(self) -> str:
        if not self.lists or not self.lists[-1]:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1] - 1}. "

    def end(self, tag: str, address: str) -> None:
        if tag == "a":
            words = self.line[self.starts.pop() :] if self.starts else ""
            leads_to = full(address).removeprefix("mailto:")
            if not address.startswith("#") and not words.startswith("@") and words != leads_to:
                self.point_to(leads_to)
        elif tag == "blockquote":
            self.end_line()
            self.quotes -= 1
            self.apart()
        elif tag in LISTS:
            self.end_line()
            self.lists.pop()
            self.apart()
        elif tag in PARAGRAPHS or tag in {"li", "tr"}:
            self.end_line()
        self.verbatim = self.verbatim and tag != "pre"

    def say(self, data: str) -> None:
        if self.verbatim:
            *whole, self.line = (self.line + data).split("\n")
            self.lines += ["> " * self.quotes + ("    " + line if line else "") for line in whole]
            return
        words = " ".join(data.split())
        if data[:1].isspace() and self.line and not self.line.endswith(" "):
            self.line += " "
        self.line += words + (" " if words and data[-1:].isspace() else "")
