"""Recent changes over the whole site: what was published, of pages that anybody may read now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cms.accounts.models import User
from cms.core.prepared import prepared_until_change
from cms.wiki.filters import Asked, Filters, Place
from cms.wiki.kinds import pages_in_collection, pages_within, types_of
from cms.wiki.models import PublishedRevision
from cms.wiki.models.watch import COLLECTION, LANGUAGE, PAGE, TYPE
from cms.wiki.queries.revisions import Version, listed
from cms.wiki.queries.watching import Watched

OF_PAGE = ("page__url_path", "page__content_type_id", "page__title")
NEWEST = ("-published_at", "-pk")
WATCHED_KINDS = (PAGE, LANGUAGE, TYPE, COLLECTION)
MOST_COUNTED = 1000
OLDEST = ("published_at", "pk")


@dataclass(frozen=True, slots=True)
class Change:
    version: Version
    url_path: str
    content_type: int
    page_title: str  # as it is now

    @property
    def place(self) -> Place:
        return Place(self.version.published_at, self.version.pk)


def changes(asked: Asked, size: int) -> list[Change]:
    """At most `size` changes, the newest first; those next to a place if one is asked for. One query."""
    if not asked.filters and not asked.before and not asked.after:
        # What nearly everybody asks for.
        rows = prepared_until_change(
            ("newest changes", size), lambda: _rows(Filters()).order_by(*NEWEST)[:size]
        ).converted()
        return [_change(row) for row in rows]
    found = _rows(asked.filters)
    if place := asked.after:
        found = found.filter(
            Q(published_at__gt=place.moment) | Q(published_at=place.moment, pk__gt=place.pk),
            published_at__gte=place.moment,
        )
        return [_change(row) for row in reversed(found.order_by(*OLDEST)[:size])]
    if place := asked.before:
        found = found.filter(
            Q(published_at__lt=place.moment) | Q(published_at=place.moment, pk__lt=place.pk),
            published_at__lte=place.moment,
        )
    return [_change(row) for row in found.order_by(*NEWEST)[:size]]


def changes_of_watched(user, watched: Iterable[Watched], size: int) -> list[Change]:
    """The newest changes of what somebody watches, of pages they may read. One query."""
    keys: dict[str, list[str]] = defaultdict(list)
    for each in watched:
        keys[each.kind if each.active else ""].append(each.key)
    if not any(keys[kind] for kind in WATCHED_KINDS):
        return []
    wanted = (
        Q(page_id__in=[int(key) for key in keys[PAGE]])
        | Q(language__in=keys[LANGUAGE])
        | Q(page__content_type_id__in=[pk for key in keys[TYPE] for pk in types_of(key)])
    )
    if keys[COLLECTION]:
        wanted |= Q(page_id__in=pages_within(keys[COLLECTION]))
    rows = PublishedRevision.objects.visible_to(user).filter(wanted)
    left = [int(key) for key in keys[""]]
    found = listed(rows.exclude(page_id__in=left), *OF_PAGE)
    return [_change(row) for row in found.order_by(*NEWEST)[:size]]


def author_of(user_id: int) -> User | None:
    """The account, if a public version is by them. Two queries at most."""
    if not PublishedRevision.objects.visible_to(None).filter(author_id=user_id).exists():
        return None
    return User.objects.filter(pk=user_id).first()


def number_of_contributions(user_id: int) -> int:
    """Counted up to `MOST_COUNTED`; one more stands for any larger number."""
    found = PublishedRevision.objects.visible_to(None).filter(author_id=user_id).order_by()
    return found[: MOST_COUNTED + 1].count()


def _rows(filters: Filters) -> QuerySet:
    rows = PublishedRevision.objects.visible_to(None)
    if filters.language:
        rows = rows.filter(language=filters.language)
    if filters.type:
        rows = rows.filter(page__content_type_id__in=types_of(filters.type))
    if filters.collection:
        rows = rows.filter(page_id__in=pages_in_collection(filters.collection))
    if filters.significance:
        rows = rows.filter(significance=filters.significance)
    if filters.author:
        rows = rows.filter(author_id=filters.author)
    if filters.new:
        rows = rows.filter(number=1)
    return listed(rows, *OF_PAGE)


def _change(row: tuple) -> Change:
    return Change(Version(*row[: -len(OF_PAGE)]), *row[-len(OF_PAGE) :])
