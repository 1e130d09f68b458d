"""Queries of hot paths, compiled once per process: building and compiling them costs more than running them.

A query is described as usual, with the ORM, in terms of *slots*; the SQL it compiles to is kept, and each run
puts values into the slots:

    by_page = Prepared(lambda page: Tag.objects.filter(page=page.number).values_list("name"))
    by_page.rows(12)

`Prepared.rows` gives values as the database does (a UUID as `key_of` writes it): for numbers and texts.
`Prepared.converted` gives them as the ORM does: moments, truth values, JSON. `Prepared.instances` makes model
instances.

What a query says of visibility changes with the site. `prepared_until_change` keeps such a query for as long as
nothing shown changes, under a key that names its shape.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from cms.core.page_cache.stamp import kept_until_change

# What an address may ask for and a database can look for: a larger number is no id.
LARGEST_ID = 2**63 - 1
# Stand-ins for values that no row has. Numbers fit the narrowest integer column.
_FIRST_NUMBER = -2_000_000_000
_FIRST_UUID = 0xFEEDFACE << 96


class Slot:
    """A place for a value: `.number` where an id is meant, `.uuid` for a UUID, `.text` for words."""

    def __init__(self, place: int):
        self.number = _FIRST_NUMBER + place
        self.uuid = UUID(int=_FIRST_UUID + place)
        self.text = f"<slot {place}>"


@dataclass(slots=True)
class _Compiled:
    sql: str
    parameters: tuple[tuple[int | None, object], ...]  # (place of a slot or None, constant)
    compiler: SQLCompiler


def key_of(value: UUID | str) -> str:
    """A UUID as text, the same on every database (SQLite keeps it as text without hyphens)."""
    return value.hex if isinstance(value, UUID) else str(value).replace("-", "")


class Prepared:
    """`Prepared(build)`: `build(*slots)` returns the queryset, with one slot for each value of a run."""

    def __init__(self, build: Callable[..., QuerySet]):
        self.build = build
        # Per connection: a thread has its own, and what is compiled holds on to it.
        self._compiled: WeakKeyDictionary = WeakKeyDictionary()

    def rows(self, *values: object) -> list[tuple]:
        """Run with these values: numbers, texts or UUIDs."""
        return self._run(self._prepare(len(values), lambda slots: self.build(*slots)), values)

    def converted(self, *values: object) -> list[tuple]:
        """The same, each value as the ORM gives it."""
        prepared = self._prepare(len(values), lambda slots: self.build(*slots))
        fetched: Any = [self._run(prepared, values)]
        return [tuple(row) for row in prepared.compiler.results_iter(results=fetched)]

    def instances(self, *values: object) -> list:
        """The same, for a queryset of model instances; `select_related` and `annotate` hold, other loading does not."""
        prepared = self._prepare(len(values), lambda slots: self.build(*slots))
        compiler = prepared.compiler
        fetched: Any = [self._run(prepared, values)]
        rows = compiler.results_iter(results=fetched)
        select, info = compiler.select, compiler.klass_info
        model, fields = info["model"], info["select_fields"]
        start, stop = fields[0], fields[-1] + 1
        names = [column[0].target.attname for column in select[start:stop]]
        populators = get_related_populators(info, select, "default")  # type: ignore[call-arg]  # stubs are of Django 6
        found = []
        for row in rows:
            instance = model.from_db("default", names, row[start:stop])
            for populator in populators:
                populator.populate(row, instance)
            for name, column in (compiler.annotation_col_map or {}).items():
                setattr(instance, name, row[column])
            found.append(instance)
        return found

    def rows_of(self, *lists: Iterable[int]) -> list[tuple]:
        """Run over lists of ids of any length: `build(*groups)` then gets one list of slots for each.

        The lists are padded to one power of two with an id that no row has, so that a handful of texts serve
        every number. Nothing is asked where all are empty.
        """
        wanted = [sorted(set(ids)) for ids in lists]
        longest = max(map(len, wanted))
        if not longest:
            return []
        size = 4
        while size < longest:
            size *= 2
        values = [value for ids in wanted for value in (*ids, *[0] * (size - len(ids)))]

        def build(slots: list[Slot]) -> QuerySet:
            return self.build(*(slots[at : at + size] for at in range(0, len(slots), size)))

        return self._run(self._prepare(len(values), build), values)

    def _run(self, prepared: _Compiled, values) -> list[tuple]:
        connection = connections["default"]
        run: Any = [constant if place is None else values[place] for place, constant in prepared.parameters]
        if not connection.features.has_native_uuid_field:
            run = [value.hex if isinstance(value, UUID) else value for value in run]
        with connection.cursor() as cursor:
            cursor.execute(prepared.sql, run)
            return cursor.fetchall()

    def _prepare(self, size: int, build: Callable[[list[Slot]], QuerySet]) -> _Compiled:
        kept = self._compiled.setdefault(connections["default"], {})
        if size not in kept:
            slots = [Slot(place) for place in range(size)]
            places: dict[object, int] = {}
            for place, slot in enumerate(slots):
                stand_ins = (slot.number, slot.text, slot.uuid, slot.uuid.hex, str(slot.uuid))
                places |= dict.fromkeys(stand_ins, place)
            compiler = build(slots).query.get_compiler("default")
            sql, parameters = compiler.as_sql()
            made = tuple((places.get(value) if _can_be_slot(value) else None, value) for value in parameters)
            missing = set(range(size)) - {place for place, _value in made}
            if missing:
                # A function of the ORM has swallowed a stand-in: its value would be lost without a word.
                raise ValueError(f"slots {sorted(missing)} do not appear in the query")
            kept[size] = _Compiled(sql, made, compiler)
        return kept[size]


@kept_until_change
def _until_change() -> dict[object, Prepared]:
    return {}


def prepared_until_change(key: object, build: Callable[..., QuerySet]) -> Prepared:
    """`Prepared(build)`, the same for the same `key` until something shown changes. Keys are to be few."""
    kept = _until_change()
    if key not in kept:
        kept[key] = Prepared(build)
    return kept[key]


def numbers(slots: Iterable[Slot]) -> list[int]:
    return [slot.number for slot in slots]


def _can_be_slot(value: object) -> bool:
    return isinstance(value, (int, str, UUID)) and not isinstance(value, bool)
