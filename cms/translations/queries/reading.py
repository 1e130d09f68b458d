"""What a page tells its readers of its translations. One query; the texts themselves only where it is behind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from cms.core.prepared import Prepared
from cms.translations.models import TranslationTask
from cms.translations.passages import Passage, media_behind, passages_behind
from cms.translations.rules import OUTDATED, PARTIAL
from cms.wiki.models import PublishedRevision
from cms.wiki.rules import TYPO


@dataclass(frozen=True, slots=True)
class Translated:
    """A work in one language, as its readers see it."""

    task: int
    locale: int
    language: str
    content_state: str
    significance: str  # of what the source has more
    words_changed: int
    source_page: int | None
    source_language: str
    source_public: bool
    version: int | None  # of the source, that it was translated from
    translators: list[str] | None
    reviewer: str | None
    published_at: datetime | None
    reviewed_revision: int | None  # None: published without a review here, from nobody knows which version
    version_pk: int | None  # of the public copy of that version

    @property
    def behind(self) -> bool:
        return self.content_state == OUTDATED and self.source_public

    @property
    def partial(self) -> bool:
        return self.content_state == PARTIAL and self.source_public


def _of_work(key) -> Any:
    made_from = PublishedRevision.objects.filter(
        page_id=OuterRef("work__page_id"), number=OuterRef("baseline__source_version"), was_public=True
    )
    return (
        TranslationTask.objects.filter(work__translation_key=key.uuid)
        .order_by()
        .values_list(
            "pk",
            "target_locale_id",
            "target_locale__language_code",
            "content_state",
            "significance",
            "words_changed",
            "work__page_id",
            "work__source_locale__language_code",
            "work__public",
            "baseline__source_version",
            "baseline__translators",
            "baseline__reviewer_name",
            "baseline__published_at",
            "baseline__revision_id",
            Subquery(made_from.values("pk")[:1]),
        )
    )


_OF_WORK = Prepared(_of_work)


def translations_of(key: UUID) -> list[Translated]:
    """All languages of a work but its own. One query."""
    return [Translated(*row) for row in _OF_WORK.converted(key)]


@dataclass(frozen=True, slots=True)
class Difference:
    passages: list[Passage]
    since: datetime | None  # of the first change that is more than a typo


def difference(task_id: int) -> Difference:
    """What the source of a translation says otherwise, or besides. One query."""
    changes = PublishedRevision.objects.filter(
        page_id=OuterRef("work__page_id"), number__gt=OuterRef("baseline__source_version")
    ).exclude(significance=TYPO)
    row = (
        TranslationTask.objects.filter(pk=task_id)
        .annotate(since=Subquery(changes.order_by("number").values("published_at")[:1]))
        .values_list("work__segments", "baseline__segments", "work__media", "baseline__media", "since")
        .first()
    )
    if row is None:
        return Difference([], None)
    source, published, media, published_media, since = row
    passages = [*passages_behind(source, published or []), *media_behind(media, published_media)]
    return Difference(passages, since)
