"""Pages of the library that topics are about."""

from wagtail.models import Page

from cms.core.prepared import LARGEST_ID
from cms.core.visibility import visible_pages
from forum.models import Topic
from forum.rules import TopicState


def page_to_discuss(page_id: int) -> Page | None:
    """A page that anybody may see, with its locale; None for any other. One query, none for 0."""
    if not 0 < page_id <= LARGEST_ID:
        return None
    return visible_pages(Page.objects.filter(pk=page_id, depth__gt=2), None).select_related("locale").first()


def discussions_of(work, user) -> list[Topic]:
    """The topics about a work, whatever its language, the newest first. One query."""
    topics = Topic.objects.visible_to(user).filter(work=work, state=TopicState.OPEN)
    return list(topics.order_by("-bumped_at", "-pk")[:25])
