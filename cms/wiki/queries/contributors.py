"""Who has been at work on a page."""

from wagtail.models import Revision

from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.rules import OPEN_STATES


def contributors_since_publication(page_id: int) -> set[int]:
    """Ids of all who have a text under way for a page, or saved one in its line of drafts since it was published.

    Two queries.
    """
    last = (
        PublishedRevision.objects.filter(page_id=page_id)
        .order_by("-number")
        .values_list("published_at", flat=True)
        .first()
    )
    saved = Revision.page_revisions.filter(object_id=str(page_id), user__isnull=False).order_by()
    if last is not None:
        saved = saved.filter(created_at__gt=last)
    under_way = Submission.objects.filter(page_id=page_id, state__in=OPEN_STATES, author__isnull=False)
    return set(
        saved.values_list("user_id")
        .union(under_way.order_by().values_list("author_id"))
        .values_list("user_id", flat=True)
    )
