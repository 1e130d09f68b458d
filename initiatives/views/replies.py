"""The answers to a call, for its editors only: list, export, deletion. In the admin, never cached."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.core.dates import written_date
from cms.core.errors import permission_denied
from cms.core.page_cache.decorators import personal_page
from initiatives.models import CallForInterest, CallReply, ReferenceCode
from initiatives.queries.calls import may_read_replies, replies_readable_by
from initiatives.services import delete_reply

COLUMNS = (
    "created_at",
    "language",
    "organisation",
    "contact_name",
    "email",
    "phone",
    "address",
    "interests",
    "collaborations",
    "message",
)
# A spreadsheet would run a cell that begins with one of these (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def for_editors_of_the_call(view):
    """`view(request, call, …)`; 403 for everyone else, other editors of the site included."""

    @personal_page
    def guarded(request: HttpRequest, page_id: int, **kwargs) -> HttpResponse:
        # By `id`: comparing a parent link with a number no database can hold is an error.
        call = get_object_or_404(CallForInterest, id=page_id)
        # Wagtail would turn a PermissionDenied into a redirect to the dashboard.
        if not may_read_replies(request.user, call):
            return permission_denied(request)
        return view(request, call, **kwargs)

    return guarded


@for_editors_of_the_call
def replies(request: HttpRequest, call: CallForInterest) -> HttpResponse:
    rows = [
        (row, f"{written_date(row.created_at.date())}, {row.created_at:%H:%M} UTC")
        for row in replies_readable_by(request.user, call)
    ]
    return render(
        request, "initiatives/admin/replies.html", {"call": call, "replies": rows, "total": len(rows)}
    )


@for_editors_of_the_call
def replies_csv(request: HttpRequest, call: CallForInterest) -> HttpResponse:
    rows = replies_readable_by(request.user, call)
    code = ReferenceCode.objects.filter(translation_key=call.translation_key).first()
    name = f"answers-{code.code if code else call.pk}-{timezone.localdate():%Y-%m-%d}.csv"
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_editors_of_the_call
def reply_delete(request: HttpRequest, call: CallForInterest, reply_id: int) -> HttpResponse:
    reply = get_object_or_404(replies_readable_by(request.user, call), pk=reply_id)
    if request.method == "POST":
        delete_reply(request.user, call, reply.pk)
        messages.success(request, _("The answer was deleted for good."))
        return redirect("initiatives_replies", page_id=call.pk)
    return render(request, "initiatives/admin/reply_delete.html", {"call": call, "reply": reply})


def as_csv(rows) -> bytes:
    """Comma-separated, UTF-8 with a byte order mark (spreadsheets then read accents), one line per answer."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    fields = {field.name: field for field in CallReply._meta.fields}
    writer.writerow(str(fields[name].verbose_name) for name in COLUMNS)
    for row in rows:
        writer.writerow(safe_cell(_cell(row, name)) for name in COLUMNS)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def safe_cell(text: str) -> str:
    """The text, kept from being read as a formula by a leading apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _cell(row: CallReply, name: str) -> str:
    value = getattr(row, name)
    if name == "created_at":
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return "; ".join(value) if isinstance(value, list) else str(value)
