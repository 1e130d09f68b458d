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
from cms.core.paging import Window
from cms.translations.filters import ALL, BY_AGE, BY_WORDS, Filters
from cms.translations.kinds import translated_kinds
from cms.translations.models import TranslationTask, Work
from cms.translations.queries.rights import languages_of, may_prioritise, may_review, may_translate
from cms.translations.queries.works import without_withheld
from cms.translations.rules import HELD_STATES, IDLE, QUEUED
from cms.wiki.kinds import pages_in_collection

ROWS = 30


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
    """The open languages by the ids of their locales, in the site's order. One query."""
    codes = open_language_codes()
    rows = Locale.objects.filter(language_code__in=codes).values_list(
        "pk", "language_code", "programme__closed_at"
    )
    languages = [QueueLanguage(pk, code, closed_at is not None) for pk, code, closed_at in rows]
    return {each.pk: each for each in sorted(languages, key=lambda each: codes.index(each.code))}


def languages_asked(user, language: str, languages: dict[int, QueueLanguage]) -> list[int]:
    """Ids of the locales that `language` of the filters stands for: a code, `ALL`, or "" for one's own."""
    own = set(languages_of(user))
    if language == ALL or (not language and not own):
        return list(languages)
    wanted = {language} if language else own
    return [pk for pk, each in languages.items() if each.code in wanted]


def tasks_of_public_works(languages: dict[int, QueueLanguage], asked: list[int]) -> QuerySet[TranslationTask]:
    """The tasks in the languages `asked`, of works that anybody may read; of closed languages what is under way."""
    tasks = without_withheld(TranslationTask.objects.filter(target_locale__in=asked))
    closed = [pk for pk in asked if languages[pk].closed]
    return tasks.exclude(target_locale__in=closed, assignee=None, submitted_at=None) if closed else tasks


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
    found = tasks.order_by().values_list("label").annotate(Count("pk"), Sum("words_to_do"))
    return {label: Amount(number, words) for label, number, words in found}


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
    """The rows of `window`, `tasks` being in their order. Two queries: what is sorted is ids, not what is shown."""
    ids = list(tasks.values_list("pk", flat=True)[window.start : window.stop])
    found = TranslationTask.objects.select_related("work", "assignee").only(*SHOWN).in_bulk(ids)
    kinds = {kind.key: str(kind.name) for kind in translated_kinds()}
    now = timezone.now()
    return [_row(found[pk], user, languages, kinds, now) for pk in ids if pk in found]


# What a row of the queue shows; of the person who holds it, the name alone.
SHOWN = (
    *("work__title", "work__kind", "work__source_locale", "target_locale", "label", "content_state"),
    *("work_state", "segments_changed", "words_changed", "words_to_do", "words", "segments", "segments_done"),
    *("claimed_at", "claim_expires_at", "due_on", "priority", "requests", "submitted_at", "waiting_since"),
    *("assignee__display_name", "assignee__username", "significance"),
)


def _row(
    task: TranslationTask, user, languages: dict[int, QueueLanguage], kinds: dict[str, str], now: datetime
) -> QueueRow:
    target = languages[task.target_locale_id]
    source = languages[task.work.source_locale_id]
    translates, reviews = may_translate(user, target.code), may_review(user, target.code)
    expires = task.claim_expires_at
    held = task.assignee_id is not None and (expires is None or expires > now)
    mine = task.assignee_id == user.pk
    may_move = (mine or reviews) and not task.in_review
    return QueueRow(
        task=task,
        source=source,
        target=target,
        kind=kinds.get(task.work.kind, task.work.kind),
        mine=mine,
        held=held,
        overdue=task.due_on is not None and task.due_on < timezone.localdate(now) and task.work_state != IDLE,
        claimable=translates and not held and task.work_state in (QUEUED, *HELD_STATES) and not target.closed,
        openable=translates or may_prioritise(user),
        releasable=may_move and task.assignee_id is not None,
        handable=may_move and (task.work_state in HELD_STATES or (reviews and not target.closed)),
        plannable=reviews or may_prioritise(user),
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
