"""What the checks say of a translation, without what somebody looked at and found right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Length
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.reference.models import GlossaryTerm
from cms.translations.checks import ERROR, Finding, check
from cms.translations.limits import longest_of
from cms.translations.models import DismissedCheck, SegmentDraft, TranslationTask
from cms.translations.queries.glossary import term_index
from cms.translations.rules import MACHINE
from cms.translations.segments import segment_key
from cms.translations.terms import TermIndex

MACHINE_UNREAD = "machine_unread"
# What a glossary entry says about forms names them on purpose.
_ABOUT_FORMS = {"variants", "forbidden", "note"}


@dataclass
class Findings:
    """`by_key`: key of a segment → what is to be said of it now; `dismissed_by_key`: what was said to be right."""

    by_key: dict[str, list[Finding]] = field(default_factory=dict)
    dismissed_by_key: dict[str, list[Finding]] = field(default_factory=dict)

    @property
    def dismissed(self) -> int:
        return sum(map(len, self.dismissed_by_key.values()))

    def errors(self) -> dict[str, list[Finding]]:
        return {
            key: wrong
            for key, found in self.by_key.items()
            if (wrong := [each for each in found if each.level == ERROR])
        }


def findings_of(task: TranslationTask, texts: Mapping[str, str]) -> Findings:
    """Of every segment that has words. `texts`: key → inline HTML. Two queries, and one for the glossary's changes.

    `task` with its work, both locales and the baseline.
    """
    said = {key: text for key, text in texts.items() if text}
    return _Checks(task, said, _unread(task)).of(said)


def dismissal_hash(text: str, detail: str) -> str:
    """A dismissal holds for the words it was said of, and for what was said."""
    return sha256(f"{text}\0{detail}".encode()).hexdigest()[:32]


def _unread(task: TranslationTask) -> set[str]:
    """Keys of the segments whose last saving came from a machine, and from nobody since. One query."""
    settled = task.baseline.settled_draft if task.baseline else 0
    rows = SegmentDraft.objects.filter(task=task, pk__gt=settled).order_by("number")
    last = {
        key: origin == MACHINE and length > 0
        for key, origin, length in rows.values_list("key", "origin", Length("text"))
    }
    return {key for key, unread in last.items() if unread}


class _Checks:
    """A whole translation, with all that one segment of it is measured by."""

    def __init__(self, task: TranslationTask, texts: Mapping[str, str], unread: set[str]) -> None:
        self.texts, self.unread = texts, unread
        self.source = task.work.source_locale.language_code
        self.target = task.target_locale.language_code
        self.model: Any = ContentType.objects.get_for_id(task.work.content_type_id).model_class()
        self.work_key = str(task.work.translation_key)
        self.rows = {segment_key(row["path"], row["text"]): row for row in task.work.segments}
        self.terms = term_index(self.source, self.target)
        self.without_own: TermIndex | None = None
        self.dismissed = set(DismissedCheck.objects.filter(task=task).values_list("key", "code", "text_hash"))
        self.same_source: dict[str, list[str]] = defaultdict(list)
        for key, row in self.rows.items():
            self.same_source[row["text"]].append(key)

    def of(self, keys: Iterable[str]) -> Findings:
        findings = Findings()
        for key in keys:
            if key in self.rows:
                self._sort(findings, key)
        return findings

    def _sort(self, findings: Findings, key: str) -> None:
        text = self.texts[key]
        for each in self._found(key, self.rows[key], text):
            dismissed = (key, each.code, dismissal_hash(text, each.detail)) in self.dismissed
            to = findings.dismissed_by_key if dismissed and each.level != ERROR else findings.by_key
            to.setdefault(key, []).append(each)

    def _found(self, key: str, row: dict[str, Any], text: str) -> list[Finding]:
        found = _checked(
            row["text"], text, self.source, self.target, self._terms_for(row),
            longest_of(self.model, row) if self.model else None,
            self._elsewhere(key, row["text"], text), get_language(),
        )  # fmt: skip
        return ([_machine_unread()] if key in self.unread else []) + list(found)

    def _elsewhere(self, key: str, source: str, text: str) -> str:
        """What the same words are translated as in another place, first where it is otherwise."""
        others = [
            self.texts[other] for other in self.same_source[source] if other != key and other in self.texts
        ]
        return next((other for other in others if other != text), "")

    def _terms_for(self, row: dict[str, Any]) -> TermIndex | None:
        if self.model is not GlossaryTerm:
            return self.terms
        if row["path"] in _ABOUT_FORMS:
            return None
        if self.without_own is None:
            others = [term for term in self.terms.terms if term.key != self.work_key]
            self.without_own = TermIndex(others, self.source)
        return self.without_own


def _machine_unread() -> Finding:
    return Finding(
        MACHINE_UNREAD,
        ERROR,
        _(
            "A machine wrote this, and nobody has looked at it yet. Read it against the original, and correct it."
        ),
        "",
    )


@lru_cache(maxsize=5000)
def _checked(
    source: str,
    target: str,
    source_language: str,
    target_language: str,
    terms: TermIndex | None,
    longest: int | None,
    elsewhere: str,
    _interface: str | None,
) -> tuple[Finding, ...]:
    """Kept, since a screen of a whole translation is checked anew at each saving of one of its segments."""
    return tuple(
        check(
            source,
            target,
            source_language=source_language,
            target_language=target_language,
            terms=terms,
            longest=longest,
            others={source: elsewhere} if elsewhere else {},
        )
    )
