"""What keeps a text from being published that nothing in the wiki speaks against: an app above the wiki says it.

An app registers in `ready()`: `register_hindrance(source_is_gone)`. Whatever screen a decision comes from, it asks here.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

_known: list[Callable[[Any, Any], str]] = []


class Hindered(PermissionDenied):
    """It cannot be published now. The message says why, in the reader's language."""


def register_hindrance(reason: Callable[[Any, Any], str]) -> None:
    """`reason(row, submission)`: why a page or shared entry cannot be published now, "" where nothing hinders it.

    `submission`: the `Submission` of a page; None for an entry.
    """
    if reason not in _known:
        _known.append(reason)


def refuse_while_hindered(row: Any, submission: Any = None) -> None:
    """Raises `Hindered`."""
    for reason in _known:
        if said := reason(row, submission):
            raise Hindered(said)
