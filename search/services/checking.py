"""Whether the entries are what their sources would make now: some hundreds of objects at a time."""

import logging
from collections.abc import Sequence
from itertools import islice

from search.models import Entry, Waiting
from search.registry import Made, Source, sources
from search.services.comparing import Compared
from search.services.indexing import CHUNK, WRITTEN, entry_of
from search.services.renewing import renew_apart
from search.services.waiting import catch_up

logger = logging.getLogger("ancrage.search")


def check_entries(*, repair: bool = False) -> Compared:
    """Compare all; with `repair`, entries that differ are made anew, and what was set aside is tried at once."""
    found = Compared()
    if repair:
        Waiting.objects.filter(failures__gt=0).update(again_at=None)
        catch_up()
    for source in sources():
        keys = source.keys()
        while chunk := list(islice(keys, CHUNK)):
            check_objects(source, chunk, found, repair=repair)
    last = 0
    while rows := list(
        Entry.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "ref")[: CHUNK * 5]
    ):
        check_left(dict(rows), found, repair=repair)
        last = rows[-1][0]
    failing = Waiting.objects.filter(failures__gt=0).order_by("source", "object").distinct()
    aside = [f"{name}:{pk}" for name, pk in failing.values_list("source", "object")]
    found.note("failed", [ref for ref in aside if ref not in found.failed])
    return found


def check_objects(source: Source, keys: list[int], found: Compared, *, repair: bool) -> None:
    made = made_of(source, keys, found)
    names = [f"{source.name}:{key}" for key in keys]
    known = {entry.ref: entry for entry in Entry.objects.filter(ref__in=names)}
    found.entries += len(known)
    missing = sorted(made.keys() - known.keys())
    outdated = sorted(ref for ref in made.keys() & known.keys() if differs(source, made[ref], known[ref]))
    found.note("missing", missing)
    found.note("outdated", outdated)
    wrong = [int(ref.partition(":")[2]) for ref in (*missing, *outdated)]
    if repair and wrong:
        found.repaired += len(wrong) - len(renew_apart(source, wrong))


def made_of(source: Source, keys: Sequence[int], found: Compared) -> dict[str, Made]:
    """What the source makes of some objects now, by the entries' names. What it cannot is noted as failed, once."""
    try:
        return {f"{source.name}:{each.pk}": each for each in source.made(keys)}
    except Exception:
        if len(keys) > 1:
            return {ref: made for key in keys for ref, made in made_of(source, [key], found).items()}
        logger.exception("%s:%s cannot be taken in by the search", source.name, keys[0])
    name = f"{source.name}:{keys[0]}"
    if name not in found.failed:
        found.note("failed", [name])
    return {}


def differs(source: Source, made: Made, entry: Entry) -> bool:
    now = entry_of(source, made)
    return any(getattr(now, name) != getattr(entry, name) for name in WRITTEN if name != "version")


def check_left(refs: dict[int, str], found: Compared, *, repair: bool) -> None:
    """Entries of what nobody may see any more. `refs`: by the entry's key."""
    by_source: dict[str, dict[int, int]] = {}
    for key, ref in refs.items():
        name, _colon, pk = ref.partition(":")
        by_source.setdefault(name, {})[int(pk)] = key
    known = {source.name: source for source in sources()}
    left: list[int] = []
    for name, objects in by_source.items():
        there = made_of(known[name], sorted(objects), found) if name in known else {}
        surplus = {
            key: pk for pk, key in objects.items() if refs[key] not in there and refs[key] not in found.failed
        }
        left += surplus
        if repair and surplus and name in known:
            # Looked at once more, with their rows held: one may have been published since.
            found.repaired += len(surplus) - len(renew_apart(known[name], list(surplus.values())))
        elif repair:
            Entry.objects.filter(pk__in=surplus).delete()
            found.repaired += len(surplus)
    found.note("surplus", [refs[key] for key in sorted(left)])
