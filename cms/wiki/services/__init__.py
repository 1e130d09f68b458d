"""Everything that is written about pages and their texts. Each verb is one transaction."""

from .drafts import Seen, StaleText, discard_draft, keep_draft, resolve_conflict
from .moderation import (
    AlreadyDecided,
    Conflict,
    NothingChanged,
    approve,
    decline,
    publish_now,
    request_changes,
    submit_for_review,
    take_back,
)
from .publication import Note, publishing, record_publication

__all__ = [
    "AlreadyDecided",
    "Conflict",
    "Note",
    "NothingChanged",
    "Seen",
    "StaleText",
    "approve",
    "decline",
    "discard_draft",
    "keep_draft",
    "publish_now",
    "publishing",
    "record_publication",
    "request_changes",
    "resolve_conflict",
    "submit_for_review",
    "take_back",
]
