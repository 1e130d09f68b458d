"""What may be decided, by whom, and what follows. Plain values in, plain values out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.utils.translation import gettext_lazy as _

DRAFT, SUBMITTED, CHANGES_REQUESTED = "draft", "submitted", "changes_requested"
PUBLISHED, DECLINED = "published", "declined"
STATES = [
    (DRAFT, _("draft")),
    (SUBMITTED, _("submitted")),
    (CHANGES_REQUESTED, _("changes requested")),
    (PUBLISHED, _("published")),
    (DECLINED, _("declined")),
]
OPEN_STATES = (DRAFT, SUBMITTED, CHANGES_REQUESTED)
EDITABLE_STATES = (DRAFT, CHANGES_REQUESTED)

# From which state a verb leads to which.
TRANSITIONS: dict[str, dict[str, str]] = {
    "save": {DRAFT: DRAFT, CHANGES_REQUESTED: CHANGES_REQUESTED},
    "submit": {DRAFT: SUBMITTED, CHANGES_REQUESTED: SUBMITTED},
    "take_back": {SUBMITTED: DRAFT},
    "approve": {SUBMITTED: PUBLISHED},
    "request_changes": {SUBMITTED: CHANGES_REQUESTED},
    "decline": {SUBMITTED: DECLINED},
    "discard": {DRAFT: DECLINED, CHANGES_REQUESTED: DECLINED},
}

TYPO, ADDITION, SUBSTANCE = "typo", "addition", "substance"
SIGNIFICANCES = [
    (TYPO, _("typo or wording")),
    (ADDITION, _("addition")),
    (SUBSTANCE, _("change of substance")),
]

OPEN_TO_AUTHORS, EDITORS_ONLY, LOCKED = "open", "editors", "locked"
PROTECTION_LEVELS = [
    (OPEN_TO_AUTHORS, _("open to authors")),
    (EDITORS_ONLY, _("editors only")),
    (LOCKED, _("locked for everybody")),
]

MEDIAN_OF = 10  # decisions
LINKS_ALLOWED = 2
# Unicode's embeddings, overrides and isolates. Marks (U+200E, U+200F, U+061C) turn nothing, and are needed.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)


class NotInThisState(ValueError):
    """The verb does not lead anywhere from the state the submission is in."""


def state_after(verb: str, state: str) -> str:
    """The state to which `verb` leads from `state`. Raises `NotInThisState` where it leads nowhere."""
    try:
        return TRANSITIONS[verb][state]
    except KeyError:
        raise NotInThisState(f"{verb} is not possible from {state}") from None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may decide on a submission. `alone`: on their own, since nobody else could."""

    allowed: bool
    alone: bool = False


def may_decide(person: int, author: int | None, deciders: Iterable[int]) -> Verdict:
    """`deciders` are the ids of all who may decide on the text; `author` wrote it (None: a reader without account).

    Nobody decides on their own text, unless no one else could; then it is recorded.
    """
    others = set(deciders) - {person}
    if person not in set(deciders):
        return Verdict(False)
    if person != author:
        return Verdict(True)
    return Verdict(not others, alone=not others)


def may_revise(protection: str, publishes: bool) -> bool:
    """Whether a page under `protection` is open to somebody who may edit it; `publishes`: they are an editor."""
    return protection == OPEN_TO_AUTHORS or (protection == EDITORS_ONLY and publishes)


def usual_wait(waits: Sequence[timedelta]) -> timedelta | None:
    """The median of the last ten waits (the newest first), None where nothing was decided yet."""
    recent = [wait.total_seconds() for wait in waits[:MEDIAN_OF]]
    return timedelta(seconds=median(recent)) if recent else None


def place_in_queue(mine: int, waiting: Sequence[int]) -> int:
    """The place, from 1, of the submission `mine` among those waiting, the longest waiting first."""
    return waiting.index(mine) + 1


def is_overdue(waited: timedelta, days: int) -> bool:
    return waited >= timedelta(days=days)


def one_line(text: str) -> str:
    """`text` on one line, without the signs that turn the direction of whatever stands beside it."""
    return " ".join(_TURNING.sub("", text).split())


def looks_like_spam(trap: str, text: str, name: str) -> bool:
    """Whether a reader's text is held back for a closer look: the trap was filled in, or it carries many links."""
    return bool(trap) or len(_LINK.findall(text)) > LINKS_ALLOWED or bool(_LINK.search(name))
