"""What is said about a segment, and remarks of the checks that somebody sets aside."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from cms.translations.models import TranslationTask
from cms.translations.queries.conversation import thread_of
from cms.translations.queries.rights import may_review
from cms.translations.services.conversing import LONGEST, comment, dismiss, restore
from cms.translations.views.reach import for_its_people, hand_of, person
from cms.translations.views.sayings import KNOWN, in_words


@for_its_people
@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, task: TranslationTask, key: str) -> HttpResponse:
    """The conversation as a part of the screen; 422 with what was typed where it could not be kept."""
    text = request.POST.get("text", "")
    if request.method == "POST":
        try:
            comment(person(request), task.pk, key, text)
        except KNOWN as error:
            return _thread(request, task, key, told=in_words(error), text=text, status=422)
    return _thread(request, task, key)


@for_its_people
@require_POST
def dismissal(request: HttpRequest, task: TranslationTask, key: str) -> HttpResponse:
    """`code`, and `detail` where one of several is meant; `restore` brings it back. Answers as `comments`."""
    code, detail = request.POST.get("code", ""), request.POST.get("detail")
    verb = restore if request.POST.get("restore") else dismiss
    try:
        verb(person(request), task.pk, key, code, detail)
    except KNOWN as error:
        return _thread(request, task, key, told=in_words(error), status=422)
    return _thread(request, task, key)


def _thread(
    request: HttpRequest,
    task: TranslationTask,
    key: str,
    *,
    told: str = "",
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    thread = thread_of(task, key)
    if thread is None:
        raise Http404("no such segment")
    restores = (
        may_review(request.user, task.target_locale.language_code) or hand_of(request.user, task).writes
    )
    context: dict[str, Any] = {
        "thread": thread,
        "task": task,
        "key": key,
        "told": told,
        "text": text,
        "longest": LONGEST,
        "restores": restores,
    }
    return render(request, "translations/admin/_comments.html", context, status=status)
