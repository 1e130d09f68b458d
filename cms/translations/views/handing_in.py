"""What a translator does with the whole: submits it, takes it back, or confirms that it still says the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.translations.models import TranslationTask
from cms.translations.queries.editor import TO_DO
from cms.translations.services.composing import Incomplete
from cms.translations.services.confirming import confirm_unchanged
from cms.translations.services.submitting import Faulty, submit_translation, take_back
from cms.translations.views.editing import show
from cms.translations.views.reach import for_its_people, person
from cms.translations.views.sayings import KNOWN, in_words
from cms.translations.views.segment import saved

LONGEST_NOTE = 300


@for_its_people
@require_POST
def submit(request: HttpRequest, task: TranslationTask) -> HttpResponse:
    note = request.POST.get("note", "")[:LONGEST_NOTE]
    try:
        submit_translation(person(request), task.pk, note)
    except KNOWN as error:
        return not_done(request, task, error, {"note": note})
    messages.success(
        request,
        _("Submitted. Readers see nothing of it until it is approved; you are told what is decided."),
    )
    return redirect("translations_edit", task.pk)


def not_done(
    request: HttpRequest, task: TranslationTask, error: Exception, kept: dict[str, str]
) -> HttpResponse:
    """The screen again with what was typed: 422 where the person can put it right there, else 409."""
    keys = _keys(error)
    # What was kept from happening may have changed how the task stands.
    task.refresh_from_db()
    return show(
        request,
        task,
        show=TO_DO if isinstance(error, Incomplete) else "",
        told=in_words(error),
        marked=keys,
        kept=kept,
        status=422 if keys or hasattr(error, "messages") else 409,
    )


def _keys(error: Exception) -> list[str]:
    if isinstance(error, Incomplete):
        return list(error.keys)
    return list(error.findings) if isinstance(error, Faulty) else []


@for_its_people
@require_POST
def take_back_translation(request: HttpRequest, task: TranslationTask) -> HttpResponse:
    try:
        take_back(person(request), task.pk)
    except KNOWN as error:
        return not_done(request, task, error, {})
    messages.success(request, _("It is yours again. Submit it when it is ready."))
    return redirect("translations_edit", task.pk)


@for_its_people
@require_POST
def confirm(request: HttpRequest, task: TranslationTask) -> HttpResponse:
    """`key`: one segment, answered as a saving is where a script asks; without one, all that changed."""
    key = request.POST.get("key", "")
    try:
        confirm_unchanged(person(request), task.pk, [key] if key else None)
    except KNOWN as error:
        return not_done(request, task, error, {})
    if key and request.headers.get("Accept") == "application/json":
        return saved(request, task.pk, key)
    messages.success(
        request, _("Confirmed: readers are no longer told that the translation is behind there.")
    )
    return redirect("translations_edit", task.pk)
