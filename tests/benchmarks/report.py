"""The table `make bench` prints, from what was measured. Pure."""

import statistics
from dataclasses import dataclass, field

from .catalogue import COUNTED, SIGNED_IN, Row
from .load import Load

HEADINGS = (
    "page",
    "in a site of",
    "CPU × bare",
    "to reach",
    "",
    "CPU ms",
    "req/s",
    "share",
    "p50 ms",
    "p99 ms",
    "MiB",
)


@dataclass(frozen=True)
class Run:
    """One run of a row, and of the bare view just before it. CPU in milliseconds a request."""

    load: Load
    cpu: float
    bare_cpu: float
    bare_per_second: float
    peak: float  # MiB, of the largest worker


@dataclass
class Measured:
    row: Row
    size: int
    runs: list[Run] = field(default_factory=list)

    def middle(self, value) -> float:
        return statistics.median(value(run) for run in self.runs)

    @property
    def multiple(self) -> float:
        return self.middle(lambda run: run.cpu / run.bare_cpu)


def verdicts(measured: list[Measured]) -> dict[tuple[str, int], tuple[str, bool]]:
    """(what was to be reached, whether it was) of each row that has a target."""
    multiples = {(each.row.name, each.size): each.multiple for each in measured}
    found = {}
    for each in measured:
        limits = []  # (in words, as a multiple of the bare view)
        smallest = min(size for name, size in multiples if name == each.row.name)
        if each.row.target is not None and (each.size == smallest or not each.row.of_small):
            limits.append((f"≤ {each.row.target:g}", each.row.target))
        if each.row.growth is not None and each.size != smallest:
            small = multiples[each.row.name, smallest]
            limits.append((f"≤ {each.row.growth:g} × {small:.1f}", each.row.growth * small))
        if beside := multiples.get((each.row.beside, each.size)):
            limits.append((f"≤ {SIGNED_IN:g} × {beside:.1f}", SIGNED_IN * beside))
        if limits:
            reached = all(each.multiple <= limit for _words, limit in limits)
            found[each.row.name, each.size] = (", ".join(words for words, _limit in limits), reached)
    return found


def lines(measured: list[Measured]) -> list[tuple[str, ...]]:
    told = verdicts(measured)
    found = []
    for each in measured:
        wanted, reached = told.get((each.row.name, each.size), ("", None))
        found.append(
            (
                each.row.name,
                f"{each.size:,} {COUNTED[each.row.data]}",
                f"{each.multiple:.2f}" if each.multiple < 3 else f"{each.multiple:.1f}",
                wanted,
                {True: "reached", False: "NOT reached", None: ""}[reached],
                f"{each.middle(lambda run: run.cpu):.2f}",
                f"{each.middle(lambda run: run.load.per_second):.0f}",
                f"{each.middle(lambda run: run.load.per_second / run.bare_per_second):.3f}",
                f"{each.middle(lambda run: run.load.p50):.1f}",
                f"{each.middle(lambda run: run.load.p99):.1f}",
                f"{each.middle(lambda run: run.peak):.0f}",
            )
        )
    return found


def markdown(measured: list[Measured], notes: list[str]) -> str:
    rows = [HEADINGS, *lines(measured)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]

    def line(row: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"

    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    table = [line(rows[0]), rule, *(line(row) for row in rows[1:])]
    return "\n".join([*table, "", *notes]) + "\n"
