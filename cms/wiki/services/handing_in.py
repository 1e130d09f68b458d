"""Submitting a text that was not written in the editor: a translation, or what another app makes."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.wiki.models import Submission
from cms.wiki.queries.pages import current_publication, lock_page, standing_content
from cms.wiki.queries.submissions import open_submission
from cms.wiki.rules import EDITABLE_STATES, state_after

from .drafts import TextUnderWay, keep_draft
from .moderation import submit_for_review


@transaction.atomic
def hand_in(
    user,
    page: Page,
    content: dict[str, Any],
    summary: str,
    significance: str,
    earlier: Submission | None = None,
) -> Submission:
    """Submit `content` for `page` in one step. It takes the place of `earlier`, which was sent back.

    Raises `TextUnderWay` if `user` has another text for the page, and as `submit_for_review`.
    """
    lock_page(page.pk)
    own = open_submission(page.pk, user.pk)
    if own is not None and (earlier is None or own.pk != earlier.pk):
        raise TextUnderWay
    if earlier is not None and own is None:
        earlier.refresh_from_db()
        if earlier.state in EDITABLE_STATES:
            _put_away(earlier)
    submission = keep_draft(user, page, content, None)
    # It was made from what stands now, whatever stood when it was first handed in.
    submission.base = current_publication(page.pk)
    submission.base_content = None if page.live else standing_content(page)
    submission.save(update_fields=["base", "base_content"])
    return submit_for_review(user, submission.pk, submission.version, summary, significance)


def _put_away(earlier: Submission) -> None:
    """Somebody else goes on from it."""
    earlier.state = state_after("discard", earlier.state)
    earlier.decided_at, earlier.decided_by = timezone.now(), None
    earlier.save(update_fields=["state", "decided_at", "decided_by"])
