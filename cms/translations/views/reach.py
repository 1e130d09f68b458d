"""Who stands before a translation, and what they may do with it."""

import functools
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cms.accounts.models import User
from cms.core.errors import permission_denied
from cms.core.page_cache.decorators import personal_page
from cms.translations.kinds import translated_kind
from cms.translations.models import TranslationTask
from cms.translations.queries.editor import task_with_all
from cms.translations.queries.rights import may_open, may_read, may_review, may_translate
from cms.translations.queries.works import is_public
from cms.translations.services.claiming import NotInReach
from cms.translations.services.drafting import NotHolder, require_hand
from cms.translations.services.works import SourceGone
from cms.translations.views.sayings import in_words
from cms.wiki.deciders import deciding_groups
from cms.wiki.models import Submission
from cms.wiki.rules import SUBMITTED, Verdict
from cms.wiki.wording import who_decides


def for_its_people(view):
    """Hands the task to the view; 403 for who has nothing to do with its language, 404 where there is none to read."""

    @personal_page
    @functools.wraps(view)
    def guarded(request: HttpRequest, task_id: int, *args, **kwargs) -> HttpResponse:
        task = task_with_all(task_id)
        if task is not None and not may_read(request.user, task.target_locale.language_code):
            return permission_denied(request)
        if task is None or not may_open(request.user, task):
            raise Http404("no such translation")
        return view(request, task, *args, **kwargs)

    return guarded


def person(request: HttpRequest) -> User:
    """Who asks: every screen here is behind the log-in."""
    return cast(User, request.user)


@dataclass(frozen=True, slots=True)
class Hand:
    """What somebody may do with a translation now, for the screen; each verb asks again."""

    writes: bool  # save segments
    holds: bool  # it is claimed by them
    claims: bool  # could take it on
    submits: bool
    takes_back: bool
    confirms: bool
    reviews: bool  # belongs to those who review the language
    verdict: Verdict  # on what is in review
    decided_by: str  # in words; "" where nothing is in review
    waits_for_turn: bool  # another text of the page is decided first
    source_public: bool  # anybody may read the original


def hand_of(user, task: TranslationTask) -> Hand:
    """At most two queries, and two more where pages are restricted."""
    language = task.target_locale.language_code
    translates, reviews = may_translate(user, language), may_review(user, language)
    writes = _may_write(user, task)
    public = is_public(task.work)
    verdict, decided_by = Verdict(False), ""
    if task.in_review:
        verdict, decided_by = _decision(user, task, language)
    return Hand(
        writes=writes,
        holds=task.assignee_id == user.pk,
        claims=translates and task.assignee_id is None and not task.in_review and public,
        submits=writes and not task.in_review,
        takes_back=task.in_review and task.submitted_by_id == user.pk,
        confirms=task.baseline is not None and public and (writes or (reviews and not task.in_review)),
        reviews=reviews,
        verdict=verdict,
        decided_by=decided_by,
        waits_for_turn=_waits_for_turn(task),
        source_public=public,
    )


def _may_write(user, task: TranslationTask) -> bool:
    try:
        require_hand(user, task)
    except (PermissionDenied, NotHolder, NotInReach):
        return False
    return True


def _decision(user, task: TranslationTask, language: str) -> tuple[Verdict, str]:
    groups = deciding_groups()
    group = groups.group_for(language, True, task.submitted_by_id)
    others = [name for pk, name in groups.members.get(group, {}).items() if pk != task.submitted_by_id]
    return groups.verdict(group, user, task.submitted_by_id), who_decides(group, others)


def _waits_for_turn(task: TranslationTask) -> bool:
    submission = task.submission
    return bool(
        task.in_review
        and submission is not None
        and submission.state == SUBMITTED
        and submission.revision_id is None
    )


def review_address(submission: Submission) -> str:
    """Where a submission that is a translation is read, written and decided on; "" for any other. One query."""
    pk = TranslationTask.objects.filter(submission=submission).values_list("pk", flat=True).first()
    return reverse("translations_edit", args=[pk]) if pk else ""


def source_is_gone(row: Any, submission: Submission | None) -> str:
    """Why a translation in review cannot be published, on whatever screen it is decided on."""
    tasks = TranslationTask.objects.filter(submitted_at__isnull=False).select_related("work__source_locale")
    if submission is not None:
        tasks = tasks.filter(submission=submission)
    elif translated_kind(row) is None:
        return ""
    else:
        tasks = tasks.filter(work__translation_key=row.translation_key, target_locale=row.locale_id)
    task = tasks.defer("work__segments").first()
    return in_words(SourceGone(task.work.title)) if task is not None and not is_public(task.work) else ""
