"""Whether the server's index holds what the database does: by key and version, some thousands at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from search.backends.parcels import Withdrawn
from search.backends.server import ServerBackend
from search.models import Entry, Pending
from search.services.telling import forget, tell

STEP = 2000  # entries compared at a time
NAMED = 20  # keys of each kind that are named
ABOVE = 1000  # versions that a deletion which the index remembers may be ahead by
KINDS = ("missing", "outdated", "surplus", "failed")


@dataclass
class Compared:
    """What was found; of each kind the first few are named. `on_its_way`: differs, and waits to be told anyway."""

    entries: int = 0
    missing: list[int | str] = field(default_factory=list)
    outdated: list[int | str] = field(default_factory=list)
    surplus: list[int | str] = field(default_factory=list)  # what there is nothing for any more
    failed: list[int | str] = field(default_factory=list)  # what no entry can be made of: the log says why
    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    on_its_way: int = 0
    repaired: int = 0

    @property
    def agree(self) -> bool:
        return not any(self.numbers.values())

    def note(self, kind: str, keys: Sequence[int | str]) -> None:
        self.numbers[kind] += len(keys)
        named = getattr(self, kind)
        named += keys[: max(0, NAMED - len(named))]


def compare(there: ServerBackend, *, repair: bool = False) -> Compared:
    """Compare all; with `repair`, what differs is written anew to the index. Raises `ServerAway`."""
    found = Compared()
    there.refresh()
    after: int | None = 0
    while after is not None:
        after = compare_step(there, found, after, repair=repair)
    return found


def compare_step(there: ServerBackend, found: Compared, after: int, *, repair: bool) -> int | None:
    """Compare the next keys after `after`; return the last one, None at the end."""
    here = dict(Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "version")[:STEP])
    upto = max(here) if len(here) == STEP else None
    index = there.versions_between(after, upto, STEP)
    last = upto
    if len(index) == STEP and (upto is None or max(index) < upto):
        # More in the index than in the database: only as far as both are known.
        last = max(index)
        here = {key: version for key, version in here.items() if key <= last}
    found.entries += len(here)
    differing = {key for key in here.keys() | index.keys() if here.get(key) != index.get(key)}
    if differing:
        sort_out(there, found, differing, repair=repair)
    return last


def sort_out(there: ServerBackend, found: Compared, differing: set[int], *, repair: bool) -> None:
    """What differs is looked at once more: it may have changed since, and what waits is told anyway."""
    waiting = set(Pending.objects.filter(entry__in=differing).values_list("entry", flat=True))
    there.refresh()
    index = there.versions_of(sorted(differing))
    now = dict(Entry.objects.filter(pk__in=differing).values_list("pk", "version"))
    wrong = sorted(key for key in differing if now.get(key) != index.get(key))
    rest = [key for key in wrong if key not in waiting]
    found.on_its_way += len(wrong) - len(rest)
    found.note("missing", [key for key in rest if key not in index])
    found.note("outdated", [key for key in rest if key in index and key in now])
    found.note("surplus", [key for key in rest if key in index and key not in now])
    if repair and rest:
        put_right(there, rest, now, index)
        found.repaired += len(rest)


def put_right(there: ServerBackend, keys: list[int], now: dict[int, int], index: dict[int, int]) -> None:
    """Entries get a version above what the index has seen: a database that was restored is behind it."""
    there.write(there.alias, [Withdrawn(key, index[key] + 1) for key in keys if key not in now])
    for key in keys:
        if key in now:
            Entry.objects.filter(pk=key).update(version=max(now[key], index.get(key, 0)) + ABOVE)
    changes = list(Pending.objects.filter(entry__in=keys))
    tell(there, changes)
    forget(changes)
