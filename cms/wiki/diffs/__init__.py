"""The difference of two texts of a page: plain values in, plain values out.

`compare(old, new)` says what was added, removed, moved and edited, from sections down to words;
`apply(old, diff) == new` and `revert(new, diff) == old`, exactly.
"""

from .compare import DoesNotApply, apply, compare, revert
from .formatting import FormatChange, format_changes
from .stored import OtherFormat, from_json, to_json
from .values import (
    ADDED,
    AFTER,
    ATOMIC,
    BEFORE,
    EQUAL,
    REMOVED,
    SHORT,
    Block,
    BlockChange,
    Mark,
    PageDiff,
    PageText,
    Paragraph,
    ParagraphChange,
    Piece,
    Section,
    SectionChange,
    SizeChange,
)
from .words import count_words

__all__ = [
    "ADDED",
    "AFTER",
    "ATOMIC",
    "BEFORE",
    "EQUAL",
    "REMOVED",
    "SHORT",
    "Block",
    "BlockChange",
    "DoesNotApply",
    "FormatChange",
    "Mark",
    "OtherFormat",
    "PageDiff",
    "PageText",
    "Paragraph",
    "ParagraphChange",
    "Piece",
    "Section",
    "SectionChange",
    "SizeChange",
    "apply",
    "compare",
    "count_words",
    "format_changes",
    "from_json",
    "revert",
    "to_json",
]
