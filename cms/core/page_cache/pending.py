"""What a connection has changed and not committed yet.

A transaction that changed something shown carries one callback to run when it commits. It stands at the head
of Django's list, so that no other callback's error can keep it from running, and Django itself drops it when
the transaction, or the savepoint it was registered in, is rolled back.
"""

import itertools
from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, connections, transaction

_numbers = itertools.count(1)


class WhenCommitted:
    """The callback; a class of its own so that it is found again in the connection's list."""

    def __init__(self, action: Callable[[], None]):
        self.action = action

    def __call__(self) -> None:
        self.action()


def after_commit(connection, action: Callable[[], None]) -> None:
    """Run `action()` once the change just made on `connection` is committed; at once in autocommit."""
    if not in_transaction(connection):
        # Manual transactions (`set_autocommit(False)`) have no hook; nothing here uses them.
        action()
        return
    connection.uncommitted_number = next(_numbers)
    head = _head(connection)
    # Registered in a savepoint that has ended: whether it was kept or rolled back is not known here, so a
    # second callback is registered. Running the action twice does no harm.
    if head is None or not head[0] <= set(connection.savepoint_ids):
        transaction.on_commit(WhenCommitted(action), using=connection.alias)
        connection.run_on_commit.insert(0, connection.run_on_commit.pop())


def uncommitted() -> str:
    """Empty, or what tells this thread's view of its own uncommitted changes from any other."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not in_transaction(connection) or _head(connection) is None:
        return ""
    return f"+{connection.uncommitted_number}:{connection.savepoint_ids}"


def in_transaction(connection) -> bool:
    return connection.in_atomic_block


def _head(connection):
    waiting = connection.run_on_commit
    if waiting and isinstance(waiting[0][1], WhenCommitted):
        return waiting[0]
    return None
