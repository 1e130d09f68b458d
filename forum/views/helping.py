"""What a script asks for while somebody writes: to keep the draft, to show the preview, names, files.

Whoever is logged out is told so by 401, and loses nothing: the text stays in the page.
"""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.languages import direction, open_language_codes
from cms.core.page_cache.decorators import personal_page
from cms.core.paging import page_number
from cms.core.visible_text import storable
from forum.conversation import when
from forum.detecting import detected_language
from forum.errors import Refused
from forum.listing import language_name
from forum.models import Draft
from forum.queries.drafts import draft_of
from forum.queries.mentions import member_names as names_beginning
from forum.refusals import refusal_words
from forum.services.drafts import is_key, save_draft
from forum.services.files import address_of, attach, markdown_of
from forum.views.composing import previewed
from forum.views.reader import reader

LOGGED_OUT = 401


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """POST keeps a draft: {sequence, language it seems to be written in}; 409 with the text that another window
    saved. GET `?key=topic:12`: what is kept."""
    user = reader(request)
    if user is None:
        return JsonResponse({}, status=LOGGED_OUT)
    key = (request.POST or request.GET).get("key", "")
    if not is_key(key):
        raise Http404("no such draft")
    if request.method != "POST":
        draft = draft_of(user, key)
        return JsonResponse(described(draft) if draft else {"sequence": 0})
    saved = save_draft(
        user,
        key,
        request.POST.dict(),
        sequence=page_number(request.POST.get("sequence", "")),
        window=request.POST.get("window", ""),
        anyway=request.POST.get("anyway") == "1",
    )
    if saved.other:
        return JsonResponse(described(saved.other), status=409)
    code = detected_language(request.POST.get("text", ""), open_language_codes())
    return JsonResponse(
        {"sequence": saved.sequence, "language": code, "language_name": language_name(code) if code else ""}
    )


def described(draft: Draft) -> dict:
    return {"sequence": draft.sequence, "data": draft.data, **when(draft.saved_at)}


@personal_page
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What the text will look like: a fragment, made by the same renderer."""
    user = reader(request)
    if user is None:
        return HttpResponse(status=LOGGED_OUT)
    sent = {name: request.POST.get(name, "") for name in ("text", "language", "key", "topic")}
    language = sent["language"]
    context = {
        "html": previewed(sent["text"], user, sent["key"], page_number(sent["topic"])),
        "lang": language if language in open_language_codes() else "",
        "dir": direction(language),
    }
    return render(request, "forum/_preview.html", context)


@personal_page
@require_safe
def member_names(request: HttpRequest) -> HttpResponse:
    """`?q=An&topic=12`: members whose name has a word that begins so."""
    user = reader(request)
    if user is None:
        return JsonResponse({}, status=LOGGED_OUT)
    beginning = storable(request.GET.get("q", ""))[:60]
    found = names_beginning(beginning, user, page_number(request.GET.get("topic", "")))
    return JsonResponse({"members": [{"id": each.pk, "name": each.name} for each in found]})


@personal_page
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """One file: {text: how a post shows it}, or 422 with what is wrong with it."""
    user = reader(request)
    if user is None:
        return JsonResponse({}, status=LOGGED_OUT)
    sent = request.FILES.get("file")
    if sent is None:
        return JsonResponse({"said": ""}, status=422)
    try:
        row = attach(user, sent)
    except Refused as refused:
        return JsonResponse({"said": refusal_words(refused.code, user)}, status=403)
    except ValidationError as wrong:
        return JsonResponse({"said": f"{sent.name}: {' '.join(wrong.messages)}"}, status=422)
    return JsonResponse({"text": markdown_of(row), "address": address_of(row), "picture": row.is_picture})
