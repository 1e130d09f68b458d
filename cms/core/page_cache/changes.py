"""Notices every write to the database, whatever road it takes, and changes the stamp when it is committed.

`save`, `QuerySet.update`, `bulk_create` and raw cursors all pass through the connection's execute wrappers.
What does not: another program writing to the database. Starting the site, or `manage.py migrate`, then makes
all pages fresh.
"""

import logging

from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from wagtail.models import Site

from .pending import after_commit
from .shown import changes_what_is_shown
from .stamp import bump_stamp

logger = logging.getLogger("ancrage.page_cache")


def shown_has_changed(**_kwargs) -> None:
    """Make every kept page and value out of date, in all workers."""
    try:
        # Wagtail forgets them when a page is saved, which is before the commit: another process may have
        # kept the old ones again in between, for an hour.
        Site.clear_site_root_paths_cache()
    except Exception:
        logger.exception("The shared cache cannot be written.")
    bump_stamp()


class FetchedRows:
    """A cursor all of whose rows have been read: the statement is over, and in autocommit committed.

    SQLite commits `INSERT … RETURNING` only when its last row has been fetched. Reading them here at once
    lets the stamp change after the commit, as it must, and not before.
    """

    def __init__(self, cursor):
        self.cursor = cursor
        self.rows = iter(cursor.fetchall())

    def fetchone(self):
        return next(self.rows, None)

    def fetchmany(self, size=1):
        return [row for _, row in zip(range(size), self.rows, strict=False)]

    def fetchall(self):
        return list(self.rows)

    def __iter__(self):
        return self.rows

    def __getattr__(self, name):
        return getattr(self.cursor, name)


def notice_change(execute, sql, params, many, context):
    """Database execute wrapper."""
    cursor, connection = context["cursor"], context["connection"]
    if isinstance(cursor.cursor, FetchedRows):
        cursor.cursor = cursor.cursor.cursor
    if not changes_what_is_shown(sql):
        return execute(sql, params, many, context)
    try:
        result = execute(sql, params, many, context)
        if connection.vendor == "sqlite" and not connection.in_atomic_block and cursor.description:
            cursor.cursor = FetchedRows(cursor.cursor)
        return result
    finally:
        # Also after an error: `executemany` in autocommit may have written some of its rows.
        after_commit(connection, shown_has_changed)


def watch(connection, **_kwargs) -> None:
    if notice_change not in connection.execute_wrappers:
        connection.execute_wrappers.append(notice_change)


def watch_all_connections() -> None:
    """Called once, when the apps are ready."""
    connection_created.connect(watch, dispatch_uid="page_cache_watch")
    post_migrate.connect(shown_has_changed, dispatch_uid="page_cache_migrated")
    for connection in connections.all(initialized_only=True):
        watch(connection)
