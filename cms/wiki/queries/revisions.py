"""The public history of a page: the copies taken when it was published, never a draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery, Value

from cms.core.prepared import LARGEST_ID, Prepared, Slot, prepared_until_change
from cms.wiki.models import PublishedRevision

LAST = 2_000_000_000  # above any number a version has
COLUMNS = (
    "pk",
    "page_id",
    "number",
    "published_at",
    "title",
    "language",
    "author_id",
    "author_name",
    "co_authors",
    "summary",
    "significance",
    "size",
    "approved_alone",
    "older",
    "older_size",
    "reverted_to__number",
    "reverted_to__was_public",
)


@dataclass(frozen=True, slots=True)
class Version:
    """A published version as lists show it. `older`: the public one before it, None for the first."""

    pk: int
    page_id: int
    number: int
    published_at: datetime
    title: str
    language: str
    author_id: int | None
    author_name: str
    co_authors: list[str]
    summary: str
    significance: str
    size: int
    approved_alone: bool
    older: int | None
    older_size: int | None
    back_to: int | None  # number of the version it reverted to
    back_to_public: bool | None

    @property
    def reverted_to(self) -> int | None:
        return self.back_to if self.back_to_public else None

    @property
    def size_change(self) -> int | None:
        """In words, against the public version before it; None for the first."""
        return None if self.older_size is None else self.size - self.older_size


def listed(rows: QuerySet, *more: str) -> QuerySet:
    """`rows` with the columns of a `Version`, and `more` behind them."""
    before = PublishedRevision.objects.filter(
        page_id=OuterRef("page_id"), number__lt=OuterRef("number"), was_public=True
    ).order_by("-number")
    return rows.annotate(
        older=Subquery(before.values("pk")[:1]), older_size=Subquery(before.values("size")[:1])
    ).values_list(*COLUMNS, *more)


def _of_page(page: Slot) -> QuerySet:
    return PublishedRevision.objects.visible_to(None).filter(page_id=page.number)


def history(page_id: int, size: int, before: int = 0, after: int = 0) -> list[Version]:
    """At most `size` public versions of a page, the newest first. One query.

    `before`: only those with a smaller number; `after`: those next above that number.
    """

    # As expressions: Django finds that no version has a number as low as a stand-in, and would not ask at all.
    def older(page: Slot, key: Slot) -> QuerySet:
        return listed(_of_page(page).filter(number__lt=Value(key.number))).order_by("-number")[:size]

    def newer(page: Slot, key: Slot) -> QuerySet:
        return listed(_of_page(page).filter(number__gt=Value(key.number))).order_by("number")[:size]

    if after:
        rows = prepared_until_change(("history, newer", size), newer).converted(page_id, after)
        return [Version(*row) for row in reversed(rows)]
    rows = prepared_until_change(("history, older", size), older).converted(page_id, before or LAST)
    return [Version(*row) for row in rows]


def newest_version(page_id: int) -> Version | None:
    """What readers of the page see now. One query."""
    return next(iter(history(page_id, 1)), None)


def versions(page_id: int, *ids: int) -> dict[int, Version]:
    """Those of the given public versions that are of this page. One query."""

    def build(page: Slot, *slots: Slot) -> QuerySet:
        return listed(_of_page(page).filter(pk__in=[slot.number for slot in slots])).order_by()

    if max(ids) > LARGEST_ID:
        return {}
    prepared: Prepared = prepared_until_change(("versions", len(ids)), build)
    return {row[0]: Version(*row) for row in prepared.converted(page_id, *ids)}


def later_versions(page_id: int, number: int) -> tuple[int, int] | None:
    """(the public version that came next, the newest), None for the newest itself. One query.

    The copies of a page are taken one after the other: their ids are in the order of their numbers.
    """

    def build(page: Slot, key: Slot) -> QuerySet:
        later = _of_page(page).filter(number__gt=Value(key.number)).order_by().values("page_id")
        return later.annotate(next=Min("pk"), newest=Max("pk")).values_list("next", "newest")

    rows = prepared_until_change("later versions", build).converted(page_id, number)
    return (rows[0][0], rows[0][1]) if rows else None


def version_with_text(page_id: int, revision_id: int) -> tuple[Version, dict[str, Any]] | None:
    """A public version and what it says. One query."""

    def build(page: Slot, pk: Slot) -> QuerySet:
        return listed(_of_page(page).filter(pk=pk.number), "content").order_by()

    if revision_id > LARGEST_ID:
        return None
    for *row, content in prepared_until_change("version with text", build).converted(page_id, revision_id):
        return Version(*row), content
    return None


@dataclass(frozen=True, slots=True)
class Credit:
    """What the foot of a page tells: its newest version, and whoever wrote at it, the first first."""

    pk: int
    number: int
    published_at: datetime
    author_id: int | None
    author_name: str
    contributors: list[tuple[int | None, str]]  # (account, name)


def _credited(page: Slot) -> QuerySet:
    by_author = _of_page(page).order_by().values("author_id", "author_name", "co_authors")
    return by_author.annotate(
        first=Min("number"), last=Max("number"), newest=Max("pk"), moment=Max("published_at")
    ).values_list("author_id", "author_name", "co_authors", "first", "last", "newest", "moment")


def credit(page_id: int) -> Credit | None:
    """None for a page that nobody may read, or whose publication was not recorded. One query."""
    rows = prepared_until_change("credit", _credited).converted(page_id)
    if not rows:
        return None
    people: dict[tuple[int | None, str], None] = {}
    for author_id, name, co_authors, *_numbers in sorted(rows, key=lambda row: row[3]):
        for person in ((author_id, name), *((None, other) for other in co_authors if isinstance(other, str))):
            if person[1]:
                people[person] = None
    author_id, name, _co_authors, _first, last, newest, moment = max(rows, key=lambda row: row[4])
    return Credit(newest, last, moment, author_id, name, list(people))
