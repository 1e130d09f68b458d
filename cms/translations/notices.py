"""Whom the queue of translations tells what, and when. The words are found in `cms.translations.telling`, by kind."""

from collections.abc import Iterable

from django.utils import timezone
from wagtail.models import Page

from cms.accounts.models import User
from cms.notifications.services import notify, settle
from cms.translations.models import SegmentComment, SegmentDraft, TranslatedText, TranslationTask
from cms.translations.queries.works import target_of
from cms.wiki.deciders import deciders, deciding_group
from cms.wiki.notices import is_told_elsewhere

WORK, REVIEW = "translations-work", "translations-review"
MENTIONED, READABLE = "translations-mentioned", "translations-readable"
EXCERPT = 280  # characters of a comment


def handed_over(task: TranslationTask, by: User, before: User | None = None) -> None:
    """To who has it now, and to who had it, where somebody else moved it."""
    moment = _moment(task.claimed_at)
    if task.assignee_id is not None:
        _tell_of_work(task, [task.assignee_id], {"said": "handed_over"}, f"handed:{moment}", by)
    if before is not None and before.pk not in (by.pk, task.assignee_id):
        _tell_of_work(task, [before.pk], {"said": "taken"}, f"taken:{moment}", by)


def released(task: TranslationTask, holder: User, by: User) -> None:
    """To who held it: a reviewer gave it back to the queue."""
    _tell_of_work(task, [holder.pk], {"said": "taken"}, f"taken:{_moment(timezone.now())}", by)


def claim_ends_soon(task: TranslationTask) -> None:
    if task.assignee_id is None or task.claim_expires_at is None:
        return
    until = task.claim_expires_at.isoformat()
    _tell_of_work(task, [task.assignee_id], {"said": "ends_soon", "until": until}, f"ends:{until}")


def claim_ended(task: TranslationTask, holder: User | None) -> None:
    if holder is not None:
        _tell_of_work(task, [holder.pk], {"said": "ended"}, f"ended:{_moment(timezone.now())}")


def submitted(task: TranslationTask) -> None:
    """To those who review the language, or whoever decides in their place."""
    target = target_of(task.work, task.target_locale_id)
    if target is None:
        return
    moment = _moment(task.submitted_at)
    notify(
        deciders(target, task.submitted_by_id).values_list("pk", flat=True),
        REVIEW,
        about(task),
        {**_data(task), "group": deciding_group(target, task.submitted_by_id), "words": task.words},
        event=f"submitted:{moment}",
        actor=task.submitted_by,
    )


def out_of_review(task: TranslationTask) -> None:
    """Nobody has to decide on it any more."""
    settle(REVIEW, about(task))


def sent_back(task: TranslationTask, by: User) -> None:
    """To the translator, and to whoever wrote some of it, with the reason."""
    settled = task.baseline.settled_draft if task.baseline else 0
    people = _writers(task, settled, None) | {task.submitted_by_id}
    said = {"said": "sent_back", "reason": task.reason}
    _tell_of_work(task, people, said, f"back:{_moment(timezone.now())}", by)


def published(task: TranslationTask, text: TranslatedText, submitter_id: int | None) -> None:
    """To whoever wrote it. What was decided on the wiki's own screens, the wiki tells to who submitted it."""
    before = (
        task.translated_texts.filter(published_at__isnull=False).exclude(pk=text.pk).order_by("-pk").first()
    )
    people = _writers(task, before.settled_draft if before else 0, text.settled_draft)
    if task.work.page_id is None or is_told_elsewhere():
        people |= {submitter_id}
    else:
        people -= {submitter_id}
    _tell_of_work(task, people, {"said": "published"}, f"published:{text.pk}", text.reviewed_by)


def can_be_read(task: TranslationTask, target: Page, readers: Iterable[int]) -> None:
    """To readers who asked for it in this language."""
    notify(
        list(readers),
        READABLE,
        about(task),
        {**_data(task), "title": target.title, "lang": task.target_locale.language_code, "page": target.pk},
        event=f"readable:{target.pk}:{_moment(timezone.now())}",
    )


def mentioned(comment: SegmentComment, users: Iterable[User]) -> None:
    """To those whom a comment on a segment names. `comment` with its task, and the task with its work."""
    text = comment.text if len(comment.text) <= EXCERPT else comment.text[: EXCERPT - 1] + "…"
    notify(
        users,
        MENTIONED,
        about(comment.task),
        {**_data(comment.task), "key": comment.key, "comment": comment.pk, "text": text},
        event=f"comment:{comment.pk}",
        actor=comment.author,
        actor_name=comment.author_name,
    )


def about(task: TranslationTask) -> str:
    return f"translation:{task.pk}"


def _writers(task: TranslationTask, after: int, up_to: int | None) -> set[int | None]:
    drafts = SegmentDraft.objects.filter(task=task, pk__gt=after, author__isnull=False)
    if up_to is not None:
        drafts = drafts.filter(pk__lte=up_to)
    return set(drafts.order_by().values_list("author", flat=True).distinct())


def _tell_of_work(
    task: TranslationTask, people: Iterable[int | None], data: dict, event: str, actor: User | None = None
) -> None:
    recipients = [pk for pk in people if pk is not None]
    notify(recipients, WORK, about(task), {**_data(task), **data}, event=event, actor=actor)


def _data(task: TranslationTask) -> dict:
    return {
        "task": task.pk,
        "title": task.work.title,
        "lang": task.work.source_locale.language_code,
        "target": task.target_locale.language_code,
    }


def _moment(moment) -> str:
    return moment.isoformat() if moment else ""
