"""How long a database may take over one statement of the search: a query of everyday words cannot hold up a site."""

import sqlite3
import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import OperationalError

STEPS = 1000  # of SQLite's machine, from one look at the clock to the next
CANCELED = "57014"  # what PostgreSQL calls it


class TooSlow(Exception):
    """It took longer than `SEARCH_SECONDS`."""


def rows_of(connection: Any, sql: str, params: Sequence[Any]) -> list[tuple]:
    """What a statement that only reads gives. Raises `TooSlow`; then a transaction under way goes on all the same."""
    within = _of_postgresql if connection.vendor == "postgresql" else _of_sqlite
    return within(connection, sql, params, settings.SEARCH_SECONDS)


def _of_postgresql(connection: Any, sql: str, params: Sequence[Any], seconds: float) -> list[tuple]:
    """All in one message: it costs no round trip more. Outside a transaction, the message is one."""
    limit = f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}"
    in_transaction = not connection.get_autocommit()
    # Going back puts the limit back to what it was before, too; the statement has changed nothing.
    back = "ROLLBACK TO SAVEPOINT search_limit; RELEASE SAVEPOINT search_limit"
    message = f"SAVEPOINT search_limit; {limit}; {sql}; {back}" if in_transaction else f"{limit}; {sql}"
    with connection.cursor() as cursor:
        try:
            cursor.execute(message, params)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != CANCELED:
                raise
            if in_transaction:
                cursor.execute(back)
            raise TooSlow from error
        while cursor.description is None:
            cursor.nextset()
        return cursor.fetchall()


def _of_sqlite(connection: Any, sql: str, params: Sequence[Any], seconds: float) -> list[tuple]:
    connection.ensure_connection()
    end = time.monotonic() + seconds
    own = connection.connection
    own.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
    except OperationalError as error:
        if getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
            raise
        raise TooSlow from error
    finally:
        own.set_progress_handler(None, 0)
