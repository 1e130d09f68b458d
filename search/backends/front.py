"""The engine that answers: the search server while it does, else the database.

Truth stands in the database: what was withdrawn and not yet told to the server is left out of the server's answers;
where that is more than can be left out, the database answers.
"""

import functools
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.conf import settings
from modelsearch.backends import get_search_backend

from search.backends.server import Refused, ServerAway, ServerBackend
from search.breaker import Breaker
from search.engines import Asked, Hits
from search.models import Pending

logger = logging.getLogger("ancrage.search")

SERVER = "server"  # its name in WAGTAILSEARCH_BACKENDS
MOST_WITHDRAWN = 2000  # entries that are left out of the server's answers one by one

breaker = Breaker()
Answer = TypeVar("Answer")


@functools.cache
def server() -> ServerBackend | None:
    """The search server's backend, one for each process; None where none is set."""
    return get_search_backend(SERVER) if SERVER in settings.WAGTAILSEARCH_BACKENDS else None


@functools.cache
def database() -> Any:
    return get_search_backend("default")


class FrontEngine:
    """What the pages ask."""

    def __init__(self) -> None:
        self.name = (server() or database()).name

    def answer(self, asked: Asked) -> Hits:
        found = ask_server(lambda there, without: there.answer(asked, without))
        if found is not None:
            return found
        return self._degraded(database().answer(asked))

    def answer_otherwise(
        self, wider: Sequence[Asked], tries: Sequence[Asked]
    ) -> tuple[list[Hits], int | None]:
        """(the answers to `wider`, the place of the first of `tries` that finds anything).

        One round trip to a server, two or three queries of a database.
        """
        if not wider and not tries:
            return [], None
        found = ask_server(lambda there, without: there.answer_otherwise(wider, tries, without))
        if found is not None:
            return found
        answers, first = database().answer_otherwise(wider, tries)
        return [self._degraded(hits) for hits in answers], first

    def _degraded(self, found: Hits) -> Hits:
        """What the database answers, where a server should have."""
        return replace(found, degraded=True) if server() is not None else found


def ask_server(question: Callable[[ServerBackend, list[int]], Answer]) -> Answer | None:
    """What the server answers; None where there is none, it does not answer, or it must not be asked now."""
    there = server()
    if there is None or not breaker.lets_through():
        return None
    without = withdrawn()
    if len(without) > MOST_WITHDRAWN:
        breaker.leave()
        return None
    try:
        found = question(there, without)
    except ServerAway as error:
        breaker.went_wrong()
        logger.warning("the search server does not answer, the database does: %s", error)
        return None
    except Refused:
        breaker.went_well()
        logger.exception("the search server refuses a query")
        return None
    except BaseException:
        breaker.leave()
        raise
    breaker.went_well()
    return found


def withdrawn() -> list[int]:
    """Entries that the server may still hold and nobody is to find there, one more than can be left out at most."""
    rows = Pending.objects.filter(withdrawn=True).values_list("entry", flat=True)
    return list(rows[: MOST_WITHDRAWN + 1])


def engine() -> FrontEngine:
    return FrontEngine()
