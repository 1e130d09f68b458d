"""Telling the search server what changed: in the background, many changes at a time, again until it was told."""

import logging
from collections.abc import Sequence

from django.db import connection, transaction
from django_tasks import task

from search.backends import front
from search.backends.front import server
from search.backends.parcels import Withdrawn
from search.backends.server import NoIndex, ServerAway, ServerBackend
from search.models import Entry, Pending

logger = logging.getLogger("ancrage.search")

AT_ONCE = 400  # entries of one turn
TURNS = 25  # of one job; other jobs have theirs in between
FIRST = 30  # before jobs nobody waits for


def wake_worker() -> None:
    """Have what changed told to the server when the transaction is over. Nothing where there is no server."""
    if server() is not None:
        transaction.on_commit(tell_server.enqueue, robust=True)


@task(priority=FIRST)
def tell_server() -> int:
    """Tell what waits; return how much was told. Safe beside itself: the server keeps the newest of what it gets."""
    there = server()
    if there is None or not front.breaker.lets_through():
        return 0
    told = 0
    try:
        for _turn in range(TURNS):
            changes = list(Pending.objects.order_by("since", "entry")[:AT_ONCE])
            if not changes:
                break
            tell(there, changes)
            forget(changes)
            told += len(changes)
    except NoIndex:
        logger.info("the search server has no index yet: changes wait until it is built")
    except ServerAway as error:
        logger.warning("the search server is away, changes wait: %s", error)
        front.breaker.went_wrong()
        return told
    except BaseException:
        front.breaker.leave()
        raise
    front.breaker.went_well()
    if told == TURNS * AT_ONCE:
        tell_server.enqueue()
    return told


def tell(there: ServerBackend, changes: Sequence[Pending]) -> None:
    """Write entries as they are now, wherever they are kept.

    They are read before it is looked whether an index is being built: one that begins to be after that reads them as
    they are here, or newer. It is written first: when it takes the place of the present one, it has had everything.
    What is withdrawn is gone from answers when this returns: only until it is forgotten it is left out by name.
    """
    at_once = any(change.withdrawn for change in changes)
    known = Entry.objects.in_bulk([change.entry for change in changes])
    states = [known.get(change.entry) or Withdrawn(change.entry, change.version) for change in changes]
    if there.indexes_of(there.next_alias):
        try:
            there.write(there.next_alias, states, at_once=at_once)
        except NoIndex:
            logger.info("the new index took its place meanwhile")
    there.write(there.alias, states, at_once=at_once)


def forget(told: Sequence[Pending]) -> None:
    """What changed again meanwhile stays, and what a transaction under way holds is left to the next turn."""
    versions = {change.entry: change.version for change in told}
    with transaction.atomic():
        rows = Pending.objects.filter(entry__in=versions)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        done = [
            entry for entry, version in rows.values_list("entry", "version") if versions[entry] == version
        ]
        Pending.objects.filter(entry__in=done).delete()
