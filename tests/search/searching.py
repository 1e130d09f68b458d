"""Searching through the pages, whichever engine the site asks: a search server is told what changes as it happens.

An index of its own is made for each module and each server; between tests it is emptied and filled with what stands
then. What tests write is rolled back, and databases give the same keys and versions again, which the server would
take for something it was told already: keys and versions of each test begin above those of all before.
"""

from itertools import chain, count
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from search.backends import front
from search.backends.parcels import Withdrawn
from search.backends.server import ServerBackend
from search.models import Built, Entry
from search.services import waiting
from search.services.telling import tell_server

ROOM = 100_000  # keys and versions that one test has for itself
MOST = 10_000  # entries of a test
_turns = count(1)


def server_settings(name: str, url: str) -> dict:
    """Of a search server, with indexes of their own."""
    return {
        "BACKEND": f"search.backends.{name}",
        "URLS": [url],
        "INDEX_PREFIX": f"test-{uuid4().hex[:12]}",
        "AUTO_UPDATE": False,
    }


def begin_with_what_stands(there: ServerBackend) -> None:
    """Have the index hold the entries of now and nothing else, and what changes from now on be noted."""
    turn = next(_turns) * ROOM
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'search_entry'")
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('search_entry', %s)", [turn])
    Entry.objects.update(version=turn)
    gone = [Withdrawn(key, turn) for key in there.versions_between(0, None, MOST)]
    there.write(there.alias, chain(gone, Entry.objects.all()))
    there.refresh()
    Built.objects.create(name=there.alias, began_at=timezone.now(), ended_at=timezone.now())


def catch_up() -> int:
    """What the jobs do that take in what changed and tell it to the server, where there is one."""
    done = waiting.catch_up()
    tell()
    return done


def tell() -> None:
    there = front.server()
    if there is not None and tell_server.call():
        there.refresh()


def findable() -> set[int]:
    """Keys of the entries that the engine finds for those who may see them: of a server, what its index holds
    without what was withdrawn and not told."""
    there = front.server()
    if there is None:
        return set(Entry.objects.values_list("pk", flat=True))
    return there.versions_between(0, None, MOST).keys() - set(front.withdrawn())
