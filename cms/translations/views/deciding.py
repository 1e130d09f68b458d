"""The decision on a translation in review: approved and published, or sent back with what is missing."""

from collections.abc import Mapping

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.translations.models import TranslationTask
from cms.translations.queries.texts import last_saving
from cms.translations.replacing import fingerprint
from cms.translations.services.claiming import lock_task
from cms.translations.services.submitting import approve_translation, send_back
from cms.translations.views.editing import show
from cms.translations.views.handing_in import not_done
from cms.translations.views.reach import for_its_people, person
from cms.translations.views.sayings import KNOWN
from cms.wiki.wording import language_in_words

APPROVE, SEND_BACK = "approve", "send_back"


class ChangedMeanwhile(Exception):
    """Something was saved after the screen was loaded: what would be approved is not what was seen. Says what."""


@for_its_people
@require_POST
def decide(request: HttpRequest, task: TranslationTask) -> HttpResponse:
    """POST `decision`, `reason`, and what the screen showed: `seen`, the last saving, and `media`, what was chosen."""
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    if decision not in (APPROVE, SEND_BACK):
        told = _("The form that arrived is not the one on this screen. Nothing was decided; choose again.")
        return show(request, task, told=told, kept={"reason": reason}, status=400)
    try:
        if decision == APPROVE:
            _approve_as_seen(person(request), task.pk, request.POST)
        else:
            send_back(person(request), task.pk, reason)
    except ChangedMeanwhile as changed:
        return show(request, task, told=str(changed), kept={"reason": reason}, status=409)
    except KNOWN as error:
        return not_done(request, task, error, {"reason": reason})
    messages.success(request, _said(decision, task))
    return redirect("translations_edit", task.pk)


@transaction.atomic
def _approve_as_seen(user, task_id: int, seen: Mapping[str, str]) -> None:
    task = lock_task(task_id)
    if str(last_saving(task)) != seen.get("seen", ""):
        raise ChangedMeanwhile(
            _("A segment was saved since you looked. Nothing was decided: look at it again, then choose.")
        )
    if fingerprint(task.replacements) != seen.get("media", ""):
        raise ChangedMeanwhile(
            _(
                "Another picture or file was chosen since you looked. Nothing was decided: look at it, then choose."
            )
        )
    approve_translation(user, task_id)


def _said(decision: str, task: TranslationTask) -> str:
    told = {"title": task.work.title, "language": language_in_words(task.target_locale.language_code)}
    if decision == APPROVE:
        return _("“%(title)s” is published in this language (%(language)s).") % told
    return _("“%(title)s” went back to its translator with your reason.") % told
