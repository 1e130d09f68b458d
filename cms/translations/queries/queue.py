"""The queue of translations: every public work in every open language it is not written in.

The tables of tasks and works are large, and a work's row holds its whole text: what is counted is read from indexes,
and what is shown leaves the texts where they are.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.lookups import Exact
from wagtail.models import Locale

from cms.core.languages import direction, open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from cms.translations.filters import ALL, BY_AGE, BY_WORDS, Filters
from cms.translations.models import TranslationTask, Work
from cms.translations.queries.rights import languages_of
from cms.translations.queries.works import withheld_works, without_withheld
from cms.translations.rules import IDLE, QUEUED
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
