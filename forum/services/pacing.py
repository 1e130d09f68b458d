"""What somebody may do so often in so long, they may not do more often by doing it at the same moment.

SQLite lets one writer in at a time, so that who counts has counted all; PostgreSQL does not.
"""

from django.db import connection
from django.db.models import Func, QuerySet, TextField, Value

_FORUM = 0x466F7275  # apart from whatever else locks by a number
_LARGEST = 2**31


class Turn(Func):
    """Waits until nobody else's transaction has the same turn."""

    function = "pg_advisory_xact_lock"
    output_field = TextField()  # in truth nothing


def take_turn(user_id: int) -> None:
    """Until the transaction ends, whatever else the same person sends waits. Before any row is locked: who holds a
    turn may wait for rows, who holds a row waits for no turn. One query on PostgreSQL, none elsewhere."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_FORUM, user_id % _LARGEST])


def with_turn(rows: QuerySet, user_id: int) -> QuerySet:
    """The same as a part of a query that locks rows: PostgreSQL finds a row, and so has the turn, before it locks it."""
    if connection.vendor != "postgresql":
        return rows
    return rows.annotate(turn=Turn(Value(_FORUM), Value(user_id % _LARGEST)))
