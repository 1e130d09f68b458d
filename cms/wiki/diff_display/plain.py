"""A difference in a few lines of plain text, for mails."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.wiki.diffs import (
    ADDED,
    AFTER,
    BEFORE,
    EQUAL,
    REMOVED,
    SHORT,
    BlockChange,
    PageDiff,
    ParagraphChange,
    SectionChange,
)
from cms.wiki.queries.names import names_of

from .labels import Labels
from .sentences import Plain, Teller, is_short, is_value
from .shown import Builder, references

LONGEST_LINE = 200  # characters
AROUND = 40  # characters of what stays, on both sides of a change


def in_words(diff: PageDiff, limit: int = 12, user=None, *, drafts: bool = False) -> list[str]:
    """At most `limit` lines, in the active language: headings, `- ` what went, `+ ` what came, `* ` what else.

    The last line says how many were left out. One query.
    """
    teller = Teller(Labels(diff.models[AFTER]), names_of(references(diff), user, drafts=drafts), Plain)
    lines = list(PlainTeller(teller).lines(diff))
    if len(lines) <= limit:
        return lines
    kept = lines[: max(limit - 1, 0)]
    left = len(lines) - len(kept)
    more = ngettext("… and %(count)s more line", "… and %(count)s more lines", left) % {"count": left}
    return [*kept, more]


class PlainTeller:
    def __init__(self, teller: Teller) -> None:
        self.tell = teller
        self.builder = Builder(teller)

    def lines(self, diff: PageDiff) -> Iterable[str]:
        for section in diff.sections:
            if section.is_changed:
                yield _("%(section)s:") % {"section": self.tell.labels.section(section.key)}
                for block in section.blocks:
                    yield from map(one_line, self._block(section, block))

    def _block(self, section: SectionChange, block: BlockChange) -> Iterable[str]:
        if section.kind == "rows" and is_short(block):
            for sentence in self.tell.row(section.key, block, self.builder.followed(section, block)):
                yield f"* {sentence}"
            return
        if block.moved:
            name = self.tell.row_name(section.key, block, AFTER)
            yield f"* {self.tell.moved_row(block, name, self.builder.followed(section, block))}"
        alone = section.kind == "fact" and len(block.paragraphs) == 1
        for change in block.paragraphs:
            if change.kind != "same" and section.kind == "fact" and is_value(change):
                yield f"* {self.tell.fact(section.key, change, alone=alone)}"
            elif change.kind != "same":
                yield from self._paragraph(section, block, change)

    def _paragraph(
        self, section: SectionChange, block: BlockChange, change: ParagraphChange
    ) -> Iterable[str]:
        for side, sign, op in ((BEFORE, "-", REMOVED), (AFTER, "+", ADDED)):
            if is_value(change):
                said = self.tell.value(section.key, block.type, change, side)
            else:
                said = excerpt(change, op)
            if said.strip():
                yield f"{sign} {self._labelled(section, block, change, said)}"
        for sentence in self.tell.formatting(change):
            yield f"* {sentence}"

    def _labelled(
        self, section: SectionChange, block: BlockChange, change: ParagraphChange, said: str
    ) -> str:
        """A short text of a block with several parts says little without the name of its part."""
        form = change.after or change.before
        if form is None or not form.label or form.style not in SHORT:
            return said
        label = self.tell.labels.part(section.key, block.type, form.label)
        return _("%(label)s: %(text)s") % {"label": label, "text": said}


def excerpt(change: ParagraphChange, op: str) -> str:
    """What went, or what came, with a few words around; "" where nothing did."""
    if not any(piece.op == op for piece in change.pieces):
        return ""
    parts = []
    last = len(change.pieces) - 1
    for place, piece in enumerate(change.pieces):
        if piece.op == EQUAL:
            parts.append(shortened(piece.text, start=place > 0, end=place < last))
        elif piece.op == op:
            parts.append(piece.text)
    return "".join(parts)


def shortened(text: str, *, start: bool, end: bool) -> str:
    """A text that stays, between changes: its start and its end, as far as a change stands beside them."""
    room = AROUND * (start + end)
    if len(text) <= room + 3:
        return text
    head = text[:AROUND].rpartition(" ")[0] + " " if start else ""
    tail = " " + text[-AROUND:].partition(" ")[2] if end else ""
    return f"{head}…{tail}"


def one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1].rstrip() + "…"
