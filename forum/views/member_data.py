"""`/{lang}/forum/me/data/`: a copy of all that the forum holds of whoever asks."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.accounts.models import User
from cms.core.alternates import alternates_for_address
from cms.core.page_cache.decorators import PERSONAL
from forum.queries.exports import copy_of
from forum.review_words import moment_in_words
from forum.services.exporting import ask_for_copy
from forum.views.gates import for_members


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest, user: User) -> HttpResponse:
    if request.method == "POST":
        asked = ask_for_copy(user)
        messages.success(
            request,
            _("Your copy is ready.")
            if asked.ready_at
            else _("Your copy is being made. You are told when it is there."),
        )
        return redirect("forum:my_data")
    export = copy_of(user)
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "export": export,
        "ready": moment_in_words(export.ready_at) if export and export.ready_at else "",
    }
    return render(request, "forum/my_data.html", context)


@for_members
@require_safe
def my_copy(request: HttpRequest, user: User) -> HttpResponse | FileResponse:
    """The zip itself."""
    export = copy_of(user)
    if export is None or not export.file:
        raise Http404("no copy")
    try:
        content = export.file.open("rb")
    except OSError:
        raise Http404("the copy is not there") from None
    answer = FileResponse(content, as_attachment=True, filename="forum.zip", content_type="application/zip")
    answer.headers["Cache-Control"] = PERSONAL
    return answer
