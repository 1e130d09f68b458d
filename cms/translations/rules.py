"""The states of a translation, what it needs most, and what its texts amount to. Plain values in and out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.translations.inline import plain_text
from cms.translations.matching import pair_changed, word_count
from cms.translations.segments import Segment, segment_key
from cms.wiki.rules import ADDITION, SUBSTANCE, TYPO

# What readers have.
MISSING, PARTIAL, OUTDATED, PUBLISHED = "missing", "partial", "outdated", "published"
CONTENT_STATES = [
    (MISSING, _("missing")),
    (PARTIAL, _("partial")),
    (OUTDATED, _("outdated")),
    (PUBLISHED, pgettext_lazy("translation", "published")),
]
# What is being done about it.
IDLE, QUEUED, CLAIMED, IN_PROGRESS = "idle", "queued", "claimed", "in_progress"
IN_REVIEW, CHANGES_REQUESTED = "in_review", "changes_requested"
WORK_STATES = [
    (IDLE, _("nothing to do")),
    (QUEUED, _("queued")),
    (CLAIMED, _("claimed")),
    (IN_PROGRESS, _("in progress")),
    (IN_REVIEW, _("in review")),
    (CHANGES_REQUESTED, _("changes requested")),
]
HELD_STATES = (CLAIMED, IN_PROGRESS, CHANGES_REQUESTED)  # somebody works on it

NORMAL, HIGH, URGENT = 0, 1, 2
PRIORITIES = [(NORMAL, _("normal")), (HIGH, _("high")), (URGENT, _("urgent"))]

# Where the words of a segment come from.
TYPED, MEMORY, MACHINE, FILE, SAME_PAGE, SOURCE_COPY = "typed", "memory", "machine", "file", "page", "source"
ORIGINS = [
    (TYPED, _("typed")),
    (MEMORY, _("from the memory")),
    (MACHINE, _("from a machine")),
    (FILE, _("from a file")),
    (SAME_PAGE, _("from the published page")),
    (SOURCE_COPY, _("copied from the source")),
]

# How one segment stands.
UNTRANSLATED, CHANGED, DRAFTED, FRESH = "untranslated", "changed", "drafted", "fresh"
SEGMENT_STATES = [
    (UNTRANSLATED, _("not translated")),
    (CHANGED, _("source changed")),
    (DRAFTED, _("translated, not published")),
    (FRESH, _("published")),
]
_WEIGHTS = {TYPO: 1, ADDITION: 2, SUBSTANCE: 3}


@dataclass(frozen=True, slots=True)
class Known:
    """A segment of a published translation: the source it was made from, and the words."""

    path: str
    source: str
    target: str
    author: str = ""
    origin: str = TYPED

    @property
    def key(self) -> str:
        return segment_key(self.path, self.source)


def known_key(row: Mapping[str, Any]) -> str:
    """Of a segment of a published translation, as `TranslatedText.segments` keeps it."""
    return segment_key(row["path"], row["source"])


@dataclass(frozen=True, slots=True)
class Standing:
    """How a segment of the current source stands. `old_source`, `old_target`: what was published, if it changed."""

    segment: Segment
    state: str
    text: str = ""  # the words to publish; empty while there are none
    old_source: str = ""
    old_target: str = ""

    @property
    def moved_on(self) -> bool:
        """Whether its source is another one since the translation was published, or new."""
        return self.old_source != self.segment.text

    @property
    def left_out(self) -> bool:
        """Whether the published translation never had it, though its source was there."""
        return self.state == UNTRANSLATED and not self.moved_on


@dataclass(frozen=True, slots=True)
class Survey:
    standings: tuple[Standing, ...]
    removed: tuple[Known, ...]  # readers still see it, and it is gone from the source

    @property
    def complete(self) -> bool:
        return all(each.text for each in self.standings)

    def texts(self) -> dict[str, str]:
        """Key → words, of the segments that have some."""
        return {each.segment.key: each.text for each in self.standings if each.text}


@dataclass(frozen=True, slots=True)
class Counts:
    """Segments and words of the source, by what there is to do."""

    segments: int
    done: int  # published and unchanged, or drafted
    drafted: int
    changed: int  # changed since, added, or removed
    words: int
    words_to_do: int
    words_changed: int


def survey(source: Sequence[Segment], published: Sequence[Known], drafts: Mapping[str, str]) -> Survey:
    """How each segment of `source` stands. `drafts`: key → the latest words, "" where they were taken away."""
    by_key = {known.key: known for known in published if known.target}
    pairing = pair_changed(
        [(known.path, known.source) for known in published], [(each.path, each.text) for each in source]
    )
    standings = []
    for place, segment in enumerate(source):
        before = published[pairing.old_of[place]] if place in pairing.old_of else None
        standings.append(_standing(segment, by_key.get(segment.key), before, drafts.get(segment.key)))
    removed = (published[place] for place in pairing.removed)
    return Survey(tuple(standings), tuple(known for known in removed if known.target))


def _standing(segment: Segment, fresh: Known | None, before: Known | None, draft: str | None) -> Standing:
    if fresh is not None:
        if draft and draft != fresh.target:
            return Standing(segment, DRAFTED, draft, fresh.source, fresh.target)
        return Standing(segment, FRESH, fresh.target, fresh.source, fresh.target)
    old = (before.source, before.target) if before else ("", "")
    if draft:
        return Standing(segment, DRAFTED, draft, *old)
    if before is None or not before.target:
        known = before is not None and before.source == segment.text
        return Standing(segment, UNTRANSLATED, old_source=segment.text if known else "")
    # The same words elsewhere in the page are still translated; the place alone changed.
    if before.source == segment.text:
        return Standing(segment, FRESH, before.target, *old)
    return Standing(segment, CHANGED, "", *old)


def count(found: Survey, language: str, was_published: bool) -> Counts:
    """`language`: of the source. Nothing counts as changed before a first publication."""
    words = {
        each.segment.key: word_count(plain_text(each.segment.text), language) for each in found.standings
    }
    to_do = [each for each in found.standings if each.state in (UNTRANSLATED, CHANGED)]
    drafted = [each for each in found.standings if each.state == DRAFTED]
    moved_on = [each for each in (*to_do, *drafted) if each.moved_on]
    return Counts(
        segments=len(found.standings),
        done=len(found.standings) - len(to_do),
        drafted=len(drafted),
        changed=len(moved_on) + len(found.removed) if was_published else 0,
        words=sum(words.values()),
        words_to_do=sum(words[each.segment.key] for each in to_do),
        words_changed=sum(words[each.segment.key] for each in moved_on) if was_published else 0,
    )


def heaviest(significances: Iterable[str]) -> str:
    """The most significant of several changes; "" of none."""
    return max(significances, key=lambda each: _WEIGHTS.get(each, 0), default="")


def content_state(published: bool, gaps: bool, changed: int, significance: str) -> str:
    """What readers have. `gaps`: some of it never was translated; a mere typo in the source raises no label."""
    if not published:
        return MISSING
    if changed and significance != TYPO:
        return OUTDATED
    return PARTIAL if gaps else PUBLISHED


def work_state(content: str, *, held: bool, begun: bool, asked_again: bool, submitted: bool) -> str:
    """What is being done. `held`: claimed by somebody, who has `begun` once they saved a segment."""
    if submitted:
        return IN_REVIEW
    if asked_again:
        return CHANGES_REQUESTED
    if held:
        return IN_PROGRESS if begun else CLAIMED
    return IDLE if content == PUBLISHED else QUEUED


def label_of(content: str, work: str, *, wanted: bool = False) -> str:
    """The one state a person reads: what is being done, else what there is.

    `wanted`: somebody has put it into the queue, more than that it waits there: an editor planned it, or a translator
    gave it back with work in it.
    """
    if work == QUEUED and wanted:
        return QUEUED
    return content if work in (IDLE, QUEUED) else work


def need(significance: str, content: str, age: timedelta, requests: int, priority: int) -> int:
    """How much a translation is needed; the largest first. Nothing needs nothing.

    An editor's word counts most, then readers' wishes (each as much as a week, ten at most) and what changed; what
    waits gains a point a day, for half a year.
    """
    if content == PUBLISHED and not requests:
        return 0
    gap = {MISSING: 60, PARTIAL: 50, OUTDATED: 20 * _WEIGHTS.get(significance, 2)}.get(content, 0)
    days = max(0, min(age.days, 180))
    return priority * 1000 + gap + 7 * min(requests, 10) + days


def claim_ends(days: int) -> timedelta:
    return timedelta(days=days)


def warn_before_end(days: int) -> timedelta:
    """How long before its end the holder of a claim is reminded: two days, or half of a short claim."""
    return min(timedelta(days=2), timedelta(days=days) / 2)
