"""Rows by the million, past the models: COPY on PostgreSQL, prepared statements on SQLite."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

BATCH = 5000


class Table:
    """Writes rows of one model. What a row does not say is as in `usual`, or as the model's fields have it."""

    def __init__(self, model: type[Model], *varying: str, **usual: Any):
        self.model = model
        self.fields = model._meta.local_concrete_fields
        example = model(**usual)
        self.usual = [
            field.get_db_prep_save(getattr(example, field.attname), connection) for field in self.fields
        ]
        self.by_name = {field.attname: field for field in self.fields}
        names = list(self.by_name)
        self.places = [names.index(name) for name in varying]

    def prepared(self, name: str, value: Any) -> Any:
        """What the database is given for a value; numbers and texts need not be prepared."""
        return self.by_name[name].get_db_prep_save(value, connection)

    def row(self, *values: Any) -> list[Any]:
        """In the order of `varying`, prepared."""
        made = self.usual.copy()
        for place, value in zip(self.places, values, strict=True):
            made[place] = value
        return made

    def write(self, rows: Iterable[list[Any]]) -> None:
        quote = connection.ops.quote_name
        table = quote(self.model._meta.db_table)
        columns = ", ".join(quote(str(field.column)) for field in self.fields)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                return
            marks = ", ".join(["%s"] * len(self.fields))
            for batch in batches(rows):
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", batch)  # noqa: S608


def batches(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def next_id(model: type[Model]) -> int:
    last = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def follow_ids(*models: type[Model]) -> None:
    """Ids were given here: PostgreSQL's own counters follow."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def roomy() -> None:
    """Until the connection is closed: more memory for the indexes that a million rows are put into (SQLite)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -400000")
