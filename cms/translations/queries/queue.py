"""The queue of translations: every public work in every open language it is not written in.

The tables of tasks and works are large, and a work's row holds its whole text: what is counted is read from indexes,
and what is shown leaves the texts where they are.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.lookups import Exact
from django.utils import timezone
from wagtail.models import Locale

from cms.core.languages import direction, open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from cms.core.paging import Window
from cms.translations.filters import ALL, BY_AGE, BY_WORDS, Filters
from cms.translations.kinds import translated_kinds
from cms.translations.models import TranslationTask, Work
from cms.translations.queries.rights import languages_of, may_prioritise, may_review, may_translate
from cms.translations.queries.works import withheld_works, without_withheld
from cms.translations.rules import HELD_STATES, IDLE, QUEUED
from cms.wiki.kinds import pages_in_collection

ROWS = 30
NAMED = 300  # works that are not public, named one by one in a query


@dataclass(frozen=True, slots=True)
class QueueLanguage:
    pk: int
    code: str
    closed: bool  # to new work: only what is under way stands in the queue

    @property
    def name(self) -> str:
        """In the language itself."""
        return settings.LANGUAGE_NAMES.get(self.code, self.code)

    @property
    def dir(self) -> str:
        return direction(self.code)


@dataclass(frozen=True, slots=True)
class Amount:
    tasks: int = 0
    words_to_do: int = 0


@dataclass(frozen=True, slots=True)
class QueueRow:
    task: TranslationTask  # with its work, without the texts of either
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


def queue_languages() -> dict[int, QueueLanguage]:
    """The open languages by the ids of their locales, in the site's order. Kept: one query after a change."""
    return _locales()[0]


@kept_until_change
def _locales() -> tuple[dict[int, QueueLanguage], frozenset[int]]:
    """(the open languages, the ids of all locales)"""
    codes = open_language_codes()
    rows = list(Locale.objects.order_by().values_list("pk", "language_code", "programme__closed_at"))
    languages = [
        QueueLanguage(pk, code, closed_at is not None) for pk, code, closed_at in rows if code in codes
    ]
    languages.sort(key=lambda each: codes.index(each.code))
    return {each.pk: each for each in languages}, frozenset(pk for pk, *_rest in rows)


def languages_asked(user, language: str, languages: dict[int, QueueLanguage]) -> list[int]:
    """Ids of the locales that `language` of the filters stands for: a code, `ALL`, or "" for one's own."""
    own = set(languages_of(user))
    if language == ALL or (not language and not own):
        return list(languages)
    wanted = {language} if language else own
    return [pk for pk, each in languages.items() if each.code in wanted]


def tasks_of_public_works(languages: dict[int, QueueLanguage], asked: list[int]) -> QuerySet[TranslationTask]:
    """The tasks in the languages `asked`, of works that anybody may read; of closed languages what is under way."""
    tasks = _of_public_works(asked)
    closed = [pk for pk in asked if languages[pk].closed]
    return tasks.exclude(target_locale__in=closed, assignee=None, submitted_at=None) if closed else tasks


def _of_public_works(asked: list[int]) -> QuerySet[TranslationTask]:
    tasks = _into(asked)
    hidden = _hidden_works()
    if len(hidden) <= NAMED:
        return tasks.exclude(work__in=hidden) if hidden else tasks
    return without_withheld(tasks)


def _into(asked: list[int]) -> QuerySet[TranslationTask]:
    """Of several languages those left out are named: the database then reads in the order of the need, and stops."""
    if len(asked) < 2:
        return TranslationTask.objects.filter(target_locale__in=asked)
    others = _locales()[1].difference(asked)
    tasks = TranslationTask.objects.all()
    return tasks.exclude(target_locale__in=sorted(others)) if others else tasks


@kept_until_change
def _hidden_works() -> frozenset[int]:
    """Ids of the works that not everybody may read, or more than `NAMED` of them."""
    ids: set[int] = set()
    for works in withheld_works():
        ids.update(works.order_by().values_list("pk", flat=True)[: NAMED + 1])
    return frozenset(ids)


