"""The categories: few, asked for on every page of the forum, and kept until something changes."""

from django.utils import timezone

from cms.core.page_cache.stamp import kept_until_change
from forum.models import Category
from forum.rules import Standing, sees_category
from forum.standing import standing_of


@kept_until_change
def all_categories() -> dict[int, Category]:
    """By id, in their order, with their names; two queries. Their counters are those of the moment they were kept.

    For those who ask what a category allows. Whoever shows categories asks `categories_for`.
    """
    return {
        category.pk: category
        for category in Category.objects.prefetch_related("texts").order_by("position", "pk")
    }


def categories_for(user) -> list[Category]:
    """Those that somebody sees, in their order. No query of its own once they are kept."""
    who: Standing = standing_of(user)
    now = timezone.now()
    return [
        category
        for category in all_categories().values()
        if sees_category(category.access, category.group_id, category.pk, who, now)
    ]
