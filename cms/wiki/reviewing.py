"""Screens of other apps on which certain submissions are better decided: an app above the wiki says which.

An app registers in `ready()`: `register_review_address(review_address)`.
"""

from collections.abc import Callable, Iterable

from cms.wiki.models import Submission

_screens: list[Callable[[Submission], str]] = []


def register_review_address(address: Callable[[Submission], str]) -> None:
    """`address(submission)` is where that submission is shown and decided on; "" for what is none of the app's."""
    _screens.append(address)


def review_address(submission: Submission) -> str:
    """The address of the screen that shows more than the wiki's own; "" where there is none."""
    return _first(address(submission) for address in _screens)


def _first(addresses: Iterable[str]) -> str:
    return next((address for address in addresses if address), "")
