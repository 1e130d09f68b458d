"""The texts that wait for a decision, whose part each decision is, and how long it usually takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from wagtail.models import Page

from cms.wiki.deciders import DecidingGroups, deciding_groups
from cms.wiki.queries.submissions import queue
from cms.wiki.rules import Verdict


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submitted text, without its words."""

    pk: int
    page_id: int
    author_id: int | None
    submitted_at: datetime
    in_review: bool  # else it waits until the one before it on its page is decided
    language: str
    group: str  # whose part it is to decide


@dataclass(frozen=True, slots=True)
class WaitingTexts:
    """All that waits, the longest first, and who decides on it."""

    texts: list[Waiting]
    groups: DecidingGroups

    def text(self, pk: int) -> Waiting | None:
        return next((text for text in self.texts if text.pk == pk), None)

    def verdict(self, text: Waiting, user) -> Verdict:
        return self.groups.verdict(text.group, user, text.author_id)

    def decidable(self, user) -> list[Waiting]:
        """What `user` may decide on now."""
        return [text for text in self.texts if text.in_review and self.verdict(text, user).allowed]

    def others_than(self, author_id: int | None, group: str) -> list[str]:
        """Names of those whose part it is to decide on what `author_id` wrote."""
        return [name for pk, name in self.groups.members.get(group, {}).items() if pk != author_id]

    def of_group(self, group: str) -> list[int]:
        return [text.pk for text in self.texts if text.group == group]


def waiting_texts() -> WaitingTexts:
    """Three queries, one where nothing waits."""
    rows = list(
        queue().values_list(
            "pk",
            "page_id",
            "author_id",
            "submitted_at",
            "revision_id",
            "page__locale__language_code",
            "page__content_type_id",
        )
    )
    if not rows:
        return WaitingTexts([], DecidingGroups({}))
    groups = deciding_groups()
    translated = translated_among(
        Page.objects.filter(pk__in=queue().values("page_id")), {row[-1] for row in rows}
    )
    return WaitingTexts(
        [
            Waiting(
                pk,
                page,
                author,
                since,
                revision is not None,
                code,
                groups.group_for(code, page in translated, author),
            )
            for pk, page, author, since, revision, code, _type in rows
            if since is not None
        ],
        groups,
    )


def translated_among(pages: QuerySet[Page], types: set[int]) -> set[int]:
    """Which of `pages` are translations: as `deciders.is_translation`, for many. `types`: their content types.

    One query.
    """
    older = Page.objects.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    told = [
        Subquery(model._base_manager.filter(pk=OuterRef("pk")).values("written_in")[:1])
        for model in _say_it_themselves(types)
    ]
    named = {f"told_{number}": each for number, each in enumerate(told)}
    rows = pages.annotate(is_later=Exists(older), **named).values_list(
        "pk", "locale__language_code", "is_later", *named
    )
    return {pk for pk, code, is_later, *said in rows if _is_translated(code, is_later, said)}


def _is_translated(code: str, is_later: bool, said: list[str | None]) -> bool:
    written_in = next(filter(None, said), "")
    return written_in != code if written_in else is_later


def _say_it_themselves(types: set[int]) -> Iterator[type[Page]]:
    seen = set()
    for model in (ContentType.objects.get_for_id(pk).model_class() for pk in types):
        try:
            base = model._meta.get_field("written_in").model if model else None
        except FieldDoesNotExist:
            continue
        if base is not None and base not in seen:
            seen.add(base)
            yield base
