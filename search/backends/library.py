"""The library's own database indexes, for what editors look for in the admin: pages, pictures, files, entries' names.

After each write the library computes how long titles are on average, over the whole table, to weigh a title by its
length. That waits for the next rebuild here.
"""

from typing import Any

from search.backends.database import EntryIndex


class WithoutNorms:
    """Mixed into an index of the library, before it."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)  # type: ignore[misc]


class EntryRebuilder:
    """Entries are written over, one by one: those that are there are found meanwhile."""

    def __init__(self, index: EntryIndex) -> None:
        self.index = index

    def start(self) -> EntryIndex:
        return self.index

    def finish(self) -> None:
        """Nothing is left to do."""


class Rebuilds:
    """Mixed into a backend, before the library's: each index has a rebuilder of its own."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)  # type: ignore[call-arg]
        of_library: Any = self.rebuilder_class  # type: ignore[has-type]

        def rebuilder(index: Any) -> Any:
            return EntryRebuilder(index) if isinstance(index, EntryIndex) else of_library(index)

        self.rebuilder_class = rebuilder
