"""What is changed in a parsed post before it is written as HTML: titles for addresses, names for members, safe pictures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from markdown_it.token import Token

POST = re.compile(r"/forum/p/(\d{1,12})/\Z")
MEMBER = re.compile(r"/forum/m/(\d{1,12})/\Z")
FILE = re.compile(r"/forum/files/([0-9a-f-]{36})/[^/?#]+\Z")
LEADS_AWAY = re.compile(
    r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE
)  # if it is not an address of this site in full
LOWEST_HEADING = 6
HEADINGS_FROM = 2  # a post's first heading stands below the topic's title and the post's own


@dataclass(frozen=True, slots=True)
class Shown:
    """How an address of this site is shown. `language`: of the title, "" for no need to say."""

    title: str
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class FoundFile:
    name: str
    is_picture: bool
    width: int = 0
    height: int = 0
    size_text: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of it that everybody may see. What is missing stays as it was written."""

    titles: Mapping[str, Shown] = field(default_factory=dict)
    members: Mapping[int, str] = field(default_factory=dict)  # names
    files: Mapping[str, FoundFile] = field(default_factory=dict)


def own_path(address: str) -> str:
    """The path on this site that an address leads to, or "": `/…`, or its full address."""
    if address.startswith("/") and not address.startswith(("//", "/\\")):
        return address
    base = urlsplit(settings.BASE_URL)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = parts.path or "/"
    if parts.scheme not in {"http", "https"} or parts.netloc != base.netloc or path.startswith("//"):
        return ""
    query, fragment = parts.query and f"?{parts.query}", parts.fragment and f"#{parts.fragment}"
    return f"{path}{query}{fragment}"


def mark_up(tokens: list[Token], found: Found) -> None:
    """In place."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(LOWEST_HEADING, int(token.tag[1]) + HEADINGS_FROM)}"
        elif token.type in {"th_open", "td_open"}:
            _aligned(token)
        elif token.type == "fence":
            token.info = ""  # it would become a class
        elif token.type == "inline" and token.children:
            token.children = _children(token.children, found)


def _aligned(token: Token) -> None:
    """The parser says how a cell is aligned by a style, which the site's policy forbids."""
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrSet("class", style.replace("text-align:", "to-"))


def _children(children: list[Token], found: Found) -> list[Token]:
    made: list[Token] = []
    linked = False
    for at, token in enumerate(children):
        if token.type == "image":
            made += _picture(token, found, linked)
            continue
        if token.type == "link_open":
            _link(token, children[at + 1 : at + 2], found)
        linked = token.type == "link_open" or (linked and token.type != "link_close")
        made.append(token)
    return made


def _link(token: Token, following: list[Token], found: Found) -> None:
    path = own_path(str(token.attrGet("href") or ""))
    if not path:
        token.attrSet("rel", "nofollow ugc noopener")
        return
    token.attrSet("href", path)
    text = following[0] if following and following[0].type == "text" else None
    if (match := MEMBER.match(path)) and (name := found.members.get(int(match[1]))):
        token.attrSet("class", "mention")
        if text is not None:
            text.content = f"@{name}"
    elif (match := FILE.match(path)) and (file := found.files.get(match[1])):
        token.attrSet("class", "attached")
        if text is not None and file.size_text:
            text.content = f"{text.content} ({file.size_text})"
    elif (shown := found.titles.get(path)) and text is not None and token.info == "auto":
        text.content = shown.title
        token.attrSet("class", "titled")
        if shown.language:
            token.attrSet("lang", shown.language)
            token.attrSet("dir", shown.direction)


def _picture(token: Token, found: Found, linked: bool) -> list[Token]:
    """Pictures that were attached here are shown; any other becomes a link: no stranger learns who reads.

    `linked`: it stands in a link already, so that only its words are left.
    """
    address = str(token.attrGet("src") or "")
    path = own_path(address)
    match = FILE.match(path) if path else None
    file = found.files.get(match[1]) if match else None
    if file is not None and file.is_picture:
        token.attrs = {"src": path, "alt": token.attrs.get("alt", ""), "loading": "lazy"}
        if file.width and file.height:
            token.attrs |= {"width": str(file.width), "height": str(file.height)}
        return [token]
    words = Token("text", "", 0, content=token.content or address)
    if linked:
        return [words]
    opening = Token("link_open", "a", 1)
    opening.attrs = {"href": path} if path else {"href": address, "rel": "nofollow ugc noopener"}
    return [opening, words, Token("link_close", "a", -1)]
