"""Answering a call: its form stands at an address of its own, which is never cached."""

from collections.abc import Sequence
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.core.alternates import Alternate, alternates_for_page
from cms.core.dates import written_date
from cms.core.page_cache.decorators import personal_page
from cms.core.tries import may_try
from initiatives.forms import CallReplyForm
from initiatives.models import CallForInterest
from initiatives.queries.calls import original_of, public_call
from initiatives.rules import REPLIES_KEPT
from initiatives.services import CallClosed, find_reply, reply_to_call

ANSWERS_ALLOWED = 5  # from one address …
WITHIN = 10 * 60  # … in so many seconds


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def call_reply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form while the call is open; afterwards (410) when it closed, and the text typed given back."""
    call = _call_or_404(request, slug)
    if request.method != "POST":
        if not original_of(call).is_open():
            return _closed(request, call)
        return _form(request, call, CallReplyForm(call=call, initial={"form_token": uuid4()}))
    form = CallReplyForm(request.POST, call=call)
    if not form.is_valid():
        # A call that has closed in the meantime says so at once, before asking for corrections.
        if not original_of(call).is_open():
            return _closed(request, call, form.typed())
        if "form_token" in form.errors:
            # The token is ours, not the sender's: a damaged one is replaced without blaming anybody.
            form = CallReplyForm({**_lists(request), "form_token": str(uuid4())}, call=call)
            if form.is_valid():
                form.add_error(None, _("The form had expired. Nothing was lost: please send it again."))
        return _form(request, call, form, status=422)
    token = form.cleaned_data["form_token"]
    if find_reply(call, token) is None and not may_try(request, "call-reply", ANSWERS_ALLOWED, WITHIN):
        form.add_error(
            None, _("Many answers came from your connection. Please wait ten minutes and send again.")
        )
        return _form(request, call, form, status=429)
    try:
        reply_to_call(call, token, request.LANGUAGE_CODE, **form.reply_fields())
    except CallClosed:
        return _closed(request, call, form.typed())
    return redirect("initiatives:call_reply_received", slug=slug)


@personal_page
def call_reply_received(request: HttpRequest, slug: str) -> HttpResponse:
    """Says that the answer has arrived. Says nothing of the answer: anyone may open this address."""
    call = _call_or_404(request, slug)
    return render(request, "initiatives/call_reply_received.html", _context(request, call))


def _call_or_404(request: HttpRequest, slug: str) -> CallForInterest:
    call = public_call(request.LANGUAGE_CODE, slug)
    if call is None:
        raise Http404
    return call


def _context(request: HttpRequest, call: CallForInterest) -> dict:
    closes = original_of(call).closes_at
    return {
        "call": call,
        "call_url": reverse("initiatives:document", args=[call.slug]),
        "nav": "library",
        "noindex": True,
        "alternates": [_to_form(row) for row in alternates_for_page(call)],
        "closes_on": written_date(closes.date()) if closes else "",
        "closes_time": f"{closes:%H:%M}" if closes else "",
        "closes_zone": call.time_zone,
        "kept_months": round(REPLIES_KEPT.days / 30.4),
    }


def _to_form(row: Alternate) -> Alternate:
    """The form in another language: beside the call there. Where the call is missing, what exists of it."""
    if row.state == "missing":
        return row
    return Alternate(row.code, row.name, f"{row.url}reply/", row.state)


def _form(
    request: HttpRequest, call: CallForInterest, form: CallReplyForm, status: int = 200
) -> HttpResponse:
    return render(
        request, "initiatives/call_reply.html", {**_context(request, call), "form": form}, status=status
    )


def _closed(
    request: HttpRequest, call: CallForInterest, typed: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    # 410: the form stood here and does not any more; programs need not ask again.
    context = {**_context(request, call), "typed": typed}
    return render(request, "initiatives/call_reply_closed.html", context, status=410)


def _lists(request: HttpRequest) -> dict:
    """The posted values, lists kept where the form reads lists."""
    many = ("interests", "collaborations")
    return {
        name: values if name in many else values[-1] if values else ""
        for name, values in request.POST.lists()
    }
