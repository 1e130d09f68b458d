"""`/{lang}/forum/member/<id>/moderate/`: somebody, as facilitators see them; silencing, suspending, notes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.accounts.models import User
from cms.core.alternates import alternates_for_address
from cms.core.paging import page_number
from cms.core.prepared import LARGEST_ID
from forum.deciding import may_sanction
from forum.decision_forms import NoteForm, SanctionForm
from forum.errors import Refused
from forum.models import Sanction
from forum.queries.deciders import standing_of_member
from forum.queries.moderated_members import MemberSheet, member_sheet
from forum.review_words import author_in_words, state_of_post, what_became
from forum.services.sanctioning import lift_sanction, note_about, sanction
from forum.standing import standing_of
from forum.views.gates import for_moderators


@for_moderators
@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: HttpRequest, user: User, user_id: int) -> HttpResponse:
    sheet = member_sheet(user, user_id) if user_id <= LARGEST_ID else None
    if sheet is None or user_id == user.pk:
        raise Http404("no such member")
    if request.method != "POST":
        return screen(request, user, sheet)
    action = request.POST.get("action", "")
    try:
        if action == "note":
            return keep_note(request, user, sheet)
        if action == "sanction":
            return give_sanction(request, user, sheet)
        if action == "lift":
            return lift(request, user, sheet)
    except Refused as refused:
        return screen(request, user, sheet, told=str(refused), status=403)
    return screen(request, user, sheet, told=_("The form that arrived is not one of this page."), status=400)


def keep_note(request: HttpRequest, user: User, sheet: MemberSheet) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return screen(request, user, sheet, note_form=form, status=422)
    note_about(user, sheet.member.pk, form.cleaned_data["text"])
    messages.success(request, _("The note is kept."))
    back = page_number(request.POST.get("back", ""))
    if back:
        return redirect("forum:review_item", back)
    return redirect("forum:moderate_member", sheet.member.pk)


def give_sanction(request: HttpRequest, user: User, sheet: MemberSheet) -> HttpResponse:
    form = SanctionForm(request.POST)
    if not form.is_valid():
        return screen(request, user, sheet, sanction_form=form, status=422)
    kind, days = form.cleaned_data["sanction"]
    try:
        sanction(user, sheet.member.pk, kind, days, form.cleaned_data["reason"])
    except ValidationError as error:
        form.add_error(None, error)
        return screen(request, user, sheet, sanction_form=form, status=422)
    messages.success(request, _("The member is told why, and until when."))
    return redirect("forum:moderate_member", sheet.member.pk)


def lift(request: HttpRequest, user: User, sheet: MemberSheet) -> HttpResponse:
    number = page_number(request.POST.get("sanction", ""))
    if number not in {one.pk for one in sheet.known.sanctions}:
        raise Http404("no such sanction")
    try:
        lift_sanction(user, number, request.POST.get("reason", "")[:500])
    except Sanction.DoesNotExist:
        raise Http404("no such sanction") from None
    messages.success(request, _("It is over, and the member is told."))
    return redirect("forum:moderate_member", sheet.member.pk)


def screen(
    request: HttpRequest,
    user: User,
    sheet: MemberSheet,
    *,
    note_form: NoteForm | None = None,
    sanction_form: SanctionForm | None = None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    refusal = may_sanction(standing_of(user), standing_of_member(sheet.member), timezone.now())
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "author": author_in_words(sheet.member, sheet.known),
        "posts": [(post, state_of_post(post.state)) for post in sheet.posts],
        "items": [(one, what_became(one)) for one in sheet.items],
        "may_sanction": not refusal,
        "may_lift": standing_of(user).facilitator,
        "note_form": note_form or NoteForm(auto_id="note-%s"),
        "sanction_form": sanction_form or SanctionForm(auto_id="sanction-%s"),
        "told": told,
        "log_url": f"{reverse('forum:review_log')}?member={sheet.member.pk}",
    }
    return render(request, "forum/moderate_member.html", context, status=status)
