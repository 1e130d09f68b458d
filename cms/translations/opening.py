"""What the apps above make when a language opens: pages, which this app does not know.

An app registers in `ready()`: `register_opening(make_pages)`.
"""

from collections.abc import Callable

_openings: list[Callable[[str], object]] = []


def register_opening(make: Callable[[str], object]) -> None:
    """`make(code)` makes and publishes what a language needs before its first translation; running it again is free."""
    if make not in _openings:
        _openings.append(make)


def make_what_a_language_needs(code: str) -> None:
    for make in _openings:
        make(code)
