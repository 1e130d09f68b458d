"""What people say about a segment: to one another, and to a check that nags."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.translations import notices
from cms.translations.checks import ERROR, Finding
from cms.translations.models import DismissedCheck, SegmentComment, TranslationTask
from cms.translations.queries.conversation import named_in, people_around
from cms.translations.queries.findings import dismissal_hash, findings_of
from cms.translations.queries.rights import may_open, may_read, may_review
from cms.translations.queries.texts import survey_of
from cms.translations.segments import segment_key

from .claiming import lock_task
from .drafting import SourceMoved, require_hand

LONGEST = 4000  # characters of a comment


@transaction.atomic
def comment(user: User, task_id: int, key: str, text: str) -> SegmentComment:
    """Say something about a segment; whoever is named after an @ is told, if they may see the translation.

    Raises `PermissionDenied`, `SourceMoved`, `ValidationError` for nothing said or too much.
    """
    task = _task(task_id)
    language = task.target_locale.language_code
    if not (may_read(user, language) and may_open(user, task)):
        raise PermissionDenied
    if all(segment_key(row["path"], row["text"]) != key for row in task.work.segments):
        raise SourceMoved
    said = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not said:
        raise ValidationError(_("Write something first."))
    if len(said) > LONGEST:
        raise ValidationError(
            _("This is longer than a comment can be: %(number)s characters at most.") % {"number": LONGEST}
        )
    made = _say(task, user, key, said)
    if "@" in said:
        people = [each for each in named_in(said, people_around(language)) if each.pk != user.pk]
        if people:
            notices.mentioned(made, people)
    return made


def _task(task_id: int) -> TranslationTask:
    return TranslationTask.objects.select_related("work__source_locale", "target_locale").get(pk=task_id)


def _say(task: TranslationTask, user: User, key: str, text: str) -> SegmentComment:
    return SegmentComment.objects.create(
        task=task, key=key, author=user, author_name=user.shown_name, text=text
    )


@transaction.atomic
def dismiss(user: User, task_id: int, key: str, code: str, detail: str | None = None) -> list[Finding]:
    """Say that a warning is none, for the words as they are now. `detail` None: all of the code.

    Returns what was set aside, [] where nothing of the kind is to be said any more. Raises `ValidationError` for an
    error, and as `require_hand`.
    """
    task = lock_task(task_id)
    require_hand(user, task)
    texts = survey_of(task).texts()
    found = _alike(findings_of(task, texts).by_key.get(key, ()), code, detail)
    if any(each.level == ERROR for each in found):
        raise ValidationError(_("This is an error, and has to be corrected: it cannot be set aside."))
    DismissedCheck.objects.bulk_create(
        [
            DismissedCheck(
                task=task,
                key=key,
                code=code,
                text_hash=dismissal_hash(texts[key], each.detail),
                author=user,
                author_name=user.shown_name,
            )
            for each in found
        ],
        ignore_conflicts=True,
    )
    return found


@transaction.atomic
def restore(user: User, task_id: int, key: str, code: str, detail: str | None = None) -> list[Finding]:
    """Bring back what was set aside, and say so among the comments. A reviewer's to do, or who may write.

    Raises as `require_hand`.
    """
    task = lock_task(task_id)
    if not may_review(user, task.target_locale.language_code):
        require_hand(user, task)
    texts = survey_of(task).texts()
    found = _alike(findings_of(task, texts).dismissed_by_key.get(key, ()), code, detail)
    hashes = [dismissal_hash(texts[key], each.detail) for each in found]
    DismissedCheck.objects.filter(task=task, key=key, code=code, text_hash__in=hashes).delete()
    for each in found:
        _say(task, user, key, _("I brought this remark back: “%(remark)s”") % {"remark": each.message})
    return found


def _alike(found, code: str, detail: str | None) -> list[Finding]:
    return [each for each in found if each.code == code and (detail is None or each.detail == detail)]
