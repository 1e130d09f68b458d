"""`/admin/translations/<task>/media/<key>/`: another picture or file for this language, chosen or uploaded."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from cms.core.errors import permission_denied
from cms.core.paging import asked_window
from cms.translations.media_forms import upload_form
from cms.translations.models import TranslationTask
from cms.translations.queries.media import MediaLine, choosable, may_upload, media_lines, shown_media
from cms.translations.replacing import FILE, PICTURE
from cms.translations.services.drafting import SourceMoved
from cms.translations.services.replacing import keep_medium, replace_medium, take_the_original_s
from cms.translations.views.editing import language_context, show
from cms.translations.views.reach import for_its_people, hand_of, person
from cms.translations.views.sayings import KNOWN, in_words

LISTED = 24
LONGEST = 100  # characters searched for
CHOOSE, UPLOAD, ORIGINAL, KEEP = "choose", "upload", "original", "keep"


@for_its_people
@require_http_methods(["GET", "POST"])
def medium(request: HttpRequest, task: TranslationTask, key: str) -> HttpResponse:
    line = next((each for each in media_lines(task) if each.place.key == key), None)
    if request.method == "POST":
        return _changed(request, task, line)
    if line is None:
        raise Http404("no such picture or file in the original")
    if not hand_of(request.user, task).writes:
        return permission_denied(request)
    return _screen(request, task, line)


def _changed(request: HttpRequest, task: TranslationTask, line: MediaLine | None) -> HttpResponse:
    """`do`: choose (`picture` or `file`: its id), upload, original, keep; `seen`: the id of what the screen showed."""
    if line is None:
        return show(request, task, told=in_words(SourceMoved()), status=409)
    do, seen = request.POST.get("do", ""), _number(request.POST.get("seen", ""))
    if do not in (CHOOSE, UPLOAD, ORIGINAL, KEEP) or seen is None:
        told = _("The form that arrived is not the one on this screen. Nothing was changed; choose again.")
        return show(request, task, told=told, status=400)
    form = None
    try:
        if do == KEEP:
            keep_medium(person(request), task.pk, line.place.key)
        elif do == ORIGINAL:
            take_the_original_s(person(request), task.pk, line.place.key, seen=seen)
        else:
            form = _uploaded(request, task, line) if do == UPLOAD else None
            if form is not None and not form.is_valid():
                return _screen(request, task, line, form=form, status=422)
            chosen = form.save().pk if form is not None else _asked(request, line)
            replace_medium(person(request), task.pk, line.place.key, chosen, seen=seen)
    except KNOWN as error:
        return _refused(request, task, line, do, error)
    messages.success(request, _said(do))
    return redirect(f"{reverse('translations_edit', args=[task.pk])}#m-{line.place.key}")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _asked(request: HttpRequest, line: MediaLine) -> int:
    kind = line.place.kind
    if (FILE if kind == PICTURE else PICTURE) in request.POST:
        raise ValidationError(
            _("Here stands a picture: choose a picture.")
            if kind == PICTURE
            else _("Here stands a file: choose a file.")
        )
    chosen = _number(request.POST.get(kind, ""))
    if chosen is None:
        raise ValidationError(_("Choose one first."))
    return chosen


def _uploaded(request: HttpRequest, task: TranslationTask, line: MediaLine) -> Any:
    """Nothing is kept of what somebody sends who may not write, or not upload."""
    if not hand_of(request.user, task).writes or not may_upload(request.user, line.place.kind):
        raise PermissionDenied
    return upload_form(request.user, line.place.kind, request.POST, request.FILES)


def _refused(
    request: HttpRequest, task: TranslationTask, line: MediaLine, do: str, error: Exception
) -> HttpResponse:
    """Where a choice can be put right at once, the screen to choose on; else the editor, which says how it stands."""
    if isinstance(error, ValidationError) and do in (CHOOSE, UPLOAD) and hand_of(request.user, task).writes:
        return _screen(request, task, line, told=in_words(error), status=422)
    task.refresh_from_db()
    status = 403 if isinstance(error, PermissionDenied) else 409
    return show(request, task, told=in_words(error), status=status)


def _said(do: str) -> str:
    if do == ORIGINAL:
        return _("The translation shows that of the original again, once it is published.")
    if do == KEEP:
        return _("Kept: it stands for what the original shows now.")
    return _("Chosen. Readers see it when the translation is approved and published, not before.")


def _screen(
    request: HttpRequest,
    task: TranslationTask,
    line: MediaLine,
    *,
    form=None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    kind = line.place.kind
    asked = "".join(filter(str.isprintable, request.GET.get("q", ""))).strip()[:LONGEST]
    found = choosable(request.user, kind).exclude(pk=line.standing.now).order_by("-created_at", "-pk")
    if asked:
        found = found.filter(title__icontains=asked)
    window, total = asked_window(request, LISTED), found.count()
    if request.method == "GET" and (address := window.corrected(request, total)):
        return redirect(address)
    ids = list(found.values_list("pk", flat=True)[window.start : window.stop])
    shown = shown_media({kind: ids})
    if form is None and may_upload(request.user, kind):
        form = upload_form(request.user, kind)
    query = {"q": asked} if asked else {}
    context = {
        **language_context(task),
        "task": task,
        "line": line,
        "found": [shown[kind, pk] for pk in ids if (kind, pk) in shown],
        "asked": asked,
        "total": total,
        "form": form,
        "told": told,
        "turning": window.turning(total, lambda number: "?" + urlencode({**query, "page": number})),
        "edit": reverse("translations_edit", args=[task.pk]),
    }
    return render(request, "translations/admin/medium.html", context, status=status)
