"""When a job is to look at once for what changed. Whatever is not told here is taken in by the next tick."""

from functools import partial

from django.db import connection, transaction

from search.noting import make_triggers as make_noting_triggers
from search.tasks import take_in_changes
from search.triggers import drop_triggers, make_triggers


def on_shown_or_hidden(sender, **kwargs) -> None:
    """What is hidden is gone already; what was filed under it is to be made anew."""
    transaction.on_commit(partial(take_in_changes.enqueue))


def on_migrating(sender, plan=(), **kwargs) -> None:
    """SQLite renames no table while triggers of others speak of it: they go, if anything is to be migrated."""
    if plan and connection.vendor == "sqlite":
        drop_triggers(connection)


def on_migrated(sender, **kwargs) -> None:
    if connection.vendor in ("sqlite", "postgresql"):
        make_triggers(connection)
        make_noting_triggers(connection)
