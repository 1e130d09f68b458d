"""What follows when a translation is published, whatever screen or command it came from."""

from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.translations import notices
from cms.translations.models import TranslatedText, TranslationTask
from cms.translations.queries.works import work_of
from cms.translations.rules import NORMAL, PUBLISHED
from cms.wiki.models import Submission

from .adopting import adopt
from .claiming import lock_task
from .counting import recount
from .remembering import remember
from .requesting import answer_requests


@transaction.atomic
def record_translation(target: Any, revision: Any) -> TranslatedText | None:
    """Make what `target`, just published from `revision`, says the translation everything is measured by.

    None where no work stands behind it. Ends the review and the claim if this is the text that was submitted.
    """
    work = work_of(target)
    if work is None or work.source_locale_id == target.locale_id:
        return None
    task, _created = TranslationTask.objects.get_or_create(
        work=work, target_locale_id=target.locale_id, defaults={"waiting_since": work.published_at}
    )
    task = lock_task(task.pk)
    written, submitter_id = _submitted_as(task, target, revision), task.submitted_by_id
    text = adopt(task, target, written)
    if written is not None:
        text.revision_id = revision.pk
        text.save(update_fields=["revision_id"])
        _end_review(task)
    remember(task, text)
    recount(task, live=True)
    if written is not None:
        notices.published(task, text, submitter_id)
    if task.content_state == PUBLISHED:
        answer_requests(task, target)
    return text


def _submitted_as(task: TranslationTask, target: Any, revision: Any) -> TranslatedText | None:
    """What a translator submitted, if this publication is its approval."""
    if revision is None:
        return None
    texts = task.translated_texts.filter(published_at__isnull=True)
    if isinstance(target, Page):
        submission = Submission.objects.filter(page_id=target.pk, revision_id=revision.pk).first()
        found = texts.filter(submission=submission).order_by("-pk").first() if submission else None
        if found is not None and submission is not None and found.reviewed_by_id is None:
            found.reviewed_by = submission.decided_by
            found.reviewer_name = submission.decided_by.shown_name if submission.decided_by else ""
        return found
    return texts.filter(revision_id=revision.pk).order_by("-pk").first()


def _end_review(task: TranslationTask) -> None:
    notices.out_of_review(task)
    task.submitted_at = task.submitted_by = task.submission = None
    task.reason = ""
    task.assignee = None
    task.claimed_at = task.claim_expires_at = task.warned_at = task.due_on = None
    task.priority = NORMAL
