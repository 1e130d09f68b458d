"""`@Name`, written as it is spoken, made the link that a mention is. No database."""

import re
from collections.abc import Mapping

MOST_WORDS = 5  # in a name
MOST = 40  # names looked up of one text
LONGEST_LINE = 8000  # characters; in longer ones nothing is looked for
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
# Nothing is looked for in code, in links and in addresses.
_LEFT_ALONE = re.compile(
    r"(`+)(?!`).{1,300}?(?<!`)\1(?!`)|!?\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)|<[^>\n]{0,300}>|https?://\S+"
)
_AT = re.compile(r"(?<![\w@/.\[\\])@(?=\w)")
_WORD = re.compile(r"[^\s@,;:!?()\[\]<>\"“”«»]+")


def names_in(source: str) -> list[str]:
    """What might be names: after each `@` its next words, one, two … together. In no order that matters."""
    found: dict[str, None] = {}
    for line in _lines(source):
        if line.text is None:
            continue
        for start, _end in _places(line.text):
            for name in _candidates(line.text, start):
                found[name] = None
                if len(found) >= MOST * MOST_WORDS:
                    return list(found)
    return list(found)


def linked(source: str, members: Mapping[str, int]) -> str:
    """`source` with each `@Name` of `members` (name → id) made a link; the longest name that stands there counts."""
    if not members:
        return source
    made = []
    for line in _lines(source):
        made.append(line.raw if line.text is None else _linked(line.raw, members))
    return "\n".join(made)


class _Line:
    """`text` is None where no name is looked for."""

    def __init__(self, raw: str, looked_at: bool):
        self.raw = raw
        self.text = raw if looked_at and "@" in raw and len(raw) <= LONGEST_LINE else None


def _lines(source: str) -> list[_Line]:
    fence = ""
    found = []
    for raw in source.split("\n"):
        opening = _FENCE.match(raw)
        inside = bool(fence) or bool(opening)
        if opening and not fence:
            fence = opening[1]
        elif opening and opening[1].startswith(fence):
            fence = ""
        # What is quoted was said by others, and to others.
        found.append(
            _Line(raw, not inside and not raw.startswith(("    ", "\t")) and raw.lstrip()[:1] != ">")
        )
    return found


def _places(text: str) -> list[tuple[int, int]]:
    taken = [match.span() for match in _LEFT_ALONE.finditer(text)]
    return [
        match.span()
        for match in _AT.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
    ]


def _candidates(text: str, at: int) -> list[str]:
    """Names that may stand after the `@` at `at`, the shortest first; each without a full stop at its end, too."""
    found: list[str] = []
    end = at + 1
    for count, match in enumerate(_WORD.finditer(text, at + 1), 1):
        if count > MOST_WORDS or text[end : match.start()].strip(" "):
            break
        end = match.end()
        written = text[at + 1 : end]
        found += dict.fromkeys(each for each in (written.rstrip(".…'’"), written) if each)
    return [" ".join(each.split()) for each in found]


def _linked(text: str, members: Mapping[str, int]) -> str:
    out = []
    done = 0
    for start, end in _places(text):
        if start < done:
            continue
        for name in sorted(_candidates(text, start), key=len, reverse=True):
            written = text[end : end + len(name)]
            if name in members and written == name:
                out.append(f"{text[done:start]}[@{_escaped(name)}](/forum/m/{members[name]}/)")
                done = end + len(name)
                break
    return "".join(out) + text[done:]


def _escaped(name: str) -> str:
    return re.sub(r"([\\\[\]`*_<>])", r"\\\1", name)
