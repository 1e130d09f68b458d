"""Pages of the library that topics are about."""

from wagtail.models import Page

from cms.core.page_cache.stamp import kept_until_change
from cms.core.prepared import LARGEST_ID, Prepared, key_of
from cms.core.visibility import visible_pages
from forum.models import Topic
from forum.rules import TopicState


def page_to_discuss(page_id: int) -> Page | None:
    """A page that anybody may see, with its locale; None for any other. One query, none for 0."""
    if not 0 < page_id <= LARGEST_ID:
        return None
    return visible_pages(Page.objects.filter(pk=page_id, depth__gt=2), None).select_related("locale").first()


@kept_until_change
def discussed_works() -> frozenset[str]:
    """The works about which anybody may read a topic: of most pages nothing more needs to be asked. One query."""
    topics = Topic.objects.visible_to(None).filter(work__isnull=False, state=TopicState.OPEN)
    return frozenset(key_of(work) for work in topics.order_by().values_list("work", flat=True).distinct())


_ABOUT = Prepared(
    lambda work: (
        Topic.objects.visible_to(None)
        .filter(work=work.uuid, state=TopicState.OPEN)
        .order_by("-bumped_at", "-pk")
        .values_list("pk", "title", "language", "posts_count", "bumped_at")[:25]
    )
)


def talks_about(work) -> list[tuple]:
    """(id, title, language, number of posts, moment of the last one) of the topics about a work that anybody may read,
    the newest first. One query, none where there is no such topic."""
    if key_of(work) not in discussed_works():
        return []
    return _ABOUT.converted(work)
