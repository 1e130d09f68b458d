"""Claiming a translation, giving it back, handing it over, and an editor's planning of it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from cms.accounts.models import User
from cms.core.errors import permission_denied
from cms.translations.addresses import task_address
from cms.translations.forms import HandOverForm, PlanForm
from cms.translations.models import TranslationTask
from cms.translations.queries.people import translators_into
from cms.translations.queries.queue import public_task
from cms.translations.queries.rights import may_prioritise, may_review
from cms.translations.queue_wording import day_in_words
from cms.translations.services.claiming import (
    AlreadyClaimed,
    LanguageClosed,
    NotInReach,
    claim,
    hand_over,
    plan,
    release,
)
from cms.translations.views.queue import for_translators
from cms.translations.views.reach import person

KNOWN = (AlreadyClaimed, NotInReach, PermissionDenied)


def task_or_404(task_id: int, holder: User | None = None) -> TranslationTask:
    """A task of the queue; of `holder`, also one whose original readers no longer have."""
    task = public_task(task_id)
    if task is None and holder is not None:
        task = holder.translation_tasks.filter(id=task_id).select_related("work", "target_locale").first()
    if task is None:
        raise Http404("no such translation")
    return task


@for_translators
@require_POST
def claim_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """On to the editor; if somebody was quicker, back to the list with their name."""
    task = task_or_404(task_id)
    try:
        claim(person(request), task.pk)
    except KNOWN as error:
        messages.error(request, refusal(error, task))
        return back(request)
    messages.success(
        request,
        _("“%(title)s” is yours. Each saving prolongs the claim; give it back if you cannot go on.")
        % {"title": task.work.title},
    )
    return redirect(asked_address(request) or task_address(task.pk))


@for_translators
@require_POST
def release_task(request: HttpRequest, task_id: int) -> HttpResponse:
    task = task_or_404(task_id, person(request))
    try:
        release(person(request), task.pk)
    except KNOWN as error:
        messages.error(request, refusal(error, task))
        return back(request)
    messages.success(
        request,
        _("“%(title)s” is back in the queue. What was written stays for whoever takes it on.")
        % {"title": task.work.title},
    )
    return back(request)


@for_translators
@require_http_methods(["GET", "POST"])
def hand_over_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """GET asks to whom."""
    task = task_or_404(task_id)
    if task.assignee_id != request.user.pk and not may_review(request.user, task.target_locale.language_code):
        return permission_denied(request)
    people = translators_into(task.target_locale.language_code)
    if task.assignee_id is not None:
        people = people.exclude(pk=task.assignee_id)
    form = HandOverForm(people, request.POST if request.method == "POST" else None)
    if form.is_valid():
        successor = form.cleaned_data["to"]
        try:
            hand_over(person(request), task.pk, successor)
        except KNOWN as error:
            messages.error(request, refusal(error, task))
        else:
            messages.success(
                request,
                _("%(name)s has “%(title)s” now, and is told.")
                % {"name": successor.shown_name, "title": task.work.title},
            )
        return back(request)
    return _form(request, "translations/admin/hand_over.html", task, form, people=people)


@for_translators
@require_http_methods(["GET", "POST"])
def plan_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """GET asks how urgent it is."""
    task = task_or_404(task_id)
    if not (may_prioritise(request.user) or may_review(request.user, task.target_locale.language_code)):
        return permission_denied(request)
    first = {"priority": task.priority, "due_on": task.due_on}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        plan(person(request), task.pk, form.cleaned_data["priority"], form.cleaned_data["due_on"])
        messages.success(request, _("“%(title)s” is planned.") % {"title": task.work.title})
        return back(request)
    return _form(request, "translations/admin/plan.html", task, form)


def _form(request: HttpRequest, template: str, task: TranslationTask, form, **more) -> HttpResponse:
    context = {
        "task": task,
        "form": form,
        "back": asked_address(request) or reverse("translations_queue"),
        **more,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def refusal(error: Exception, task: TranslationTask) -> str:
    """Why it was not done, and what to do now."""
    title = {"title": task.work.title}
    if isinstance(error, AlreadyClaimed) and error.task.assignee is not None:
        return _(
            "%(name)s has claimed “%(title)s”, until %(day)s. Choose another, or ask them to hand it over."
        ) % {
            **title,
            "name": error.task.assignee.shown_name,
            "day": day_in_words(error.task.claim_expires_at),
        }
    if isinstance(error, LanguageClosed):
        return (
            _(
                "“%(title)s” cannot be taken on: this language is closed to new translations. What was claimed before may "
                "be finished."
            )
            % title
        )
    if isinstance(error, NotInReach):
        if task.in_review:
            return _("“%(title)s” is in review: it can be taken on again when that is decided.") % title
        return _("“%(title)s” cannot be taken on now: its original or its language is not open.") % title
    return _("“%(title)s” is not yours to move. Nothing was changed.") % title


def asked_address(request: HttpRequest) -> str:
    """Where the person came from among the screens of translations; "" for anywhere else."""
    address = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if safe and address.startswith(reverse("translations_queue")) else ""


def back(request: HttpRequest) -> HttpResponse:
    return redirect(asked_address(request) or reverse("translations_queue"))
