"""A post's Markdown as HTML. No database: what it points to is looked up by whoever asks for the rendering.

Raw HTML is text here. What the renderer makes goes through the sanitiser, which must find nothing to change (there
is a property test): two doors, each of which would hold alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

import nh3
from markdown_it.token import Token

from forum.markdown import parser
from forum.marking import FILE, LEADS_AWAY, MEMBER, POST, Found, mark_up, own_path
from forum.rules import LONGEST_POST
from forum.sanitising import sanitised

# Of HTML, in characters: beyond it a text stands as it was written. A text of the longest post that is meant to be
# read stays far below; a link to one long address, named ten thousand times, does not.
LARGEST = 500_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text points to on this site, to be looked up at once."""

    addresses: frozenset[str] = frozenset()  # shown bare: each asks for its title; paths from "/"
    members: frozenset[int] = frozenset()
    files: frozenset[str] = frozenset()  # keys


@dataclass(frozen=True, slots=True)
class Rendered:
    """`links`: how many lead away from this site. `mentioned`: ids of members; `quoted`: of posts; `files`: keys."""

    html: str
    links: int
    mentioned: tuple[int, ...]
    quoted: tuple[int, ...]
    files: tuple[str, ...]


LookUp = Callable[[Asked], Found]


def nothing_known(asked: Asked) -> Found:
    return Found()


def render(source: str, look_up: LookUp = nothing_known, *, name: str = "post") -> Rendered:
    """`name` (letters, digits) tells its footnotes from those of other posts on the same page. Never fails."""
    text = readable(source)
    if len(text) > LONGEST_POST:
        return Rendered(as_written(text), 0, (), (), ())
    env = {"docId": name}
    tokens = parser().parse(text, env)
    links = list(_links(tokens))
    asked = _asked(links)
    found = look_up(asked) if asked != Asked() else Found()
    quoted = tuple(dict.fromkeys(_quoted(tokens)))
    mark_up(tokens, found)
    if weight(tokens) > LARGEST:
        return Rendered(as_written(text), 0, (), (), ())
    html = sanitised(parser().renderer.render(tokens, parser().options, env))
    return Rendered(
        html.strip(),
        sum(1 for link in links if LEADS_AWAY.match(link.address) and not own_path(link.address)),
        tuple(dict.fromkeys(pk for pk in _members(links) if pk in found.members)),
        quoted,
        tuple(sorted(asked.files)),
    )


def readable(source: str) -> str:
    """Without what no database and no page can hold: the nul character, and halves of characters."""
    return source.replace("\0", "").encode("utf-8", "replace").decode()


def weight(tokens: list[Token]) -> int:
    """About how many characters of HTML these will be."""
    found = 0
    for token in tokens:
        if token.type == "inline":
            found += weight(token.children or [])
            continue
        found += len(token.content) + (len(token.tag) + 3 if token.tag else 0)
        found += 70 if token.type.startswith("footnote") else 0
        for name, value in token.attrs.items():
            found += 4 + len(name) + len(str(value))
        if token.children:  # what a picture is called
            found += len(token.content)
    return found


def as_written(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return sanitised("\n".join(f"<p>{escape(each)}</p>".replace("\n", "<br>\n") for each in paragraphs))


def plain_text(html: str) -> str:
    """What a rendered post says, without its marks: for excerpts, feeds, mail subjects."""
    spaced = re.sub(r"<(?:/p|/li|/h\d|br|/tr|/pre)[^>]*>", "\n", html)
    text = unescape(nh3.clean(spaced, tags=set()))
    return re.sub(r"[ \t]*\n\s*", "\n", text).strip()


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    bare: bool  # the address itself is all its text
    picture: bool = False


def _inline(tokens: list[Token]) -> Iterator[list[Token]]:
    for token in tokens:
        if token.children:
            yield token.children


def _links(tokens: list[Token]) -> Iterator[Link]:
    for children in _inline(tokens):
        for token in children:
            if token.type == "link_open":
                yield Link(str(token.attrGet("href") or ""), token.info == "auto")
            elif token.type == "image":
                yield Link(str(token.attrGet("src") or ""), False, True)


def _asked(links: list[Link]) -> Asked:
    paths = [(own_path(link.address), link) for link in links]
    return Asked(
        frozenset(path for path, link in paths if path and link.bare),
        frozenset(_members(links)),
        frozenset(match[1] for path, _link in paths if (match := FILE.match(path))),
    )


def _members(links: list[Link]) -> Iterator[int]:
    for link in links:
        if match := MEMBER.match(own_path(link.address)):
            yield int(match[1])


def _quoted(tokens: list[Token]) -> Iterator[int]:
    """Posts that are quoted: a quotation begins with a link to its post."""
    for at, token in enumerate(tokens):
        if token.type != "blockquote_open":
            continue
        first = next((later for later in tokens[at + 1 : at + 4] if later.type == "inline"), None)
        opening = first.children[0] if first and first.children else None
        if opening is not None and opening.type == "link_open":
            match = POST.match(own_path(str(opening.attrGet("href") or "")))
            if match:
                yield int(match[1])
