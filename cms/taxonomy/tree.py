"""Trees of entries in memory. Pure. A circle in the data ends where it closes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry of a tree as a list shows it. `lang` is "" where the name is in the reader's language."""

    key: UUID
    parent: UUID | None
    name: str
    slug: str
    lang: str = ""
    dir: str = ""
    kind: str = ""
    text: str = ""
    order: tuple = ()


@dataclass(slots=True)
class Tree:
    branches: Mapping[Any, Branch]  # in the order in which siblings are shown
    children: dict[UUID | None, list[UUID]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in self.branches:
            above = self.above(key)
            self.children.setdefault(above[0].key if above else None, []).append(key)

    def above(self, key: UUID | None) -> list[Branch]:
        """What `key` lies in, nearest first."""
        found: list[Branch] = []
        seen = {key}
        branch = self.branches.get(key)
        while branch is not None and branch.parent in self.branches and branch.parent not in seen:
            seen.add(branch.parent)
            branch = self.branches[branch.parent]
            found.append(branch)
        # In a circle nothing is above anything: each of it would stand below the other, and none at the top.
        if branch is not None and branch.parent in seen:
            return []
        return found

    def below(self, key: UUID) -> set[UUID]:
        """`key` and everything under it."""
        found = {key}
        waiting = [key]
        while waiting:
            for child in self.children.get(waiting.pop(), []):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return found

    def path(self, key: UUID | None) -> list[Branch]:
        """From the top down to `key` itself; empty for what is not in the tree."""
        branch = self.branches.get(key)
        return [*reversed(self.above(key)), branch] if branch else []

    def under(self, key: UUID | None = None) -> list[Branch]:
        return [self.branches[child] for child in self.children.get(key, [])]

    def rows(self, key: UUID | None = None, depth: int = 0) -> Iterable[tuple[Branch, int]]:
        """Everything under `key` with its depth, each entry followed by what lies in it."""
        waiting = [(child, depth) for child in reversed(self.children.get(key, []))]
        while waiting:
            found, level = waiting.pop()
            yield self.branches[found], level
            waiting += [(child, level + 1) for child in reversed(self.children.get(found, []))]
