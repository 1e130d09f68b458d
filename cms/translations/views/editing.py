"""`/admin/translations/<task>/`: the translator's editor; the reviewer's screen while it is in review."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from wagtail.models import PreviewableMixin

from cms.core.languages import direction
from cms.translations.models import TranslationTask
from cms.translations.queries.editor import ALL, CHANGED, TO_DO, EditorScreen, editor_screen
from cms.translations.queries.history import savings_since
from cms.translations.views.reach import Hand, for_its_people, hand_of
from cms.wiki.wording import language_in_words


@for_its_people
@require_GET
def edit(request: HttpRequest, task: TranslationTask) -> HttpResponse:
    return show(request, task, show=request.GET.get("show", ""))


def show(
    request: HttpRequest,
    task: TranslationTask,
    *,
    show: str = "",
    told: str = "",
    marked: list[str] | None = None,
    kept: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The screen. `told`: what went wrong; `marked`: keys of the segments it is about; `kept`: what was typed."""
    screen = editor_screen(task, show)
    context = context_of(request, screen, hand_of(request.user, task))
    context |= {
        "told": told,
        "marked": [row for row in screen.rows if row.key in (marked or ())],
        "kept": kept or {},
        "filters": [ALL, CHANGED, TO_DO],
        "login_url": reverse(settings.LOGIN_URL),
    }
    return render(request, "translations/admin/editor.html", context, status=status)


def context_of(request: HttpRequest, screen: EditorScreen, hand: Hand) -> dict[str, Any]:
    """What every part of the screen is told, rendered with the page or by itself."""
    task = screen.task
    model = task.work.content_type.model_class()
    return {
        **language_context(task),
        "task": task,
        "work": task.work,
        "screen": screen,
        "hand": hand,
        "base": reverse("translations_edit", args=[task.pk]),
        "previewable": model is not None and issubclass(model, PreviewableMixin),
        "user": request.user,
        "interface_language": get_language(),
    }


def language_context(task: TranslationTask) -> dict[str, str]:
    """In which languages the two texts are, for the markup and in words."""
    source, target = task.work.source_locale.language_code, task.target_locale.language_code
    return {
        "source_lang": source,
        "source_dir": direction(source),
        "target_lang": target,
        "target_dir": direction(target),
        "language": language_in_words(target),
        "source_language": language_in_words(source),
    }


@for_its_people
@require_GET
def changes(request: HttpRequest, task: TranslationTask) -> HttpResponse:
    """What was saved since the saving `since`, and how the translation stands: asked every few seconds."""
    asked = request.GET.get("since", "")
    since = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    savings = savings_since(task, since)
    return JsonResponse(
        {
            "last": max((each.pk for each in savings), default=since),
            "holder": task.assignee_id,
            "in_review": task.in_review,
            "version": task.work.version,
            "segments": [
                {
                    "key": each.key,
                    "number": each.number,
                    "by": each.author_name,
                    "mine": each.author_id == request.user.pk,
                }
                for each in savings
            ],
        }
    )
