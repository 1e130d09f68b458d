"""Where texts stand on their way to publication."""

from datetime import timedelta

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState

from cms.wiki.deciders import is_decider
from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.rules import MEDIAN_OF, OPEN_STATES, SUBMITTED


def open_submission(page_id: int, user_id: int) -> Submission | None:
    """The text somebody has under way for a page, if any."""
    return (
        Submission.objects.filter(page_id=page_id, author_id=user_id, state__in=OPEN_STATES)
        .select_related("base", "author")
        .first()
    )


def in_review(page_id: int) -> Submission | None:
    """The submission that stands in the page's workflow."""
    return (
        Submission.objects.filter(page_id=page_id, state=SUBMITTED, revision__isnull=False)
        .select_related("author", "base", "revision")
        .first()
    )


def waiting_for_turn(page_id: int) -> QuerySet[Submission]:
    """The submissions of a page that wait until the one in review is decided, the first first."""
    return Submission.objects.filter(page_id=page_id, state=SUBMITTED, revision__isnull=True).order_by(
        "submitted_at", "pk"
    )


def queue() -> QuerySet[Submission]:
    """All that is submitted, the longest waiting first."""
    return Submission.objects.filter(state=SUBMITTED).order_by("submitted_at", "pk")


def recent_waits() -> list[timedelta]:
    """How long the last ten decisions took, the newest first."""
    rows = (
        Submission.objects.filter(decided_at__isnull=False, submitted_at__isnull=False)
        .exclude(decided_by=None)
        .order_by("-decided_at")
        .annotate(wait=F("decided_at") - F("submitted_at"))
        .values_list("wait", flat=True)[:MEDIAN_OF]
    )
    return list(rows)


def may_see_drafts(user, page: Page) -> bool:
    """Whether somebody may read the drafts of a page, others' texts among them: those who decide on them.

    The draft of a page that was never public is shared by all who may edit it.
    """
    tester = page.permissions_for_user(user)
    if not page.live and page.first_published_at is None:
        return tester.can_edit()
    return tester.can_publish() or is_decider(page.specific, user)


def overdue(days: int) -> QuerySet[Submission]:
    """What has waited for a decision for `days` or more and was not brought before all editors yet."""
    return queue().filter(submitted_at__lte=timezone.now() - timedelta(days=days), escalated_at=None)


def is_rewritable(page: Page, revision_id: str) -> bool:
    """Whether autosave may rewrite one of Wagtail's drafts in place: not once it was submitted or public."""
    if not (revision_id.isascii() and revision_id.isdigit()):
        return False
    number = int(revision_id[:18])
    return not (
        number == page.live_revision_id
        or Submission.objects.filter(revision_id=number).exists()
        or TaskState.objects.filter(revision_id=number).exists()
        or PublishedRevision.objects.filter(revision_id=number).exists()
        or PageLogEntry.objects.filter(revision_id=number, action="wagtail.publish").exists()
    )


def own_or_404(user, submission_id: int) -> Submission:
    """Somebody's own submission; `Http404` for anybody else, since it is nobody else's business that it exists."""
    found = (
        Submission.objects.filter(pk=submission_id, author_id=user.pk)
        .select_related("page__locale", "base", "reverts_to", "decided_by")
        .first()
        if user.is_authenticated
        else None
    )
    if found is None:
        raise Http404("no such submission")
    return found
