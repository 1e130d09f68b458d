"""Saying that something is wrong with a post or a member; and a decision about one's own, with the one answer to it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cms.accounts.models import User
from cms.core.alternates import alternates_for_address
from cms.core.languages import direction
from cms.core.prepared import LARGEST_ID
from forum.addresses import member_address, post_address
from forum.decision_forms import AnswerForm, ReportForm
from forum.errors import Refused, TooMany
from forum.models import Post, PostTranslation, Report, ReviewItem, Topic
from forum.queries.deciders import post_of, title_for
from forum.queries.members import member_shown
from forum.queries.review import own_decision
from forum.rules import ReviewState
from forum.services.reporting import report_member as send_report_of_member
from forum.services.reporting import report_post as send_report_of_post
from forum.services.reviewing import answer_decision, can_be_answered
from forum.views.gates import for_members


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def report_post(request: HttpRequest, user: User, post_id: int) -> HttpResponse:
    found = Post.objects.shown_to(user).select_related("author").filter(pk=min(post_id, LARGEST_ID)).first()
    if found is None:
        raise Http404("no such post")
    context = {
        "title": _("Report a post"),
        "name": found.author.shown_name if found.author else _("a former member"),
        "post": found,
        "dir": direction(found.language),
        "back": post_address(found.pk),
    }
    return attempt(
        request, context, lambda data: send_report_of_post(user, found.pk, data["reason"], data["text"])
    )


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def report_member(request: HttpRequest, user: User, user_id: int) -> HttpResponse:
    shown = member_shown(min(user_id, LARGEST_ID), user)
    if shown is None:
        raise Http404("no such member")
    context = {"title": _("Report a member"), "name": shown.name, "back": member_address(shown.pk)}
    return attempt(
        request, context, lambda data: send_report_of_member(user, shown.pk, data["reason"], data["text"])
    )


def attempt(request: HttpRequest, context: dict, send: Callable[[dict], Report]) -> HttpResponse:
    if request.method != "POST":
        return form_page(request, context, ReportForm())
    form = ReportForm(request.POST)
    if not form.is_valid():
        return form_page(request, context, form, 422)
    try:
        send(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return form_page(request, context, form, 422)
    except TooMany as many:
        hours = -(-many.seconds // 3600)
        form.add_error(
            None,
            ngettext(
                "You have reported much today. Please come back in an hour.",
                "You have reported much today. Please come back in %(hours)s hours.",
                hours,
            )
            % {"hours": hours},
        )
        answer = form_page(request, context, form, 429)
        answer.headers["Retry-After"] = str(many.seconds)
        return answer
    return render(request, "forum/reported.html", {"nav": "forum", "noindex": True, **context})


def form_page(request: HttpRequest, context: dict, form: ReportForm, status: int = 200) -> HttpResponse:
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "form": form,
        **context,
    }
    return render(request, "forum/report.html", context, status=status)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, user: User, item_id: int) -> HttpResponse:
    """`/{lang}/forum/me/decision/<id>/`: what was decided about something of theirs, and why."""
    item = own_decision(user, item_id) if item_id <= LARGEST_ID else None
    if item is None:
        raise Http404("no such decision")
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_decision(user, item.pk, form.cleaned_data["text"])
        except (Refused, ValidationError):
            form.add_error(None, _("This can no longer be answered."))
        else:
            messages.success(request, _("Thank you. Somebody else looks at it again, and you are told."))
            return redirect(reverse("forum:decision", args=[item.pk]))
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "item": item,
        "said": decided_in_words(item),
        "text": text_of(item, user),
        "topic": topic_of(item, user),
        "dir": direction(item.language) if item.language else "",
        "may_answer": can_be_answered(item, user),
        "form": form,
    }
    return render(request, "forum/decision.html", context, status=422 if form.errors else 200)


def topic_of(item: ReviewItem, user) -> Topic | None:
    post = post_of(item)
    return post.topic if post and title_for(user, post.topic) else None


def text_of(item: ReviewItem, user) -> Post | PostTranslation | None:
    """Their own words: a translation that another has improved since is not theirs any more."""
    row = item.translation
    if row is not None:
        return row if row.translator_id == user.pk else None
    return item.post


def decided_in_words(item: ReviewItem) -> str:
    if item.state == ReviewState.WAITING:
        return _("A facilitator looks at it. You are told what they decide.")
    return {
        ReviewState.APPROVED: _("A facilitator has read it, and it is published. Thank you."),
        ReviewState.REFUSED: _("A facilitator has read it and did not publish it."),
        ReviewState.REMOVED: _("A facilitator has taken it away."),
        ReviewState.CHANGED: _(
            "A facilitator has changed the text. The one before it stands in its history."
        ),
        ReviewState.RESTORED: _("A facilitator has looked at it again and brought it back."),
        ReviewState.SANCTIONED: _("A facilitator has decided that you do not write here for some time."),
        ReviewState.SET_ASIDE: _("Somebody else has looked at it again. It stays as it was decided."),
    }[item.state]
