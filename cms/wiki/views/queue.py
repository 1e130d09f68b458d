"""`/admin/wiki/queue/`: what waits for a decision, for those who decide on something."""

import functools

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cms.core.doors import only_for
from cms.core.paging import asked_window
from cms.wiki.deciders import may_moderate
from cms.wiki.queries.moderation_queue import ROWS, chosen, rows_of
from cms.wiki.queries.submissions import recent_waits
from cms.wiki.queries.suggestions import suggestions_for
from cms.wiki.queries.waiting import WaitingTexts, waiting_texts
from cms.wiki.rules import usual_wait
from cms.wiki.wording import usual_wait_in_words

for_moderators = only_for(may_moderate)


def waiting_for(request: HttpRequest) -> WaitingTexts:
    """What waits, read once a request: the menu counts it on every screen."""
    if not hasattr(request, "waiting_texts"):
        request.waiting_texts = waiting_texts()  # type: ignore[attr-defined]
    return request.waiting_texts  # type: ignore[attr-defined]


@for_moderators
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    waiting = waiting_for(request)
    codes = sorted({text.language for text in waiting.texts})
    language = request.GET.get("language", "")
    if language not in codes:
        language = ""
    mine = request.GET.get("mine") == "1"
    window = asked_window(request, ROWS)
    texts = chosen(waiting, request.user, language, mine)
    if address := window.corrected(request, len(texts)):
        return redirect(address)
    context = {
        "rows": rows_of(waiting, texts, request.user, window),
        "number": len(texts),
        "total": len(waiting.texts),
        "mine_total": len(waiting.decidable(request.user)),
        "codes": [(code, settings.LANGUAGE_NAMES.get(code, code)) for code in codes],
        "language": language,
        "mine": mine,
        "usual": usual_wait_in_words(usual_wait(recent_waits())),
        "suggestions": suggestions_for(request.user, waiting.groups if waiting.texts else None),
        "turning": window.turning(len(texts), functools.partial(_address, request)),
    }
    return render(request, "wiki/admin/queue.html", context)


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
