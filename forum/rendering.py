"""A post's Markdown as HTML: CommonMark, tables, footnotes, struck-out words, addresses made links. No database.

Raw HTML is text here. What the parser makes goes through the sanitiser, which must find nothing to change (there is
a property test): two doors, each of which would hold alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from forum.marking import FILE, MEMBER, POST, Found, mark_up, own_path

DEEPEST = 20  # lists in quotes in lists …: deeper is text
ADDRESSES = {"http", "https", "mailto"}
TAGS = {
    *(
        "p",
        "br",
        "hr",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "ol",
        "ul",
        "li",
        "strong",
        "em",
        "s",
        "code",
        "pre",
    ),
    *("a", "img", "table", "thead", "tbody", "tr", "th", "td", "sup", "section"),
}
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "class", "title", "id", "hreflang", "lang", "dir", "rel"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start", "class"},
    "li": {"id", "class"},
    "code": {"class"},
    "th": {"class"},
    "td": {"class"},
    "sup": {"class"},
    "section": {"class"},
    "hr": {"class"},
    "blockquote": {"class"},
}


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
    tokens = _parser().parse(source.replace("\0", ""), env := {"docId": name})
    links = list(_links(tokens))
    asked = _asked(links)
    found = look_up(asked) if asked != Asked() else Found()
    quoted = tuple(dict.fromkeys(_quoted(tokens)))
    mark_up(tokens, found)
    html = sanitised(_parser().renderer.render(tokens, _parser().options, env))
    return Rendered(
        html.strip(),
        sum(1 for link in links if not own_path(link.address)),
        tuple(sorted(asked.members & found.members.keys())),
        quoted,
        tuple(sorted(asked.files)),
    )


def sanitised(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=ADDRESSES,
        link_rel=None,
        strip_comments=True,
    )


def plain_text(html: str) -> str:
    """What a rendered post says, without its marks: for excerpts, feeds, mail subjects."""
    spaced = re.sub(r"<(?:/p|/li|/h\d|br|/tr|/pre)[^>]*>", "\n", html)
    text = nh3.clean(spaced, tags=set())
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return re.sub(r"[ \t]*\n\s*", "\n", text).strip()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark",
        {"html": False, "linkify": True, "maxNesting": DEEPEST, "breaks": False, "typographer": False},
    )
    parser.enable(["table", "strikethrough", "linkify"])
    parser.use(footnote_plugin, inline=False)
    parser.add_render_rule("footnote_anchor", _footnote_anchor)
    return parser


def _footnote_anchor(self, tokens, index, options, env) -> str:
    """Back to the text. The plugin's own arrow is drawn as a picture on some telephones."""
    ident = self.rules["footnote_anchor_name"](tokens, index, options, env)
    if (tokens[index].meta or {}).get("subId", 0) > 0:
        ident += f":{tokens[index].meta['subId']}"
    return f' <a href="#fnref{ident}" class="footnote-backref">↑</a>'


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
        frozenset(int(match[1]) for path, _link in paths if (match := MEMBER.match(path))),
        frozenset(match[1] for path, _link in paths if (match := FILE.match(path))),
    )


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
