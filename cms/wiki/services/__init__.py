"""Everything that is written about pages and their texts. Each verb is one transaction."""

from .drafts import (
    Seen,
    StaleText,
    TextUnderWay,
    discard_draft,
    keep_apart,
    keep_draft,
    resolve_conflict,
    start_from,
)
from .escalation import escalate_overdue
from .handing_in import hand_in
from .moderation import (
    AlreadyDecided,
    Conflict,
    NothingChanged,
    approve,
    decline,
    request_changes,
    submit_for_review,
    take_back,
)
from .protection import Protected, lift, lift_what_is_over, protect
from .publication import Note, publishing, record_publication
from .watching import unwatch, watch

__all__ = [
    "AlreadyDecided",
    "Conflict",
    "Note",
    "NothingChanged",
    "Protected",
    "Seen",
    "StaleText",
    "TextUnderWay",
    "approve",
    "decline",
    "discard_draft",
    "escalate_overdue",
    "hand_in",
    "keep_apart",
    "keep_draft",
    "lift",
    "lift_what_is_over",
    "protect",
    "publishing",
    "record_publication",
    "request_changes",
    "resolve_conflict",
    "start_from",
    "submit_for_review",
    "take_back",
    "unwatch",
    "watch",
]
