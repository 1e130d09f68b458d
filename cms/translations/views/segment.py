"""One segment of a translation: its row on the screen, saving it, its history, and where its links lead."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cms.translations.markup import as_shown
from cms.translations.models import SegmentDraft, TranslationTask
from cms.translations.queries.editor import EditorScreen, Line, Row, editor_screen, task_with_all
from cms.translations.queries.history import history_of
from cms.translations.rules import TYPED
from cms.translations.services.drafting import NotHolder, SourceMoved, StaleSegment, save_segment
from cms.translations.views.editing import context_of
from cms.translations.views.reach import for_its_people, hand_of, person
from cms.translations.views.sayings import KNOWN, in_words

LONGEST_LINKS = 100_000  # characters of all addresses of one segment, as they are sent


@for_its_people
@require_http_methods(["GET", "POST"])
def segment(request: HttpRequest, task: TranslationTask, key: str) -> HttpResponse:
    if request.method == "POST":
        return _save(request, task, key)
    screen = editor_screen(task)
    context = _context(request, screen, _row(screen, key))
    return render(request, "translations/admin/_segment.html", context)


def _row(screen: EditorScreen, key: str) -> Row:
    row = screen.row(key)
    if row is None:
        raise Http404("no such segment")
    return row


def _context(request: HttpRequest, screen: EditorScreen, row: Row) -> dict[str, Any]:
    return {
        **context_of(request, screen, hand_of(request.user, screen.task)),
        "row": row,
        "line": Line(row, "", ""),
    }


def _save(request: HttpRequest, task: TranslationTask, key: str) -> HttpResponse:
    """Keep what was typed. 409 where something else stands now, 422 where it cannot stand; always with words."""
    data = request.POST
    seen = data.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 9):
        return _refused("invalid", _("The form that arrived is not the one on this screen."), 400)
    try:
        save_segment(
            person(request),
            task.pk,
            key,
            data.get("text", ""),
            seen=int(seen),
            origin=data.get("origin", TYPED),
            links=_links(data.get("links", "")),
        )
    except StaleSegment as stale:
        return _stale(stale)
    except KNOWN as error:
        return _refused(*_kind(error))
    return saved(request, task.pk, key)


def _links(sent: str) -> dict[str, str] | None:
    """None where none were sent; what is not a mapping of texts counts as nothing sent."""
    if not sent or len(sent) > LONGEST_LINKS:
        return None
    try:
        read = json.loads(sent)
    except (ValueError, RecursionError):  # brackets within brackets
        return None
    if not isinstance(read, dict):
        return None
    return {str(name): str(address).strip() for name, address in read.items() if str(address).strip()}


def _kind(error: Exception) -> tuple[str, str, int]:
    if isinstance(error, SourceMoved):
        return "moved", in_words(error), 409
    if isinstance(error, NotHolder):
        return "holder", in_words(error), 409
    if hasattr(error, "messages"):
        return "invalid", in_words(error), 422
    if isinstance(error, PermissionDenied):
        return "denied", in_words(error), 403
    return "closed", in_words(error), 409


def _refused(kind: str, said: str, status: int) -> JsonResponse:
    return JsonResponse({"error": kind, "said": said}, status=status)


def _stale(stale: StaleSegment) -> JsonResponse:
    draft: SegmentDraft | None = stale.draft
    if draft is None:
        said = _("This segment was published meanwhile. Load the page again to see it.")
        return JsonResponse(
            {"error": "stale", "said": said, "number": 0, "text": "", "shown": ""}, status=409
        )
    when = date_format(localtime(draft.created_at), "SHORT_DATETIME_FORMAT")
    said = _("%(name)s saved other words for this segment on %(when)s. Yours are not saved yet.")
    return JsonResponse(
        {
            "error": "stale",
            "said": said % {"name": draft.author_name, "when": when},
            "number": draft.number,
            "text": draft.text,
            "shown": as_shown(draft.text),
        },
        status=409,
    )


def saved(request: HttpRequest, task_id: int, key: str) -> JsonResponse:
    """How the segment and the whole stand now, for the parts of the screen that say so."""
    task = task_with_all(task_id)
    if task is None:
        raise Http404("no such translation")
    screen = editor_screen(task)
    row = _row(screen, key)
    context = _context(request, screen, row)
    return JsonResponse(
        {
            "number": row.seen,
            "state": row.state,
            "to_do": row.to_do,
            "status": render_to_string("translations/admin/_status.html", context, request),
            "progress": render_to_string("translations/admin/_progress.html", context, request),
            "missing": render_to_string("translations/admin/_missing.html", context, request),
        }
    )


@for_its_people
@require_GET
def history(request: HttpRequest, task: TranslationTask, key: str) -> HttpResponse:
    screen = editor_screen(task)
    row = _row(screen, key)
    context = {**_context(request, screen, row), "savings": history_of(task, row.standing)}
    return render(request, "translations/admin/_history.html", context)
