"""One segment of a translation as its screen shows it: how it stands, who wrote it, what changed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from cms.translations import rules
from cms.translations.labels import Place
from cms.translations.markup import Piece, as_shown, difference, only_markup_differs
from cms.translations.queries.links import LinkShown
from cms.translations.rules import Standing
from cms.translations.term_marks import marked_source
from cms.translations.terms import TermIndex

ALL, CHANGED, TO_DO = "all", "changed", "todo"
PRESENT = timedelta(minutes=2)  # who saved a segment so lately is taken to be at it still


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote the words of a segment last, from what, and when; "" and None where nobody knows."""

    by: str = ""
    person: int | None = None
    origin: str = ""
    at: datetime | None = None

    @property
    def origin_label(self) -> str:
        return str(dict(rules.ORIGINS).get(self.origin, ""))

    @property
    def just_now(self) -> bool:
        return self.at is not None and self.person is not None and timezone.now() - self.at < PRESENT


@dataclass
class Row:
    """One segment as the editor shows it."""

    standing: Standing
    place: Place
    block: str
    rich: bool
    links: list[LinkShown]
    seen: int  # number of its last saving, 0 if it was never saved
    written: Written
    under: str  # the words of the heading above, "" for none
    number: int  # in the document, from 1
    comments: int = 0
    findings: list[Any] = field(default_factory=list)
    terms: TermIndex | None = None

    @property
    def key(self) -> str:
        return self.standing.segment.key

    @property
    def state(self) -> str:
        return self.standing.state

    @property
    def state_label(self) -> str:
        return str(dict(rules.SEGMENT_STATES)[self.state])

    @property
    def is_heading(self) -> bool:
        return self.block == "heading"

    @property
    def source(self) -> SafeString:
        """With the terms of the glossary marked."""
        return marked_source(self.standing.segment.text, self.terms)

    @property
    def target(self) -> SafeString:
        return as_shown(self.standing.text)

    @property
    def old_source(self) -> SafeString:
        return as_shown(self.standing.old_source)

    @property
    def old_target(self) -> SafeString:
        return as_shown(self.standing.old_target)

    @property
    def source_changed(self) -> bool:
        return bool(self.standing.old_source) and self.standing.old_source != self.standing.segment.text

    @cached_property
    def source_change(self) -> list[Piece]:
        """Word by word, from the source as it was when it was last translated."""
        return difference(self.standing.old_source, self.standing.segment.text)

    @property
    def only_markup_changed(self) -> bool:
        return only_markup_differs(self.standing.old_source, self.standing.segment.text)

    @property
    def replaces(self) -> bool:
        """Other words than readers have."""
        return bool(self.standing.old_target) and self.standing.old_target != self.standing.text

    @cached_property
    def target_change(self) -> list[Piece]:
        return difference(self.standing.old_target, self.standing.text)

    @property
    def chosen(self) -> dict[str, str]:
        return {link.name: link.chosen for link in self.links if link.chosen}

    @property
    def has_errors(self) -> bool:
        return any(each.level == "error" for each in self.findings)

    @property
    def to_do(self) -> bool:
        return self.state in (rules.UNTRANSLATED, rules.CHANGED) or self.has_errors

    def is_shown(self, show: str) -> bool:
        if show == ALL:
            return True
        return self.to_do or (show == CHANGED and self.state != rules.FRESH)
