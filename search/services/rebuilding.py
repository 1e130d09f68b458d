"""Building the server's index anew beside the one that is asked, which it then takes the place of.

What changes meanwhile is written to both (`search.services.telling`). Entries are read by their keys, some
hundreds at a time: it takes no more memory for a million than for a thousand.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from search.backends.server import NoIndex, ServerAway, ServerBackend
from search.models import Built, Entry, Pending
from search.services.comparing import compare
from search.services.telling import tell_server

logger = logging.getLogger("ancrage.search")

AT_ONCE = 500  # entries read at a time
# After it, who builds the index is given up: no request of it may take half as long.
QUIET = timedelta(minutes=3)


class TakenOver(Exception):
    """Somebody else began to build the index meanwhile."""


def rebuild(there: ServerBackend, told: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Build the index and put it in place; return how many entries were written. `told(done, total)`: how far it is.

    Only one is built at a time: who begins takes over from who is at it, who then raises `TakenOver`.
    """
    for left in there.indexes_of(there.next_alias):
        logger.warning("%s was begun and not finished: begun anew", left)
        there.drop(left)
    name = there.make_index(there.next_alias)
    state, first = note_beginning(there)
    try:
        done = 0
        for entries in by_key():
            there.write(there.next_alias, entries)
            done += len(entries)
            Built.objects.filter(pk=state.pk).update(done=done, seen_at=timezone.now())
            told(done, max(done, state.total))
        there.settle(name)
        if there.indexes_of(there.next_alias) != [name]:
            raise TakenOver(name)
        there.refresh(name)
        there.put_in_place(name)
    except NoIndex as error:
        raise TakenOver(name) from error
    except BaseException as error:
        with suppress(ServerAway):
            there.drop(name)
        if not isinstance(error, TakenOver):  # then it is somebody else's from now on
            Built.objects.filter(pk=state.pk).update(seen_at=None)
        raise
    Built.objects.filter(pk=state.pk).update(ended_at=timezone.now())
    if first:
        # Transactions that began before changes were noted may have ended since.
        compare(there, repair=True)
    tell_server.enqueue()
    return done


def note_beginning(there: ServerBackend) -> tuple[Built, bool]:
    """(the row that says how far it is, whether changes were not noted before it)."""
    with transaction.atomic():
        first = not Built.objects.exists()
        state = Built.objects.order_by("pk").first() or Built()
        state.name, state.began_at, state.ended_at = there.alias, timezone.now(), None
        state.seen_at = state.began_at
        state.done, state.total = 0, Entry.objects.count()
        state.save()
    return state, first


def under_way() -> bool:
    """Whether somebody builds the index, and said so not long ago."""
    return Built.objects.filter(ended_at=None, seen_at__gt=timezone.now() - QUIET).exists()


def by_key() -> Iterator[list[Entry]]:
    """All entries as they are when their turn comes, in the order of their keys."""
    last = 0
    while True:
        entries = list(Entry.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE])
        if not entries:
            return
        yield entries
        last = entries[-1].pk


def forget_server() -> None:
    """There is no search server any more: changes are not noted from now on."""
    with transaction.atomic():
        Built.objects.all().delete()
        Pending.objects.all().delete()
