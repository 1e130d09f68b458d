"""The rows of the queue that one page shows, and what somebody may do with each."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from cms.core.paging import Window
from cms.translations.kinds import translated_kinds
from cms.translations.models import TranslationTask
from cms.translations.queries.queue import QueueLanguage
from cms.translations.queries.rights import may_prioritise, may_review, may_translate
from cms.translations.rules import HELD_STATES, IDLE, QUEUED

# What a row shows: values, no models. Making thirty tasks with their works and holders costs more than asking for them.
SHOWN = (
    *(
        "pk",
        "work__title",
        "work__kind",
        "work__source_locale_id",
        "target_locale_id",
        "label",
        "content_state",
    ),
    *("work_state", "segments_changed", "words_changed", "words_to_do", "words", "waiting_since", "due_on"),
    *("priority", "requests", "submitted_at", "claim_expires_at", "assignee_id", "assignee__display_name"),
    "assignee__username",
)


@dataclass(frozen=True, slots=True)
class QueuedTask:
    """A translation as the queue shows it, in the order of `SHOWN`."""

    pk: int
    title: str
    kind: str  # key of the type
    source_locale_id: int
    target_locale_id: int
    label: str
    content_state: str
    work_state: str
    segments_changed: int
    words_changed: int
    words_to_do: int
    words: int
    waiting_since: datetime
    due_on: date | None
    priority: int
    requests: int
    submitted_at: datetime | None
    claim_expires_at: datetime | None
    assignee_id: int | None
    display_name: str | None
    username: str | None

    @property
    def in_review(self) -> bool:
        return self.submitted_at is not None

    @property
    def holder(self) -> str:
        """Their name; "" for nobody."""
        return self.display_name or self.username or ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    task: QueuedTask
    source: QueueLanguage
    target: QueueLanguage
    kind: str
    mine: bool
    held: bool  # by somebody, whose claim has not run out
    overdue: bool
    claimable: bool
    openable: bool
    releasable: bool
    handable: bool
    plannable: bool


def rows_of(
    tasks: QuerySet[TranslationTask], user, languages: dict[int, QueueLanguage], window: Window
) -> list[QueueRow]:
    """The rows of `window`, `tasks` being in their order. One query: what is cut out of it is ids, not what is shown."""
    cut = tasks.values("pk")[window.start : window.stop]
    shown = TranslationTask.objects.filter(pk__in=cut).order_by(*tasks.query.order_by)
    rights = {pk: _Rights(user, each.code) for pk, each in languages.items()}
    kinds = {kind.key: str(kind.name) for kind in translated_kinds()}
    now = timezone.now()
    found = (QueuedTask(*values) for values in shown.values_list(*SHOWN))
    return [_row(task, user.pk, rights[task.target_locale_id], languages, kinds, now) for task in found]


class _Rights:
    """What somebody may do with translations into one language."""

    __slots__ = ("plans", "reviews", "sees", "translates")

    def __init__(self, user, code: str):
        prioritises = may_prioritise(user)
        self.translates, self.reviews = may_translate(user, code), may_review(user, code)
        self.sees, self.plans = self.translates or prioritises, self.reviews or prioritises


def _row(
    task: QueuedTask,
    user_id: int,
    rights: _Rights,
    languages: dict[int, QueueLanguage],
    kinds: dict[str, str],
    now: datetime,
) -> QueueRow:
    target = languages[task.target_locale_id]
    expires = task.claim_expires_at
    held = task.assignee_id is not None and (expires is None or expires > now)
    mine = task.assignee_id == user_id
    may_move = (mine or rights.reviews) and not task.in_review
    open_to_claims = task.work_state in (QUEUED, *HELD_STATES) and not target.closed
    return QueueRow(
        task=task,
        source=languages[task.source_locale_id],
        target=target,
        kind=kinds.get(task.kind, task.kind),
        mine=mine,
        held=held,
        overdue=task.due_on is not None and task.due_on < timezone.localdate(now) and task.work_state != IDLE,
        claimable=rights.translates and not held and open_to_claims,
        openable=rights.sees,
        releasable=may_move and task.assignee_id is not None,
        handable=may_move and (task.work_state in HELD_STATES or (rights.reviews and not target.closed)),
        plannable=rights.plans,
    )
