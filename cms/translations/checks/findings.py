"""What a check has found."""

from typing import Final, Literal, NamedTuple

ERROR: Final = "error"
WARNING: Final = "warning"
Level = Literal["error", "warning"]


class Note(NamedTuple):
    """`message` is for people, in the active language. `detail` is what it is about, in no language: the same
    fault of the same texts has the same detail."""

    message: str
    detail: str = ""


class Finding(NamedTuple):
    code: str  # stored where a warning is dismissed: never renamed
    level: Level
    message: str
    detail: str
