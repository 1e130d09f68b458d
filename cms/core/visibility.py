"""The one door to pages: `.visible_to(user)`. Public views, feeds, search and sitemaps go through it."""

from django.db.models import Q
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import kept_until_change


class VisiblePageQuerySet(PageQuerySet):
    def visible_to(self, user) -> "VisiblePageQuerySet":
        """Live pages in an open language that no view restriction keeps from `user` (None: anybody)."""
        return visible_pages(self, user)


def visible_pages(pages: PageQuerySet, user) -> PageQuerySet:
    """The same for querysets of Wagtail's own `Page`, which have no `visible_to`."""
    return pages.live().filter(locale__language_code__in=open_language_codes()).exclude(restricted_from(user))


def restricted_from(user) -> Q:
    """The pages that a view restriction keeps from `user`, as a condition."""
    if user is None or not user.is_authenticated:
        return restricted_from_anybody()
    return _restricted_from(user)


def restricted_from_anybody() -> Q:
    """What nobody sees without more than an address: whatever stands under a restriction, of any kind."""
    hidden = Q(pk__in=[])
    for path in restricted_paths():
        hidden |= Q(path__startswith=path)
    return hidden


@kept_until_change
def restrictions() -> tuple[tuple[int, str, str], ...]:
    """All view restrictions: (primary key, type, the tree path under which it holds).

    Every list asks this, several on one page: it is looked up once between two changes.
    """
    return tuple(PageViewRestriction.objects.values_list("pk", "restriction_type", "page__path"))


def restricted_paths() -> tuple[str, ...]:
    """The tree paths under which a view restriction holds, for whomever."""
    return tuple(path for _pk, _kind, path in restrictions())


def public_row(live: bool, language: str, path: str) -> bool:
    """The same decision as `visible_to(None)`, on the plain values of a page's row."""
    return bool(live) and language in open_language_codes() and not path.startswith(restricted_paths())


def _restricted_from(user) -> Q:
    """At most one query, and none where no restriction is for groups."""
    hidden = Q(pk__in=[])
    if user.is_superuser:
        return hidden
    known = [each for each in restrictions() if each[1] != PageViewRestriction.LOGIN]
    allowed: set[int] = set()
    if any(kind == PageViewRestriction.GROUPS for _pk, kind, _path in known):
        of_groups = PageViewRestriction.objects.filter(
            restriction_type=PageViewRestriction.GROUPS, groups__user=user
        )
        allowed = set(of_groups.values_list("pk", flat=True))
    for pk, _kind, path in known:
        if pk not in allowed:
            hidden |= Q(path__startswith=path)
    return hidden


VisiblePageManager = PageManager.from_queryset(VisiblePageQuerySet)
