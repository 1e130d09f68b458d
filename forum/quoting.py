"""A passage of a post as a Markdown quotation, which begins with a link to that post. No database."""

import re

_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_QUOTED = re.compile(r"^ {0,3}>")


def quotation(
    post_id: int, number: int | None, text: str, member_id: int | None = None, name: str = ""
) -> str:
    """Ends with an empty line, where one goes on writing. `member_id` and `name`: its author, as a mention."""
    head = f"[#{number or '…'}](/forum/p/{post_id}/)"
    if member_id and name:
        head += f" [@{plain(name)}](/forum/m/{member_id}/)"
    lines = [head, "", *text.strip().splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def plain(name: str) -> str:
    """As the words of a link."""
    return re.sub(r"([\\\[\]`*_<>])", r"\\\1", " ".join(name.split()))


def without_quotations(source: str) -> str:
    """What somebody says themselves; all of it, where they only quote."""
    kept: list[str] = []
    fence = ""
    for line in source.splitlines():
        opening = _FENCE.match(line)
        if opening and not fence:
            fence = opening[1]
        elif opening and opening[1].startswith(fence):
            fence = ""
        if fence or not _QUOTED.match(line):
            kept.append(line)
    own = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return own or source.strip()
