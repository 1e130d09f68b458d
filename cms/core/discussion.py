"""What is said about a page elsewhere on the site. The app that holds conversations registers who tells it.

Pages and conversations know nothing of each other: both know this.
"""

from collections.abc import Callable
from typing import NamedTuple

from wagtail.models import Page


class Talk(NamedTuple):
    """One conversation. `lang` and `dir` of its title, "" where that is the page's."""

    title: str
    url: str
    lang: str
    dir: str
    size: str  # "14 posts"
    day: str  # of the last one
    machine_day: str


class Discussion(NamedTuple):
    """`url` leads to the conversation there is, or to where one begins; `talks`: the newest that anybody may read."""

    url: str
    talks: list[Talk]


_tellers: list[Callable[[Page], Discussion]] = []


def register_discussion(teller: Callable[[Page], Discussion]) -> None:
    """In `ready()`. The last one that registers is asked."""
    _tellers.append(teller)


def discussion_of(page: Page) -> Discussion | None:
    """The same for every reader. None where nobody holds conversations, and for a page that is not public yet."""
    if not _tellers or page.pk is None or not page.live:
        return None
    return _tellers[-1](page)
