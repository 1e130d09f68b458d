"""Where readers ask for a page in another language: an app above the wiki that takes such wishes says so.

An app registers in `ready()`: `register_asking(address)`.
"""

from collections.abc import Callable

from wagtail.models import Page

_asking: list[Callable[[Page], str]] = []


def register_asking(address: Callable[[Page], str]) -> None:
    """`address(page)`: where to ask, the same for everybody; "" for a page that is not translated."""
    _asking[:] = [address]


def asking_address(page: Page) -> str:
    return next((address(page) for address in _asking), "")
