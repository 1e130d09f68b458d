"""What the search server needs every minute: to be told what it was not, and an index where it has none."""

import logging

from django_tasks import task

from search.backends import front
from search.backends.server import ServerAway
from search.models import Entry, Pending
from search.services.rebuilding import TakenOver, rebuild, under_way
from search.services.telling import tell_server

logger = logging.getLogger("ancrage.search")

SMALL = 20_000  # entries: their index is built within a minute, and other jobs can wait for it


def tend_server() -> None:
    there = front.server()
    if there is None or not front.breaker.lets_through():
        return
    try:
        missing = not there.indexes_of(there.alias)
    except ServerAway:
        front.breaker.went_wrong()
        return
    except BaseException:
        front.breaker.leave()
        raise
    front.breaker.went_well()
    if missing and Entry.objects.count() <= SMALL:
        if not under_way():
            build_index.enqueue()
    elif Pending.objects.exists():
        tell_server.enqueue()


@task()
def build_index() -> None:
    """For a server that came back with nothing, or was never told, or has an index of another kind."""
    there = front.server()
    if there is None or there.indexes_of(there.alias) or under_way():
        return
    try:
        logger.info("the index of %s is built: %s entries", there.name, rebuild(there))
    except TakenOver:
        logger.info("somebody else builds the index of %s", there.name)
