"""The author's last step: see the change as editors will, sum it up, hand it in; or choose, where two texts meet."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from cms.core.page_cache.decorators import personal_page
from cms.wiki.deciders import verdict_on
from cms.wiki.filters import is_number
from cms.wiki.forms import SubmitForm
from cms.wiki.merging import changed_fields, merge
from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.queries.pages import sides_of
from cms.wiki.queries.receipts import receipt_of
from cms.wiki.queries.submissions import own_or_404
from cms.wiki.reviewing import review_address
from cms.wiki.rules import EDITABLE_STATES, NotInThisState
from cms.wiki.services import (
    AlreadyDecided,
    Conflict,
    NothingChanged,
    Protected,
    StaleText,
    TextUnderWay,
    approve,
    discard_draft,
    resolve_conflict,
    start_from,
    submit_for_review,
    take_back,
)
from cms.wiki.views.choosing import choices_between
from cms.wiki.views.showing import change_to


@never_cache
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, submission_id: int) -> HttpResponse:
    """`/admin/wiki/submissions/<id>/submit/`: the change, its summary and significance."""
    submission = own_or_404(request.user, submission_id)
    if submission.state not in EDITABLE_STATES:
        return redirect("wiki:submission", submission.pk)
    if request.method == "GET" and meets_another(submission):
        return redirect("wiki_conflict", submission.pk)
    alone = verdict_on(submission.page.specific, request.user, request.user.pk).allowed
    first = {"summary": submission.summary, "version": submission.version}
    if submission.reverts_to and not submission.summary:
        first["summary"] = _("Back to version %(number)s") % {"number": submission.reverts_to.number}
    if submission.summary:
        first["significance"] = submission.significance
    form = SubmitForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        answer = _hand_in(request, submission, form, publish=alone and "publish" in request.POST)
        if answer is not None:
            return answer
    context = {
        "submission": submission,
        "page": submission.page,
        "form": form,
        "alone": alone,
        "change": change_to(submission, request.user),
        "editor_url": reverse("wagtailadmin_pages:edit", args=[submission.page_id]),
    }
    return render(request, "wiki/admin/submit.html", context, status=422 if form.errors else 200)


def meets_another(submission: Submission) -> bool:
    """The author has to choose first: another text, public by now, says otherwise in the same places."""
    base, theirs = sides_of(submission, submission.page)
    return bool(merge(base, submission.content, theirs).conflicts)


def _hand_in(request, submission: Submission, form: SubmitForm, publish: bool) -> HttpResponse | None:
    """Submit, and publish where the author is the only editor. None: show the form again, with its errors."""
    data = form.cleaned_data
    try:
        submitted = submit_for_review(
            request.user, submission.pk, data["version"], data["summary"], data["significance"]
        )
        if publish and submitted.is_in_review:
            approve(request.user, submitted.pk)
            messages.success(request, _("Published. You are the only editor, and the history says so."))
            page = Page.objects.get(pk=submission.page_id)
            return redirect(page.get_url() or reverse("home:desk"))
    except Conflict:
        return redirect("wiki_conflict", submission.pk)
    except Protected:
        return redirect("wiki:edit", submission.page_id)  # says why, and until when
    except NothingChanged:
        form.add_error(None, _("This text says what readers see already: there is nothing to submit."))
    except StaleText:
        form.add_error(
            None, _("The text was saved again since you opened this screen. Look at it once more.")
        )
        version = Submission.objects.values_list("version", flat=True).get(pk=submission.pk)
        form.data = {**form.data.dict(), "version": version}  # type: ignore[attr-defined]
    except (NotInThisState, AlreadyDecided):
        return redirect("wiki:submission", submission.pk)
    except ValidationError as error:
        add_errors(form, submission, error)
    else:
        messages.success(
            request, _("Thank you: your text is with the editors. Your desk shows where it stands.")
        )
        return redirect("wiki:submission", submission.pk)
    return None


def add_errors(form: SubmitForm, submission: Submission, error: ValidationError) -> None:
    """Errors of the form's fields stand there; those of the text itself are named by the field they concern."""
    for name, texts in getattr(error, "message_dict", {"": error.messages}).items():
        if name in form.fields:
            form.add_error(name, texts)
            continue
        model = submission.page.specific_class
        known = {
            field.name: field.verbose_name
            for field in model._meta.get_fields()
            if hasattr(field, "verbose_name")
        }
        for text in texts:
            form.add_error(None, f"{known[name]}: {text}" if name in known else text)


