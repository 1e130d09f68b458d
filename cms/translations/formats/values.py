"""What goes into a file of translations, and what comes out of one. Texts are inline HTML, as segments hold it."""

from collections.abc import Sequence
from dataclasses import dataclass

MISSING = "missing"
DRAFT = "draft"
PUBLISHED = "published"
CHANGED = "changed"  # the words were written for an older source

LARGEST = 5_000_000  # bytes of a file
MOST_UNITS = 10_000


class FileRefused(ValueError):
    """Nothing can be taken from the file. The message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class OutgoingUnit:
    key: str
    path: str
    source: str
    target: str  # "" where nothing is written yet
    note: str = ""  # for the translator
    state: str = MISSING
    previous_source: str = ""  # what `target` was written for, where the state is `CHANGED`


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    work: str  # a UUID
    title: str
    source_language: str  # as in addresses: "en", "pt-br"
    target_language: str
    source_version: int
    units: Sequence[OutgoingUnit]

    def distinct(self) -> list[OutgoingUnit]:
        """Each key once: equal texts in one place are one unit, and identifiers of a file may not stand there twice."""
        return list({unit.key: unit for unit in reversed(self.units)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class IncomingUnit:
    key: str  # "" where the translator's tool dropped it
    path: str
    source: str
    target: str  # canonical; "" where nothing is written yet
    state: str = ""  # XLIFF: "initial", "translated", "reviewed", "final"


@dataclass(frozen=True, slots=True)
class Problem:
    key_or_position: str  # the key of a segment; where there is none, a place in the file ("line 12")
    message: str  # names the segment by its first words


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """What a file says of itself, "" and 0 where it does not, and what can be taken from it.

    Whether it is of the work and the languages at hand is for the caller to check.
    """

    work: str
    source_language: str
    target_language: str
    source_version: int
    units: tuple[IncomingUnit, ...]
    problems: tuple[Problem, ...]
