"""Tables of two languages beside each other: whole, each as it stands in its page. Pure.

A table is cut into segments by its words, so that a cell says nothing of where it stands; whoever reads two languages
wants the rows and columns.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cms.core.blocks.tables import place
from cms.core.body import table_parts


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    behind: bool  # the source says otherwise by now


@dataclass(frozen=True, slots=True)
class Table:
    caption: Words
    head: list[Words]
    rows: list[list[Words]]

    @property
    def behind(self) -> bool:
        return self.caption.behind or any(each.behind for row in [self.head, *self.rows] for each in row)


def table_of(block: str, value: Mapping[str, Any], behind: Container[str]) -> Table:
    """`block`: the path of the table, "body.<id>"; `value`: as it is stored; `behind`: paths of segments."""
    parts = table_parts(value)

    def row(cells: Iterable[Any]) -> list[Words]:
        texts = ["" if cell is None else str(cell) for cell in cells]
        return [Words(text, f"{block}.table.{place(text)}" in behind) for text in texts]

    return Table(
        Words(parts["caption"], f"{block}.caption" in behind),
        row(parts["head"]),
        [row(cells) for cells in parts["rows"]],
    )


def table_in(path: str, tables: Container[str]) -> str:
    """The one of `tables` (paths of blocks) that the segment at `path` stands in; "" for none."""
    block = ".".join(path.split(".")[:2])
    return block if block in tables else ""


def partners(met: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Which table belongs to which: those whose words meet most often. Each at most once."""
    found: dict[str, str] = {}
    for (one, other), _times in Counter(pair for pair in met if all(pair)).most_common():
        if one not in found and other not in found.values():
            found[one] = other
    return found
