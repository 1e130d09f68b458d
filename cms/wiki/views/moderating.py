"""`/admin/wiki/submissions/<id>/`: one text, what it changes, and the decision on it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from cms.core.errors import permission_denied
from cms.wiki.decision_forms import APPROVE, DECLINE, REQUEST_CHANGES, DecisionForm
from cms.wiki.diff_display import shown
from cms.wiki.diff_display.values import ShownDiff
from cms.wiki.diffs import compare
from cms.wiki.hindrances import Hindered
from cms.wiki.models import Submission
from cms.wiki.queries.moderating import (
    UnderReview,
    proposed_page,
    readable_submission,
    under_review,
)
from cms.wiki.reviewing import review_address
from cms.wiki.rules import CHANGES_REQUESTED, DECLINED, PUBLISHED, SUBMITTED
from cms.wiki.services import AlreadyDecided, Protected, approve, decline, request_changes
from cms.wiki.texts import content_text
from cms.wiki.views.framing import framed
from cms.wiki.views.queue import for_moderators
from cms.wiki.wording import what_became

LEADS_TO = {APPROVE: PUBLISHED, REQUEST_CHANGES: CHANGES_REQUESTED, DECLINE: DECLINED}


@for_moderators
@require_http_methods(["GET", "POST"])
def moderate(request: HttpRequest, submission_id: int) -> HttpResponse:
    review = _review(request, submission_id)
    if request.method == "GET":
        return _screen(request, review, _empty_form(review))
    form = DecisionForm(request.POST)
    if form.is_tampered:
        told = _("The form that arrived is not the one on this screen. Nothing was decided; choose again.")
        return _screen(request, review, _empty_form(review), told, status=400)
    if not review.verdict.allowed:
        told = _("It is not for you to decide on this text. Nothing was decided.")
        return _screen(request, review, _empty_form(review), told, status=403)
    if not form.is_valid():
        return _screen(request, review, form, status=422)
    return _decide(request, review, form)


def _review(request: HttpRequest, submission_id: int) -> UnderReview:
    submission = readable_submission(request.user, submission_id)
    if submission is None:
        raise Http404("no such submission")
    return under_review(request.user, submission)


def _decide(request: HttpRequest, review: UnderReview, form: DecisionForm) -> HttpResponse:
    data, pk = form.cleaned_data, review.submission.pk
    try:
        if data["decision"] == APPROVE:
            submission = approve(request.user, pk, data["seen_revision"], data["significance"])
        elif data["decision"] == REQUEST_CHANGES:
            submission = request_changes(request.user, pk, data["reason"], data["seen_revision"])
        else:
            submission = decline(request.user, pk, data["reason"], data["seen_revision"])
    except AlreadyDecided:
        return _too_late(request, pk, form)
    except Protected:
        told = _("The page is locked: lift its protection first. Nothing was decided.")
        return _screen(request, review, form, told, status=409)
    except Hindered as error:
        return _screen(request, review, form, str(error), status=409)
    except PermissionDenied:
        return permission_denied(request)
    messages.success(request, _said(data["decision"], submission))
    return redirect("wiki_queue")


def _too_late(request: HttpRequest, submission_id: int, form: DecisionForm) -> HttpResponse:
    """Somebody else was faster, or it is the second click of the same person: told, not repeated."""
    review = _review(request, submission_id)
    submission = review.submission
    if (
        submission.decided_by_id == request.user.pk
        and submission.state == LEADS_TO[form.cleaned_data["decision"]]
    ):
        messages.success(request, _said(form.cleaned_data["decision"], submission))
        return redirect("wiki_queue")
    if submission.state == SUBMITTED:
        told = _(
            "The text changed since you looked at it. Nothing was decided: look at it again, then choose."
        )
    else:
        told = f"{what_became(submission)} {_('Your decision came later, and nothing more was done.')}"
    again = _empty_form(review, reason=form.cleaned_data["reason"])
    return _screen(request, review, again, told, status=409)


def _said(decision: str, submission: Submission) -> str:
    known = {"title": submission.content.get("title", ""), "author": submission.author_name}
    if decision == APPROVE:
        return _("“%(title)s” is published as %(author)s wrote it.") % known
    if decision == REQUEST_CHANGES:
        return _("Your request went to %(author)s; “%(title)s” stays as it is for readers.") % known
    return _("The text is declined and %(author)s is told why; “%(title)s” stays as it is.") % known


def _empty_form(review: UnderReview, reason: str = "") -> DecisionForm:
    return DecisionForm(
        initial={
            "seen_revision": review.seen_revision,
            "significance": review.submission.significance,
            "reason": reason,
        }
    )


def _screen(
    request: HttpRequest, review: UnderReview, form: DecisionForm, told: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "review": review,
        "submission": review.submission,
        "page": review.page,
        "form": form,
        "told": told,
        "became": what_became(review.submission),
        "review_address": review_address(review.submission),
        "change": change_under_review(review, request.user) if review.shown and review.before else None,
    }
    return render(request, "wiki/admin/moderate.html", context, status=status)


def change_under_review(review: UnderReview, user) -> ShownDiff:
    """From what readers see now to what would be published; of a decided text, from what it was written from."""
    model = type(review.page)
    change = compare(content_text(model, review.before), content_text(model, review.text))
    return shown(change, review.page.locale.language_code, user, drafts=True)


@for_moderators
@require_GET
def preview(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The page as it would be, for the frame on the moderator's screen."""
    review = _review(request, submission_id)
    if not review.shown:
        raise Http404("not for others")
    return framed(proposed_page(review), request)
