"""What somebody is writing, kept as they type. Two windows with the same draft are told of each other."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cms.core.visible_text import storable
from forum.models import Draft

KEYS = re.compile(r"(?:topic|new|edit):\d{1,18}|translate:\d{1,18}:[a-z]{2,3}(?:-[a-z]+)?")
MOST = 200  # of one person
LONGEST = 100_000  # characters: more than a post may have, so that what is too long is kept too
LONGEST_FIELD = 2000  # of what is no text
KEPT = timedelta(days=180)
# `seen`, `based_on`: which text was opened for changing. What others wrote since is then noticed, days later too.
FIELDS = ("title", "text", "language", "reply_to", "seen", "based_on", "reason")


@dataclass(frozen=True, slots=True)
class Saved:
    """`sequence`: of what is kept now, 0 for nothing. `other`: what another window saved meanwhile; nothing was kept."""

    sequence: int
    other: Draft | None = None


def is_key(key: str) -> bool:
    return KEYS.fullmatch(key) is not None


@transaction.atomic
def save_draft(user, key: str, data: dict, *, sequence: int, window: str, anyway: bool = False) -> Saved:
    """Keep `data` (of `FIELDS`); an empty text ends the draft.

    `sequence`: of what this window knows. Where another window saved after that, nothing is written, unless `anyway`.
    """
    values = {
        name: storable(str(data.get(name) or ""))[: LONGEST if name == "text" else LONGEST_FIELD]
        for name in FIELDS
    }
    empty = not values["text"].strip() and not values["title"].strip()
    draft = Draft.objects.select_for_update().filter(user=user, key=key).first()
    if draft is None:
        if empty:
            return Saved(0)
        draft = begun(user, key, window, sequence)
    if draft.sequence > sequence and draft.window != window and not anyway:
        return Saved(draft.sequence, draft)
    if empty:
        draft.delete()
        return Saved(0)
    draft.data, draft.window, draft.saved_at = values, storable(window)[:40], timezone.now()
    draft.sequence = max(draft.sequence, sequence) + 1
    draft.save()
    return Saved(draft.sequence)


def begun(user, key: str, window: str, sequence: int) -> Draft:
    """A draft that was not there yet, locked: this window's, or that of another which was first at this moment."""
    if Draft.objects.filter(user=user).count() >= MOST:
        Draft.objects.filter(
            pk=Draft.objects.filter(user=user).order_by("saved_at").values("pk")[:1]
        ).delete()
    new = Draft(user=user, key=key, sequence=sequence, window=storable(window)[:40], saved_at=timezone.now())
    Draft.objects.bulk_create([new], ignore_conflicts=True)
    return Draft.objects.select_for_update().get(user=user, key=key)


def discard_draft(user, key: str) -> None:
    Draft.objects.filter(user=user, key=key).delete()


def remove_old_drafts() -> None:
    """Run with time. What nobody came back to for half a year is not kept for ever."""
    Draft.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()