@never_cache
@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, submission_id: int) -> HttpResponse:
    """`/admin/wiki/submissions/<id>/conflict/`: both texts kept, the author chooses by field."""
    submission = own_or_404(request.user, submission_id)
    if submission.state not in EDITABLE_STATES:
        return redirect("wiki:submission", submission.pk)
    base, theirs = sides_of(submission, submission.page)
    merged = merge(base, submission.content, theirs)
    if not merged.conflicts and request.method == "GET":
        return redirect("wiki_submit", submission.pk)
    missing = False
    if request.method == "POST":
        choices = {name: request.POST.get(f"choose-{name}", "") for name in merged.conflicts}
        missing = any(choice not in ("mine", "theirs") for choice in choices.values())
        version = request.POST.get("version", "")
        if not missing:
            try:
                resolve_conflict(
                    request.user, submission.pk, int(version) if is_number(version) else -1, choices
                )
            except StaleText:
                messages.warning(
                    request, _("The text was saved again meanwhile. Look at both texts once more.")
                )
                return redirect("wiki_conflict", submission.pk)
            except NotInThisState:
                return redirect("wiki:submission", submission.pk)
            messages.success(
                request, _("Both texts are joined as you chose. Read it through before you submit it.")
            )
            return redirect("wagtailadmin_pages:edit", submission.page_id)
    context = {
        "submission": submission,
        "page": submission.page,
        "fields": choices_between(submission, merged.conflicts, theirs, request.POST, request.user),
        "joined": len(
            [
                name
                for name in changed_fields(submission.content, merged.content)
                if name not in merged.conflicts
            ]
        ),
        "missing": missing,
    }
    return render(request, "wiki/admin/conflict.html", context, status=422 if missing else 200)


@personal_page
@login_required
def submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """`/{lang}/wiki/submissions/<id>/`: where an own text stands, and what it changes."""
    mine = own_or_404(request.user, submission_id)
    context = {
        "submission": mine,
        "page": mine.page,
        "change": change_to(mine, request.user),
        "receipt": receipt_of(mine),
        "editable": mine.state in EDITABLE_STATES,
        "review_address": review_address(mine),
        "noindex": True,
        "nav": "desk",
    }
    return render(request, "wiki/submission.html", context)


@personal_page
@login_required
@require_POST
def take_back_submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    own_or_404(request.user, submission_id)
    try:
        mine = take_back(request.user, submission_id)
    except NotInThisState:
        messages.warning(request, _("It was decided meanwhile, and cannot be taken back."))
        return redirect("wiki:submission", submission_id)
    messages.success(request, _("Your text is yours again. Submit it when it is ready."))
    return redirect("wagtailadmin_pages:edit", mine.page_id)


@personal_page
@login_required
@require_POST
def discard_submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    own_or_404(request.user, submission_id)
    try:
        discard_draft(request.user, submission_id)
    except NotInThisState:
        messages.warning(request, _("This text is with the editors. Take it back before you discard it."))
        return redirect("wiki:submission", submission_id)
    messages.success(request, _("Your draft is put away. The page is as readers see it."))
    return redirect("home:desk")


@personal_page
@login_required
@require_http_methods(["GET", "POST"])
def revert(request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
    """`/{lang}/wiki/<page>/revert/<revision>/`: an earlier version becomes a text of one's own, to be submitted."""
    copy = (
        PublishedRevision.objects.visible_to(request.user)
        .filter(pk=revision_id, page__id=page_id)
        .select_related("page")
        .first()
    )
    if copy is None:
        raise Http404("no such version")
    page = copy.page
    if not page.permissions_for_user(request.user).can_edit():
        return redirect("wiki:edit", page_id)
    under_way = False
    if request.method == "POST":
        try:
            mine = start_from(request.user, page, copy)
        except TextUnderWay:
            under_way = True
        else:
            return redirect("wiki_submit", mine.pk)
    context = {"page": page, "copy": copy, "under_way": under_way, "noindex": True}
    return render(request, "wiki/revert.html", context, status=409 if under_way else 200)
