"""What is written to a search server: the lines of requests of some megabytes. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from search.backends.documents import document
from search.models import Entry

MOST_BYTES = 4 * 1024 * 1024  # of one request


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An entry that is no more; `version` is higher than it ever had."""

    key: int
    version: int


def parcels(changes: Iterable[Entry | Withdrawn]) -> Iterator[tuple[str, list[Entry | Withdrawn]]]:
    """(lines of one request, the changes that they are)."""
    lines: list[str] = []
    parcel: list[Entry | Withdrawn] = []
    size = 0
    for change in changes:
        added = lines_of(change)
        if lines and size + len(added) > MOST_BYTES:
            yield "".join(lines), parcel
            lines, parcel, size = [], [], 0
        lines.append(added)
        parcel.append(change)
        size += len(added)
    if lines:
        yield "".join(lines), parcel


def lines_of(change: Entry | Withdrawn) -> str:
    if isinstance(change, Withdrawn):
        return json.dumps({"delete": address(change.key, change.version)}) + "\n"
    verb = {"index": address(change.pk, change.version)}
    return f"{json.dumps(verb)}\n{json.dumps(document(change), ensure_ascii=False)}\n"


def address(key: int, version: int) -> dict[str, Any]:
    return {"_id": str(key), "version": version, "version_type": "external"}
