"""A difference as the template takes it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language, ngettext

from cms.core.languages import direction
from cms.wiki.diffs import (
    ADDED,
    AFTER,
    BEFORE,
    EQUAL,
    REMOVED,
    BlockChange,
    PageDiff,
    ParagraphChange,
    Piece,
    SectionChange,
)
from cms.wiki.queries.names import names_of

from .labels import Labels
from .sentences import Html, Teller, few_words, is_short, is_value
from .values import Fact, Fold, Line, Part, ShownDiff, ShownSection

FEW_LINES, FEW_LETTERS = 3, 160  # not worth folding


def shown(diff: PageDiff, language: str, user=None, *, drafts: bool = False) -> ShownDiff:
    """`diff` in the language of the interface; `language` is the page's. One query.

    Names of what the page points to are those that `user` (None: anybody) may see; `drafts`: all of them, for
    those who moderate.
    """
    interface = get_language() or ""
    names = names_of(references(diff), user, drafts=drafts)
    builder = Builder(Teller(Labels(diff.models[AFTER]), names, Html))
    own = "" if language == interface else language
    return ShownDiff(own, direction(own), interface, size_in_words(diff), tuple(builder.sections(diff)))


def references(diff: PageDiff) -> Iterable[str]:
    """Everything that the changed sections point to."""
    for section in diff.sections:
        if section.is_changed:
            for block in section.blocks:
                for change in block.paragraphs:
                    yield from _references(change)


def _references(change: ParagraphChange) -> Iterable[str]:
    for side, form in ((BEFORE, change.before), (AFTER, change.after)):
        if form is not None:
            if form.style == "ref":
                yield change.text(side)
            yield from (mark.target for mark in form.marks if mark.target)


def size_in_words(diff: PageDiff) -> str:
    parts = []
    if count := diff.words_added:
        parts.append(ngettext("%(count)s word added", "%(count)s words added", count) % {"count": count})
    if count := diff.words_removed:
        parts.append(ngettext("%(count)s word removed", "%(count)s words removed", count) % {"count": count})
    return ", ".join(parts)


class Builder:
    def __init__(self, teller: Teller) -> None:
        self.tell = teller

    def sections(self, diff: PageDiff) -> Iterable[ShownSection]:
        """Facts that follow each other are one section."""
        facts: list[SectionChange] = []
        for section in diff.sections:
            if section.kind == "fact":
                facts += [section] if section.is_changed else []
                continue
            if section.is_changed:
                yield from self._facts(facts)
                facts = []
                yield self._section(section)
        yield from self._facts(facts)

    def _section(self, section: SectionChange) -> ShownSection:
        label = self.tell.labels.section(section.key)
        if section.kind == "rows" and all(map(is_short, section.blocks)):
            sentences = [
                sentence
                for block in section.blocks
                for sentence in self.tell.row(section.key, block, self.followed(section, block))
            ]
            return ShownSection(section.key, label, "rows", sentences, self._unchanged_rows(section))
        return ShownSection(section.key, label, "text", self._parts(section))

    # Facts ------------------------------------------------------------------------------------------------

    def _facts(self, sections: Sequence[SectionChange]) -> Iterable[ShownSection]:
        if sections:
            facts = [self._fact(section) for section in sections]
            label = facts[0].label if len(facts) == 1 else ""
            yield ShownSection(sections[0].key, label, "facts", facts)

    def _fact(self, section: SectionChange) -> Fact:
        changes = [change for block in section.blocks for change in block.paragraphs]
        changed = [change for change in changes if change.kind != "same"]
        label = self.tell.labels.section(section.key)
        if any(map(is_value, changes)):
            alone = all(
                sum(change.place(side) is not None for change in changes) < 2 for side in (BEFORE, AFTER)
            )
            return Fact(label, [self.tell.fact(section.key, change, alone=alone) for change in changed])
        return Fact(label, [], [self.line(section, "", change) for change in changed])

    # Texts ------------------------------------------------------------------------------------------------

    def _parts(self, section: SectionChange) -> list[Part | Fold]:
        """Blocks that did not change are folded, neighbours together."""
        entries: list[Part | Fold] = []
        unchanged: list[Line] = []
        for block in section.blocks:
            lines = self._lines(section, block)
            if block.kind == "same" and not block.moved:
                unchanged += lines
                continue
            entries += fold(unchanged)
            unchanged = []
            entries.append(self._part(section, block, lines))
        return entries + fold(unchanged)

    def _part(self, section: SectionChange, block: BlockChange, lines: list[Line]) -> Part:
        status = ""
        if block.moved:
            status = self.tell.moved(block.moved, self.followed(section, block))
        label = self.tell.labels.block(section.key, block.type)
        return Part(block.kind, bool(block.moved), label, status, folded(lines))

    def _lines(self, section: SectionChange, block: BlockChange) -> list[Line]:
        lines: list[Line] = []
        last = ""
        for change in block.paragraphs:
            after = ""
            if change.moved:
                before = next((each for each in block.paragraphs if each.old == (change.old or 0) - 1), None)
                after = few_words(self.tell.value(section.key, block.type, before, BEFORE)) if before else ""
            line = self.line(section, block.type, change, last, after)
            last = self._label(section, block.type, change)
            lines.append(line)
        return lines

    def _label(self, section: SectionChange, type: str, change: ParagraphChange) -> str:
        form = change.after or change.before
        return self.tell.labels.part(section.key, type, form.label if form else "")

    def line(
        self,
        section: SectionChange,
        type: str,
        change: ParagraphChange,
        last_label: str = "",
        after: str = "",
    ) -> Line:
        """`last_label`: of the line above, which is not said again."""
        form = change.after or change.before
        label = self._label(section, type, change)
        return Line(
            change.kind,
            form.style if form else "p",
            "" if label == last_label else label,
            self._pieces(section, type, change),
            self.tell.formatting(change) if change.kind != "same" else (),
            self.tell.moved(change.moved, after) if change.moved else "",
        )

    def _pieces(self, section: SectionChange, type: str, change: ParagraphChange) -> Sequence[Piece]:
        if not is_value(change):
            return spaces_outside(change.pieces)
        old, new = (self.tell.value(section.key, type, change, side) for side in (BEFORE, AFTER))
        if change.kind == "same":
            return (Piece(EQUAL, new),)
        return [piece for piece in (Piece(REMOVED, old), Piece(ADDED, new)) if piece.text]

    def followed(self, section: SectionChange, block: BlockChange) -> str:
        """The first words of what stood before a block that moved; "" for the beginning."""
        if not block.moved or not block.old:
            return ""
        before = next(each for each in section.blocks if each.old == block.old - 1)
        return self.tell.row_name(section.key, before, BEFORE)

    @staticmethod
    def _unchanged_rows(section: SectionChange) -> str:
        count = sum(block.kind == "same" and not block.moved for block in section.blocks)
        if not count:
            return ""
        words = ngettext("%(count)s entry did not change.", "%(count)s entries did not change.", count)
        return words % {"count": count}


def spaces_outside(pieces: Iterable[Piece]) -> list[Piece]:
    """The same to read, with no line drawn under or through the space before and after the words."""
    parted: list[Piece] = []
    for op, text in pieces:
        words = text.strip()
        if op == EQUAL or not words:
            parted.append(Piece(op, text))
            continue
        start = text.index(words)
        around = (Piece(EQUAL, text[:start]), Piece(op, words), Piece(EQUAL, text[start + len(words) :]))
        parted += [piece for piece in around if piece.text]
    return parted


def folded(lines: Sequence[Line]) -> list[Line | Fold]:
    """Lines of a block that did not change are folded, neighbours together; a few short ones tell more shown."""
    entries: list[Line | Fold] = []
    unchanged: list[Line] = []
    for line in [*lines, None]:
        if line and line.change == "same" and not line.moved:
            unchanged.append(line)
            continue
        length = sum(len(piece.text) for each in unchanged for piece in each.pieces)
        entries += unchanged if len(unchanged) <= FEW_LINES and length <= FEW_LETTERS else fold(unchanged)
        entries += [line] if line else []
        unchanged = []
    return entries


def fold(lines: Sequence[Line]) -> list[Fold]:
    if not lines:
        return []
    count = len(lines)
    summary = ngettext("%(count)s unchanged paragraph", "%(count)s unchanged paragraphs", count)
    return [Fold(summary % {"count": count}, tuple(lines))]
