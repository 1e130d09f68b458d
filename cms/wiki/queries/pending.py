"""What waits on a page, for those it concerns: its author, and those who decide on it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from wagtail.models import Page

from cms.wiki.deciders import decides_on_all, is_decider, may_moderate
from cms.wiki.models import Submission
from cms.wiki.queries.receipts import state_of
from cms.wiki.rules import OPEN_STATES, SUBMITTED


@dataclass(frozen=True, slots=True)
class Pending:
    author: str
    own: bool
    state: str  # as of a receipt
    since: datetime
    url: str  # where the difference is


def pending_on(user, page_id: int) -> list[Pending]:
    """The texts of a page that `user` should know of: their own, and all that are submitted for those who decide.

    The longest waiting first; at most six queries, two for most.
    """
    texts = (
        Submission.objects.filter(page_id=page_id, state__in=OPEN_STATES)
        .select_related("page")
        .defer("content", "base_content")
        .order_by("submitted_at", "pk")
    )
    shown = [text for text in texts if text.author_id == user.pk or text.state == SUBMITTED]
    if any(text.author_id != user.pk for text in shown) and not _decides_here(user, shown[0].page):
        shown = [text for text in shown if text.author_id == user.pk]
    return [_pending(text, text.author_id == user.pk) for text in shown]


def _decides_here(user, page: Page) -> bool:
    return may_moderate(user) and (decides_on_all(user) or is_decider(page.specific, user))


def _pending(text: Submission, own: bool) -> Pending:
    address = reverse("wiki:submission" if own else "wiki_moderate", args=[text.pk])
    waits = text.state == SUBMITTED and text.submitted_at
    return Pending(text.author_name, own, state_of(text), waits or text.saved_at, address)
