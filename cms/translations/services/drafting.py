"""Writing a translation, segment by segment. What is typed stays here until it is approved."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.translations.inline import NotInline, link_ids, normalise_inline
from cms.translations.models import SegmentDraft, TranslationTask
from cms.translations.queries.rights import may_review
from cms.translations.queries.texts import last_numbers, survey_of
from cms.translations.queries.works import is_public
from cms.translations.rules import MACHINE, ORIGINS, TYPED
from cms.translations.segments import LONGEST, segment_key

from .claiming import NotInReach, keep_alive, lock_task, require_translator
from .counting import recount

# Of the web, or of this site; without spaces and what cannot be seen or kept.
_ADDRESS = re.compile(r"(?:https?://|/(?![/\\]))[^\s\x00-\x20\x7f\ud800-\udfff]*")
LONGEST_ADDRESS = 2000


class StaleSegment(Exception):
    """Somebody, or another window, saved the segment meanwhile. `draft` is what stands now. Nothing was written."""

    def __init__(self, draft: SegmentDraft | None):
        super().__init__("saved elsewhere in the meantime")
        self.draft = draft


class SourceMoved(Exception):
    """The source no longer has this segment: it was changed or removed since the editor was opened."""


class NotHolder(Exception):
    """Somebody else holds the translation, or nobody does yet."""

    def __init__(self, task: TranslationTask):
        super().__init__("not claimed by this person")
        self.task = task


def require_hand(user: User, task: TranslationTask) -> None:
    """Who may write now: the holder; in review, a reviewer who did not submit it.

    Raises `PermissionDenied`, `NotHolder`, `NotInReach`.
    """
    require_translator(user, task)
    if not is_public(task.work):
        raise NotInReach
    if task.in_review:
        if not may_review(user, task.target_locale.language_code) or task.submitted_by_id == user.pk:
            raise NotInReach
    elif task.assignee_id != user.pk:
        raise NotHolder(task)


@transaction.atomic
def save_segment(
    user: User,
    task_id: int,
    key: str,
    text: str,
    *,
    seen: int,
    origin: str = TYPED,
    links: Mapping[str, str] | None = None,
) -> SegmentDraft:
    """Keep `text` (inline HTML) as the words of a segment. `seen`: number of the saving it was written over, 0 if none.

    Raises `StaleSegment`, `SourceMoved`, `ValidationError` where the markup is not what a segment may hold, and as
    `require_hand`. Saving the same words again writes nothing, unless they were a machine's and a person now stands
    for them.
    """
    task = lock_task(task_id)
    require_hand(user, task)
    segment = next((row for row in task.work.segments if _key(row) == key), None)
    if segment is None:
        raise SourceMoved
    words = checked_words(text, segment["text"])
    last = SegmentDraft.objects.filter(task=task, key=key).order_by("-number").first()
    kept = dict(links) if links is not None else (last.links if last else {})
    settled = task.baseline.settled_draft if task.baseline else 0
    same = last is not None and last.pk > settled and last.text == words and last.links == kept
    if last is not None and same and (last.origin != MACHINE or origin == MACHINE):
        return last
    if (last.number if last else 0) != seen:
        raise StaleSegment(last)
    draft = _append(task, user, segment, words, origin, seen + 1, checked_links(kept, segment))
    keep_alive(task)
    recount(task)
    return draft


def _key(row: Mapping) -> str:
    return segment_key(row["path"], row["text"])


def _append(
    task, user: User, row: Mapping, words: str, origin: str, number: int, links: Mapping
) -> SegmentDraft:
    return SegmentDraft.objects.create(
        task=task,
        key=_key(row),
        number=number,
        path=row["path"],
        source=row["text"],
        text=words,
        links=dict(links),
        author=user,
        author_name=user.shown_name,
        origin=origin if origin in dict(ORIGINS) else TYPED,
    )


def checked_words(text: str, source: str) -> str:
    """The canonical form of what was typed. Raises `ValidationError`."""
    if len(text) > LONGEST:
        raise ValidationError(
            _("This is longer than a segment can be: %(number)s characters at most.") % {"number": LONGEST}
        )
    try:
        words = normalise_inline(text).strip()
    except NotInline as error:
        raise ValidationError(str(error)) from error
    if set(link_ids(words)) - set(link_ids(source)):
        raise ValidationError(
            _("There is a link here that the source does not have. Take links from the source.")
        )
    return words


def checked_links(links: Mapping[str, str], row: Mapping) -> dict[str, str]:
    """Addresses that stand in for those of the source: of links it has, http or https only."""
    known = {name for name, attrs in row["links"].items() if "href" in attrs}
    for name, address in links.items():
        if name not in known or not _ADDRESS.fullmatch(address) or len(address) > LONGEST_ADDRESS:
            raise ValidationError(_("A link leads to an address that begins with https:// or http://."))
    return dict(links)


@transaction.atomic
def save_many(user: User, task_id: int, words: Mapping[str, str], origin: str) -> tuple[int, dict[str, str]]:
    """Keep the words of a file for many segments at once; what it says already is left alone.

    Returns how many were written, and for each key that was refused why. Raises as `require_hand`.
    """
    task = lock_task(task_id)
    require_hand(user, task)
    rows = {_key(row): row for row in task.work.segments}
    standing = survey_of(task).texts()
    numbers = last_numbers(task)
    written, refused = 0, {}
    for key, text in words.items():
        row = rows.get(key)
        if row is None:
            refused[key] = _("The source no longer has this segment.")
            continue
        try:
            checked = checked_words(text, row["text"])
        except ValidationError as error:
            refused[key] = " ".join(error.messages)
            continue
        if checked and checked != standing.get(key):
            _append(task, user, row, checked, origin, numbers.get(key, 0) + 1, {})
            written += 1
    if written:
        keep_alive(task)
        recount(task)
    return written, refused
