"""Setting up categories: what follows when who reads one changes, and when one is deleted."""

from django.db import transaction
from django.db.models import OuterRef, Subquery

from forum.models import Category, Topic
from forum.rules import TopicState
from forum.tasks import tidy_category_after_change, with_commit

NAMED = 10  # topics in a message


class HoldsTopics(Exception):
    """`number` topics stand in the category; `titles`: of some of them, with their numbers."""

    def __init__(self, number: int, titles: list[str]):
        super().__init__(number)
        self.number = number
        self.titles = titles


def access_changed(category: Category) -> None:
    """After it was opened or shut to some: what others were told of its topics, and their titles in texts, follow."""
    with_commit(tidy_category_after_change, category.pk)


@transaction.atomic
def delete_category(category: Category, *, rehearsed: bool = False) -> None:
    """Delete a category without topics; `HoldsTopics` where there are some. `rehearsed`: only ask whether it can be.

    Topics that were merged away go along to where what was said in them is now: their addresses lead there.
    """
    here = Topic.objects.filter(category=category)
    left = here.exclude(state=TopicState.MERGED, merged_into__isnull=False)
    number = left.count()
    if number:
        titles = [f"“{title}” ({pk})" for pk, title in left.order_by("pk").values_list("pk", "title")[:NAMED]]
        raise HoldsTopics(number, titles)
    if rehearsed:
        return
    into = Topic.objects.filter(pk=OuterRef("merged_into")).values("category")
    here.update(category=Subquery(into))
    category.delete()
