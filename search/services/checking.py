"""Whether the entries are what their sources would make now: some hundreds of objects at a time."""

from itertools import islice

from search.models import Entry
from search.registry import Made, Source, sources
from search.services.comparing import Compared
from search.services.indexing import CHUNK, WRITTEN, entry_of, renew


def check_entries(*, repair: bool = False) -> Compared:
    """Compare all; with `repair`, entries that differ are made anew."""
    found = Compared()
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
    return found


def check_objects(source: Source, keys: list[int], found: Compared, *, repair: bool) -> None:
    made = {f"{source.name}:{each.pk}": each for each in source.made(keys)}
    names = [f"{source.name}:{key}" for key in keys]
    known = {entry.ref: entry for entry in Entry.objects.filter(ref__in=names)}
    found.entries += len(known)
    missing = sorted(made.keys() - known.keys())
    outdated = sorted(ref for ref in made.keys() & known.keys() if differs(source, made[ref], known[ref]))
    found.note("missing", missing)
    found.note("outdated", outdated)
    wrong = [int(ref.partition(":")[2]) for ref in (*missing, *outdated)]
    if repair and wrong:
        renew(source, wrong)
        found.repaired += len(wrong)


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
        there = {each.pk for each in known[name].made(sorted(objects))} if name in known else set()
        left += [key for pk, key in objects.items() if pk not in there]
    found.note("surplus", [refs[key] for key in sorted(left)])
    if repair and left:
        Entry.objects.filter(pk__in=left).delete()
        found.repaired += len(left)
