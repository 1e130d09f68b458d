"""The one door to pages: `.visible_to(user)`. Public views, feeds, search and sitemaps go through it."""

from django.db.models import Q
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.core.languages import open_language_codes


class VisiblePageQuerySet(PageQuerySet):
    def visible_to(self, user) -> "VisiblePageQuerySet":
        """Live pages in an open language that no view restriction keeps from `user` (None: anybody)."""
        return visible_pages(self, user)


def visible_pages(pages: PageQuerySet, user) -> PageQuerySet:
    """The same for querysets of Wagtail's own `Page`, which have no `visible_to`."""
    return pages.live().filter(locale__language_code__in=open_language_codes()).exclude(restricted_from(user))


def restricted_from(user) -> Q:
    """The pages that a view restriction keeps from `user`, as a condition."""
    hidden = Q(pk__in=[])
    signed_in = bool(user and user.is_authenticated)
    if signed_in and user.is_superuser:
        return hidden
    groups = set(user.groups.values_list("pk", flat=True)) if signed_in else set()
    for restriction in PageViewRestriction.objects.select_related("page").prefetch_related("groups"):
        if signed_in and restriction.restriction_type == PageViewRestriction.LOGIN:
            continue
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            if groups & {group.pk for group in restriction.groups.all()}:
                continue
        hidden |= Q(path__startswith=restriction.page.path)
    return hidden


VisiblePageManager = PageManager.from_queryset(VisiblePageQuerySet)
