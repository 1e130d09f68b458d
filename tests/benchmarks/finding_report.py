"""The table of `tests.benchmarks.finding`. Pure."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 2.0  # seconds from the commit that publishes to the first answer


@dataclass(frozen=True)
class Finding:
    """Of so many pages or posts, in seconds from the commit: to the first answer with it, and, once it is withdrawn,
    to the first question that is answered without it: 0.0 where the first one is.
    """

    engine: str
    what: str  # pages, posts
    found: Sequence[float]
    gone: Sequence[float]


def finding_table(rows: Sequence[Finding]) -> str:
    lines = [
        "| found after | of | median s | worst s | to reach | | gone after | to reach | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        worst, last = max(row.found), max(row.gone)
        gone = "at once" if last == 0 else f"{last:.2f} s at most"
        lines.append(
            f"| {row.engine} | {len(row.found)} {row.what} | {statistics.median(row.found):.2f} | {worst:.2f} "
            f"| ≤ {LONGEST:g} s | {verdict(worst <= LONGEST)} | {gone} | at once | {verdict(last == 0)} |"
        )
    return "\n".join(lines)


def verdict(reached: bool) -> str:
    return "reached" if reached else "NOT reached"
