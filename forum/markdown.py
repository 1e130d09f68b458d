"""The parser of posts: CommonMark, tables, footnotes, struck-out words, addresses made links. No database.

Within it, what a short text may cost is bounded: there are texts of a few thousand characters for which a parser of
Markdown works for minutes, or makes a hundred megabytes.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_block.table import table
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from forum.sanitising import ADDRESSES, stands_as_address

DEEPEST = 14  # lists in quotes in lists …: deeper is text
LONGEST_ADDRESS = 1000  # characters; what is longer is text
MOST_CELLS = 5000  # of all tables of a text together
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_USUAL = re.compile(
    r"https?://(?!xn--)[a-z0-9-]+(?:\.(?!xn--)[a-z0-9-]+)*\.[a-z]+(?:[/?#]|\Z)", re.IGNORECASE
)
_WEB = re.compile(r"(?:^|[^a-z0-9.+-])(https?)\Z", re.IGNORECASE)
_BEFORE = 8  # characters of a text that hold "https" and what stands before it


class Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Whether an address, as it will be written, may be a link's or a picture's. Else it stays text."""
        if len(url) > LONGEST_ADDRESS:
            return False
        scheme = _SCHEME.match(url)
        if scheme is None:
            return True
        name = scheme[1].lower()
        return name in ADDRESSES and (_USUAL.match(url) is not None or stands_as_address(url))


@cache
def parser() -> MarkdownIt:
    made = Parser(
        "commonmark",
        {"html": False, "linkify": True, "maxNesting": DEEPEST, "breaks": False, "typographer": False},
    )
    made.use(footnote_plugin, inline=False)
    made.enable(["table", "strikethrough", "linkify"])
    made.disable(["html_block", "html_inline"])  # they would only look, and find that they may not
    made.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    made.block.ruler.at("footnote_def", _footnote, {"alt": ["paragraph", "reference"]})
    made.block.ruler.at("reference", _reference)
    made.inline.ruler.at("footnote_ref", _footnote_mark)
    made.inline.ruler.at("linkify", _address)
    made.add_render_rule("footnote_anchor", _way_back)
    return made


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, unless it is so large that it could only be meant to be: rows are filled up with empty cells.

    Where one was too large none is looked for any more, or each of its lines might be the beginning of the next.
    """
    if state.env.get("cells", 0) > MOST_CELLS:
        return False
    if silent or not table(state, start, end, True):
        return table(state, start, end, True)
    columns = state.getLines(start, start + 1, 0, False).count("|") + 1
    last = start + 2
    while last < end and not state.isEmpty(last):
        last += 1
    state.env["cells"] = state.env.get("cells", 0) + columns * (last - start)
    return state.env["cells"] <= MOST_CELLS and table(state, start, end, False)


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The text of a footnote, not within anything else: the plugin takes them out one by one, not nested."""
    return state.level == 0 and footnote_def(state, start, end, silent)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Where a link leads. A footnote that stands in the wrong place is none."""
    begins = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", begins) and reference(state, start, end, silent)


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    """Not within a link: it is a link itself."""
    return state.linkLevel == 0 and footnote_ref(state, silent)


def _address(state: StateInline, silent: bool) -> bool:
    """`https://…` in running text, so that no `_` or `*` in it is taken for emphasis.

    The parser's own rule reads the whole paragraph again at each `://`.
    """
    at = state.pos
    if state.linkLevel > 0 or not state.src.startswith("://", at):
        return False
    before = _WEB.search(state.pending[-_BEFORE:])
    if before is None:
        return False
    begins = at - len(before[1])
    text = state.src[begins : begins + LONGEST_ADDRESS]
    found = state.md.linkify.match_at_start(text) if state.md.linkify else None
    if found is None or len(found.url) == LONGEST_ADDRESS:
        return False
    url = found.url.rstrip("*")
    address = state.md.normalizeLink(url)
    if not state.md.validateLink(address):
        return False
    if not silent:
        state.pending = state.pending[: -len(before[1])]
        state.push("link_open", "a", 1).attrs = {"href": address}
        state.tokens[-1].info = "auto"
        state.push("text", "", 0).content = state.md.normalizeLinkText(url)
        state.push("link_close", "a", -1).info = "auto"
    state.pos += len(url) - len(before[1])
    return True


def _way_back(self, tokens, index, options, env) -> str:
    """From a footnote to the text. The plugin's own arrow is drawn as a picture on some telephones."""
    ident = self.rules["footnote_anchor_name"](tokens, index, options, env)
    if (tokens[index].meta or {}).get("subId", 0) > 0:
        ident += f":{tokens[index].meta['subId']}"
    return f' <a href="#fnref{ident}" class="footnote-backref">↑</a>'
