"""A small HTTP client and what a test wants to know of an HTML page. Standard library only."""

import gzip
import http.client
import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit


@dataclass
class Answer:
    """`path` holds the query. `body` is decompressed; `size` is what went over the wire, in bytes."""

    path: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    size: int

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @property
    def is_html(self) -> bool:
        return self.headers.get_content_type() == "text/html"

    @cached_property
    def text(self) -> str:
        return self.body.decode(self.headers.get_content_charset("utf-8"))

    @cached_property
    def page(self) -> "PageFacts":
        facts = PageFacts(self.path)
        facts.feed(self.text)
        facts.close()
        return facts


class Reader:
    """One connection, kept open; not shared between threads. No cookies, no redirects followed."""

    def __init__(self, host: str):
        self.host = host
        self.connection = http.client.HTTPConnection(host, timeout=60)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """`If_None_Match="…"` sends that header. Tries once more if the server had closed the connection."""
        sent = {"Accept-Encoding": "gzip"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        try:
            self.connection.request(method, path, headers=sent)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            self.connection.request(method, path, headers=sent)
            response = self.connection.getresponse()
        raw = response.read()
        body = gzip.decompress(raw) if response.headers.get("Content-Encoding") == "gzip" and raw else raw
        return Answer(path, response.status, response.headers, body, len(raw))

    def size_for_browser(self, path: str) -> int:
        """Bytes of the body that a browser is sent, which takes Brotli where it can have it."""
        answer = self.get(path, method="HEAD", Accept_Encoding="gzip, deflate, br")
        return int(answer.headers["Content-Length"])

    def close(self) -> None:
        self.connection.close()


@dataclass
class PageFacts(HTMLParser):
    """The parts of a page that the crawl checks. Addresses are as written."""

    path: str
    lang: str = ""
    dir: str = ""
    title: str = ""
    h1: int = 0
    canonical: str = ""
    robots: str = ""
    alternates: dict[str, str] = field(default_factory=dict)  # hreflang -> href
    links: list[str] = field(default_factory=list)  # <a href>, those to other sites left out later
    images: set[str] = field(default_factory=set)  # every candidate
    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    referred_ids: set[str] = field(default_factory=set)
    without_alt: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)  # what the content policy forbids
    linked_data: list[str] = field(default_factory=list)
    _text: str = ""

    def __post_init__(self):
        super().__init__(convert_charrefs=True)

    __hash__ = object.__hash__

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.note_common(tag, given)
        if tag == "html":
            self.lang, self.dir = given.get("lang", ""), given.get("dir", "")
        elif tag == "h1":
            self.h1 += 1
        elif tag == "title" and not self.title:
            self._text = "title"
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link":
            self.note_link(given)
        elif tag == "meta":
            if given.get("name") == "robots":
                self.robots = given.get("content", "")
            elif given.get("property") == "og:image":
                self.images.add(given.get("content", ""))
        elif tag in {"img", "source"}:
            self.note_image(tag, given)
        elif tag == "use" and not given.get("href", "").startswith("#"):
            self.images.add(urldefrag(given.get("href", ""))[0])
        elif tag == "script":
            self.note_script(given)
        elif tag == "style":
            self.inline.append("<style>")

    handle_startendtag = handle_starttag

    def note_common(self, tag: str, given: dict) -> None:
        if given.get("id"):
            self.ids.append(given["id"])
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            self.referred_ids.update(given.get(name, "").split())
        if tag == "a" and re.fullmatch("#.+", given.get("href", "")):
            self.referred_ids.add(given["href"][1:])
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]

    def note_link(self, given: dict) -> None:
        rel, href = given.get("rel", ""), given.get("href", "")
        if rel == "canonical":
            self.canonical = href
        elif rel == "alternate" and "hreflang" in given:
            self.alternates[given["hreflang"]] = href
        elif rel == "stylesheet":
            self.styles.append(href)
        elif rel == "modulepreload":
            self.scripts.append(href)
        elif "icon" in rel:
            self.images.add(href)

    def note_image(self, tag: str, given: dict) -> None:
        if tag == "img":
            self.images.add(given.get("src", ""))
            if "alt" not in given:
                self.without_alt.append(given.get("src", ""))
        for candidate in given.get("srcset", "").split(","):
            if candidate.strip():
                self.images.add(candidate.split()[0])

    def note_script(self, given: dict) -> None:
        if given.get("type") == "application/ld+json":
            self._text = "data"
            self.linked_data.append("")
        elif given.get("src"):
            self.scripts.append(given["src"])
        elif given.get("type", "") in {"", "module", "text/javascript"}:
            self.inline.append("<script>")

    def handle_data(self, data):
        if self._text == "title":
            self.title += data
        elif self._text == "data":
            self.linked_data[-1] += data

    def handle_endtag(self, tag):
        if tag in {"title", "script"}:
            self._text = ""

    def internal(self, href: str, base_url: str) -> str | None:
        """The path and query that `href` leads to, or None where it leaves the site or stays on the page."""
        if not href or href.startswith("#"):
            return None
        absolute = urldefrag(urljoin(base_url + self.path, href))[0]
        parts = urlsplit(absolute)
        if f"{parts.scheme}://{parts.netloc}" != base_url:
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")
