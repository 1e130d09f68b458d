"""What goes into a file and what comes out of one."""

from dataclasses import dataclass, field

LARGEST = 5_000_000  # bytes
MOST_UNITS = 10_000

MISSING, DRAFT, CHANGED, PUBLISHED = "missing", "draft", "changed", "published"


class FileRefused(ValueError):
    """The whole file cannot be taken. The message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class OutgoingUnit:
    key: str
    path: str
    source: str  # inline HTML, as all texts here
    target: str = ""  # "" where there is none yet
    note: str = ""
    state: str = MISSING
    previous_source: str = ""  # of a changed unit: what `target` was made from


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    work: str  # translation key
    title: str
    source_language: str
    target_language: str
    source_version: int
    units: tuple[OutgoingUnit, ...]


@dataclass(frozen=True, slots=True)
class IncomingUnit:
    key: str  # "" where the file has lost it
    path: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be taken: which segment (the beginning of its source), and why."""

    where: str
    message: str


@dataclass(slots=True)
class IncomingFile:
    work: str
    source_language: str
    target_language: str
    source_version: int = 0
    units: list[IncomingUnit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def beginning(text: str, length: int = 60) -> str:
    """The start of a text, to name a segment by."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"
