"""What translators and reviewers find on their desk."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from cms.accounts.queries import role_names
from cms.accounts.roles import REVIEWER_PREFIX, language_group
from cms.translations.models import TranslationTask
from cms.translations.queries.queue import (
    QueueLanguage,
    languages_asked,
    queue_languages,
    tasks_of_public_works,
)
from cms.translations.queries.rights import languages_of
from cms.translations.rules import CHANGES_REQUESTED, IN_REVIEW, QUEUED

LISTED = 10  # of each sort


@dataclass(frozen=True, slots=True)
class DeskTask:
    task: TranslationTask  # with its work, without the texts of either
    source: QueueLanguage
    target: QueueLanguage
    days_left: int | None  # of the claim; None while it does not run

    @property
    def sent_back(self) -> bool:
        return self.task.work_state == CHANGES_REQUESTED


@dataclass(frozen=True, slots=True)
class Waiting:
    language: QueueLanguage
    number: int


@dataclass(frozen=True, slots=True)
class TranslationDesk:
    mine: list[DeskTask] = field(default_factory=list)  # what I hold or submitted, sent back first
    to_review: list[DeskTask] = field(default_factory=list)  # the longest waiting first
    waiting: list[Waiting] = field(default_factory=list)  # what nobody works on, in each of my languages

    @property
    def submissions(self) -> set[int]:
        """Ids of the submissions that stand here with their translation."""
        return {each.task.submission_id for each in self.mine if each.task.submission_id is not None}


def translation_desk(user) -> TranslationDesk | None:
    """None for who has no language. Four queries at most, and one for roles."""
    if not languages_of(user):
        return None
    languages = queue_languages()
    own = languages_asked(user, "", languages)
    everything = tasks_of_public_works(languages, list(languages))
    mine = everything.filter(Q(assignee=user) | Q(submitted_by=user, submitted_at__isnull=False))
    waiting = tasks_of_public_works(languages, own).filter(work_state=QUEUED)
    numbers = dict(waiting.order_by().values_list("target_locale").annotate(Count("pk")))
    return TranslationDesk(
        mine=sorted(
            (_described(task, languages) for task in _with_work(mine.order_by("claim_expires_at", "pk"))),
            key=lambda each: not each.sent_back,
        ),
        to_review=_to_review(user, languages),
        waiting=[Waiting(languages[pk], numbers.get(pk, 0)) for pk in own if not languages[pk].closed],
    )


def _to_review(user, languages: dict[int, QueueLanguage]) -> list[DeskTask]:
    names = role_names(user)
    reviewed = [pk for pk, each in languages.items() if language_group(REVIEWER_PREFIX, each.code) in names]
    if not reviewed:
        return []
    tasks = tasks_of_public_works(languages, reviewed).filter(label=IN_REVIEW).exclude(submitted_by=user)
    return [_described(task, languages) for task in _with_work(tasks.order_by("submitted_at", "pk"))]


def _with_work(tasks):
    return tasks.select_related("work", "submitted_by").only(
        *("work__title", "work__source_locale", "target_locale", "label", "content_state", "work_state"),
        *("claim_expires_at", "due_on", "words_to_do", "words", "reason", "submission", "submitted_at"),
        *("submitted_by__display_name", "submitted_by__username", "segments_changed", "words_changed"),
    )[:LISTED]


def _described(task: TranslationTask, languages: dict[int, QueueLanguage]) -> DeskTask:
    left = None
    if task.claim_expires_at is not None and task.submitted_at is None:
        left = max(0, -(-(task.claim_expires_at - timezone.now()) // timedelta(days=1)))
    return DeskTask(task, languages[task.work.source_locale_id], languages[task.target_locale_id], left)
