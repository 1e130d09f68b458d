"""The two tables of `tests.benchmarks.engines`. Pure."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

GROWTH = 2.0  # what the median at the largest size may be of that at the smallest, on a search server
GROWING = ("opensearch", "elasticsearch")  # who is held to it
FLAT = 300  # MiB that building an index may take, whatever its size


@dataclass(frozen=True)
class Asking:
    engine: str
    what: str  # documents, posts
    size: int
    took: Sequence[float]  # ms, one for each question
    cpu: float  # ms a question, of the process that asks
    server_cpu: float  # and of the server
    found: float  # works, on average

    @property
    def p50(self) -> float:
        return statistics.median(self.took)

    @property
    def p99(self) -> float:
        return sorted(self.took)[min(len(self.took) - 1, int(len(self.took) * 0.99))]


def together(rows: Sequence[Asking]) -> Asking:
    """Several rounds of the same questions as one."""
    return replace(
        rows[0],
        took=[each for row in rows for each in row.took],
        cpu=statistics.mean(row.cpu for row in rows),
        server_cpu=statistics.mean(row.server_cpu for row in rows),
        found=statistics.mean(row.found for row in rows),
    )


@dataclass(frozen=True)
class Building:
    engine: str
    entries: int
    seconds: float
    peak: float  # MiB


def asked_table(rows: Sequence[Asking]) -> str:
    lines = [
        "| query with facets | among | p50 ms | p99 ms | to reach | | CPU ms | of the server | found |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    smallest = {(row.engine, row.what): row for row in sorted(rows, key=lambda row: -row.size)}
    for row in rows:
        base = smallest[row.engine, row.what]
        wanted = verdict = ""
        if row.engine in GROWING and row.size > base.size:
            wanted = f"p50 ≤ {GROWTH:g} × {base.p50:.1f}"
            verdict = "reached" if row.p50 <= GROWTH * base.p50 else "NOT reached"
        lines.append(
            f"| {row.engine} | {row.size:,} {row.what} | {row.p50:.1f} | {row.p99:.1f} | {wanted} | {verdict} "
            f"| {row.cpu:.1f} | {row.server_cpu:.1f} | {row.found:,.0f} |"
        )
    return "\n".join(lines)


def built_table(rows: Sequence[Building]) -> str:
    lines = [
        "| building the index | entries | entries/s | peak MiB | to reach | |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        verdict = "reached" if row.peak <= FLAT else "NOT reached"
        rate = row.entries / row.seconds
        lines.append(
            f"| {row.engine} | {row.entries:,} | {rate:,.0f} | {row.peak:.0f} | ≤ {FLAT} | {verdict} |"
        )
    return "\n".join(lines)
