"""Changes of formatting inside a paragraph, and links that came with new words: to be said in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .values import AFTER, EQUAL, REMOVED, Mark, ParagraphChange

Span = tuple[int, int]


class FormatChange(NamedTuple):
    """`how`: on, off, to (a link that leads elsewhere) or with (it came with new words). `text`: the words."""

    how: str
    kind: str
    text: str
    target: str = ""
    was: str = ""  # the target before


def format_changes(change: ParagraphChange) -> list[FormatChange]:
    """In the order of the text. Places are those of the new text."""
    if change.after is None:
        return []
    text = change.text(AFTER)
    kept, moved_marks = _carried(change)
    was, now = _spans(moved_marks), _spans(change.after.marks)
    found: list[tuple[Span, FormatChange]] = []
    for kind, target in sorted({*was, *now}):
        for how, spans in (
            ("on", _without(_within(now[kind, target], kept), was[kind, target])),
            ("off", _without(was[kind, target], now[kind, target])),
        ):
            found += [(span, FormatChange(how, kind, text[slice(*span)], target)) for span in spans]
    for mark in change.after.marks:
        if mark.kind == "link" and not _within([(mark.start, mark.end)], kept):
            words = text[mark.start : mark.end]
            found.append(((mark.start, mark.end), FormatChange("with", "link", words, mark.target)))
    return [each for _span, each in _retargeted(sorted(found)) if each.text.strip()]


def _retargeted(found: list[tuple[Span, FormatChange]]) -> list[tuple[Span, FormatChange]]:
    """A link taken from words that have another now: one change."""
    off = {span: each for span, each in found if each.kind == "link" and each.how == "off"}
    result = []
    for span, each in found:
        if each.kind == "link" and each.how == "on" and span in off:
            result.append((span, each._replace(how="to", was=off.pop(span).target)))
        else:
            result.append((span, each))
    paired = {span for span, each in result if each.how == "to"}
    return [
        (span, each)
        for span, each in result
        if not (each.how == "off" and span in paired and each.kind == "link")
    ]


def _carried(change: ParagraphChange) -> tuple[list[Span], list[Mark]]:
    """(what stayed, the old marks of what stayed), both in places of the new text."""
    kept: list[Span] = []
    marks: list[Mark] = []
    old_marks = change.before.marks if change.before else ()
    i = j = 0
    for piece in change.pieces:
        length = len(piece.text)
        if piece.op == EQUAL:
            kept.append((j, j + length))
            for mark in old_marks:
                start, end = max(mark.start, i), min(mark.end, i + length)
                if start < end:
                    marks.append(Mark(start - i + j, end - i + j, mark.kind, mark.target))
        i += length if piece.op in (EQUAL, REMOVED) else 0
        j += length if piece.op != REMOVED else 0
    return _joined(kept), marks


def _spans(marks: Sequence[Mark]) -> dict[tuple[str, str], list[Span]]:
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for mark in marks:
        spans[mark.kind, mark.target].append((mark.start, mark.end))
    return defaultdict(list, {key: _joined(found) for key, found in spans.items()})


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def _within(spans: list[Span], bounds: list[Span]) -> list[Span]:
    """Parts of `spans` inside `bounds`; both sorted, without overlaps."""
    return [
        (max(start, low), min(end, high))
        for start, end in spans
        for low, high in bounds
        if max(start, low) < min(end, high)
    ]


def _without(spans: list[Span], taken: list[Span]) -> list[Span]:
    result = []
    for start, end in spans:
        for low, high in taken:
            if high <= start or low >= end:
                continue
            if start < low:
                result.append((start, low))
            start = max(start, high)
        if start < end:
            result.append((start, end))
    return result
