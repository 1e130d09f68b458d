"""A text that waits too long is brought before all editors, once."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.wiki import notices
from cms.wiki.queries.pages import lock_page
from cms.wiki.queries.submissions import overdue


def escalate_overdue() -> int:
    """Tell all editors of what is overdue, once for each time it was submitted, and return how many were."""
    days = settings.MODERATION_OVERDUE_DAYS
    return sum(
        _escalate(pk, page_id, days) for pk, page_id in list(overdue(days).values_list("pk", "page_id"))
    )


@transaction.atomic
def _escalate(submission_id: int, page_id: int, days: int) -> bool:
    lock_page(page_id)
    # Somebody may have decided since it was listed, or another machine told it.
    submission = overdue(days).filter(pk=submission_id).select_related("page", "author").first()
    if submission is None:
        return False
    submission.escalated_at = timezone.now()
    submission.save(update_fields=["escalated_at"])
    notices.overdue(submission)
    return True
