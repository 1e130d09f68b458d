"""What editors do with a reader's suggestion."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from cms.wiki.deciders import is_decider
from cms.wiki.forms import AnswerForm
from cms.wiki.models import Suggestion
from cms.wiki.services import TextUnderWay
from cms.wiki.services.suggestions import WAITING, AlreadyHandled, answer_suggestion, draft_from


@never_cache
@require_http_methods(["GET", "POST"])
def suggestion(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """`/admin/wiki/suggestions/<id>/`: read it, work it into a text, answer it, or put it aside."""
    found = (
        Suggestion.objects.filter(pk=suggestion_id)
        .select_related("page__locale", "base", "handled_by")
        .first()
    )
    if found is None:
        raise Http404("no such suggestion")
    if not is_decider(found.page.specific, request.user):
        raise PermissionDenied
    form = AnswerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        answer = _handle(request, found, form)
        if answer is not None:
            return answer
        status = 422 if form.errors else 409
        found.refresh_from_db()
    context = {
        "suggestion": found,
        "page": found.page,
        "form": form,
        "waiting": found.state in WAITING,
        "drafted": found.submissions.first(),
    }
    return render(request, "wiki/admin/suggestion.html", context, status=status)


def _handle(request: HttpRequest, found: Suggestion, form: AnswerForm) -> HttpResponse | None:
    """Do what the button says; None where the screen is shown again, with what went wrong."""
    if not form.is_valid():
        return None
    answer = form.cleaned_data["answer"]
    try:
        if "draft" in request.POST:
            mine = draft_from(request.user, found.pk, answer)
            messages.info(
                request, _("Work the suggestion in, then submit your text. Its sender is credited.")
            )
            return redirect("wagtailadmin_pages:edit", mine.page_id)
        if "refuse" in request.POST:
            answer_suggestion(request.user, found.pk, answer, refuse=True)
            messages.success(request, _("The suggestion is put aside."))
        elif not answer.strip():
            form.add_error("answer", _("Write an answer first."))
            return None
        else:
            answer_suggestion(request.user, found.pk, answer)
            messages.success(request, _("Your answer is on its way."))
    except TextUnderWay:
        form.add_error(None, _("You have a text for this page under way. Submit it or discard it first."))
        return None
    except AlreadyHandled:
        messages.warning(request, _("Somebody else has handled this suggestion meanwhile."))
        return None
    return redirect("wiki_queue")