def chosen(tasks: QuerySet[TranslationTask], filters: Filters, user) -> QuerySet[TranslationTask]:
    """What the filters leave of `tasks`, but for the label and the order."""
    if filters.mine:
        tasks = tasks.filter(assignee=user)
    if filters.unclaimed:
        tasks = tasks.filter(work_state=QUEUED)
    works: dict[str, Any] = {}
    if filters.type:
        works["kind"] = filters.type
    if filters.title:
        works["title__icontains"] = filters.title
    if filters.collection:
        works["page__in"] = pages_in_collection(filters.collection)
    if works:
        tasks = tasks.filter(work__in=Work.objects.filter(**works).values("pk"))
    return tasks


def amounts_by_label(tasks: QuerySet[TranslationTask]) -> dict[str, Amount]:
    """How many of `tasks` there are, and how many words are to do in them. One query."""
    # By language as well, as the index is sorted: nothing is sorted anew.
    counted = tasks.order_by().values("target_locale", "label")
    found: Any = counted.annotate(number=Count("*"), to_do=Sum("words_to_do"))
    amounts: dict[str, Amount] = {}
    for row in found:
        before = amounts.get(row["label"], Amount())
        amounts[row["label"]] = Amount(before.tasks + row["number"], before.words_to_do + row["to_do"])
    return amounts


def in_order(tasks: QuerySet[TranslationTask], sort: str) -> QuerySet[TranslationTask]:
    """What needs nothing comes last, whatever the order."""
    idle = Exact(F("work_state"), IDLE)
    if sort == BY_AGE:
        return tasks.order_by(idle, "waiting_since", "pk")
    if sort == BY_WORDS:
        return tasks.order_by(idle, "words_to_do", "pk")
    return tasks.order_by("-need", "pk")


def rows_of(
    tasks: QuerySet[TranslationTask], user, languages: dict[int, QueueLanguage], window: Window
) -> list[QueueRow]:
    """The rows of `window`, `tasks` being in their order. One query: what is cut out of it is ids, not what is shown."""
    cut = tasks.values("pk")[window.start : window.stop]
    shown = TranslationTask.objects.filter(pk__in=cut).select_related("work", "assignee").only(*SHOWN)
    found = shown.order_by(*tasks.query.order_by)
    rights = {pk: _Rights(user, each.code) for pk, each in languages.items()}
    kinds = {kind.key: str(kind.name) for kind in translated_kinds()}
    now = timezone.now()
    return [_row(task, user.pk, rights[task.target_locale_id], languages, kinds, now) for task in found]


class _Rights:
    """What somebody may do with translations into one language."""

    __slots__ = ("plans", "reviews", "sees", "translates")

    def __init__(self, user, code: str):
        prioritises = may_prioritise(user)
        self.translates, self.reviews = may_translate(user, code), may_review(user, code)
        self.sees, self.plans = self.translates or prioritises, self.reviews or prioritises


# What a row of the queue shows; of the person who holds it, the name alone.
SHOWN = (
    *("work__title", "work__kind", "work__source_locale", "target_locale", "label", "content_state"),
    *("work_state", "segments_changed", "words_changed", "words_to_do", "words", "segments", "segments_done"),
    *("claimed_at", "claim_expires_at", "due_on", "priority", "requests", "submitted_at", "waiting_since"),
    *("assignee__display_name", "assignee__username", "significance"),
)


def _row(
    task: TranslationTask,
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
        source=languages[task.work.source_locale_id],
        target=target,
        kind=kinds.get(task.work.kind, task.work.kind),
        mine=mine,
        held=held,
        overdue=task.due_on is not None and task.due_on < timezone.localdate(now) and task.work_state != IDLE,
        claimable=rights.translates and not held and open_to_claims,
        openable=rights.sees,
        releasable=may_move and task.assignee_id is not None,
        handable=may_move and (task.work_state in HELD_STATES or (rights.reviews and not target.closed)),
        plannable=rights.plans,
    )


def public_task(task_id: int) -> TranslationTask | None:
    """A task that stands in the queue, with its work and holder; None where there is none. Three queries at most.

    Of a closed language too: who comes from a list that is a moment old is told that it is closed.
    """
    tasks = without_withheld(TranslationTask.objects.filter(target_locale__in=list(queue_languages())))
    # By `id`: a number no database can hold is nothing, and no error.
    return (
        tasks.filter(id=task_id)
        .select_related("work", "target_locale", "assignee")
        .defer("work__segments")
        .first()
    )
