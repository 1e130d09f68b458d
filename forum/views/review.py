"""`/{lang}/forum/review/`: what waits, and `…/review/<id>/`: one of it, with the decision."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cms.accounts.models import User
from cms.core.alternates import alternates_for_address
from cms.core.prepared import LARGEST_ID
from forum.deciding import Decision, may_decide, may_have_led_to
from forum.decision_forms import DecisionForm, NoteForm
from forum.errors import Decided, Refused
from forum.models import Category, ReviewItem
from forum.places import place_in
from forum.queries.categories import categories_for
from forum.queries.deciders import matter_of, offered_for, others_decide
from forum.queries.review import (
    Asked,
    earlier_items,
    item_whole,
    known_of,
    own_decision,
    waiting_by_kind,
    waiting_page,
)
from forum.review_words import KINDS, row_of, what_became
from forum.rules import PostState, ReviewKind, ReviewState
from forum.services.reviewing import Verdict, decide
from forum.standing import standing_of
from forum.views.gates import for_members, for_moderators

FILTERED = (ReviewKind.HELD, ReviewKind.SPAM, ReviewKind.REPORTED_POST, ReviewKind.REPORTED_MEMBER)


@for_moderators
@require_safe
def queue(request: HttpRequest, user: User) -> HttpResponse:
    """`?kind=&category=&language=&after=`: filters that mean nothing are left out."""
    categories = moderated_by(user)
    asked = asked_of(request, categories)
    items, following = waiting_page(user, asked, place_in(request.GET.get("after", "")))
    known = known_of([item.member_id for item in items if item.member_id])
    numbers = waiting_by_kind(user)
    chosen = {"kind": asked.kind, "category": asked.category_id or "", "language": asked.language}
    query = {name: value for name, value in chosen.items() if value}
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "rows": [row_of(item, known) for item in items],
        "total": total_in_words(sum(numbers.values())),
        "kinds": [(code, KINDS[code], numbers.get(code, 0)) for code in FILTERED],
        "categories": [(pk, one.name) for pk, one in categories.items()],
        "languages": settings.LANGUAGES,
        "chosen": chosen,
        "filtered": bool(query),
        "following": f"?{urlencode({**query, 'after': str(following)})}" if following else "",
        "facilitator": standing_of(user).facilitator,
    }
    return render(request, "forum/review.html", context)


def total_in_words(number: int) -> str:
    if not number:
        return _("Nothing waits.")
    return ngettext("One thing waits.", "%(number)s things wait.", number) % {"number": number}


def moderated_by(user: User) -> dict[int, Category]:
    """Those they decide in: not even the name of a closed group's category is told to others."""
    who = standing_of(user)
    return {
        one.pk: one for one in categories_for(user) if who.facilitator or one.pk in who.moderated_categories()
    }


def asked_of(request: HttpRequest, categories: dict[int, Category]) -> Asked:
    kind, language = request.GET.get("kind", ""), request.GET.get("language", "")
    category = request.GET.get("category", "")
    category_id = int(category) if category.isascii() and category.isdecimal() and len(category) < 19 else 0
    return Asked(
        kind if kind in FILTERED else "",
        category_id if category_id in categories else None,
        language if language in dict(settings.LANGUAGES) else "",
    )


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, user: User, item_id: int) -> HttpResponse:
    """For whoever decides; whom it concerns is led to what was decided."""
    if item_id <= LARGEST_ID and request.method != "POST" and own_decision(user, item_id) is not None:
        return redirect("forum:decision", item_id)
    found = item_or_404(user, item_id)
    if request.method != "POST":
        return screen(request, user, found, decision_form(user, found))
    form = decision_form(user, found, request.POST)
    if found.state != ReviewState.WAITING:
        return too_late(request, user, found, form.data.get("decision", ""), form.data.get("reason", ""))
    if not form.is_valid():
        return screen(request, user, found, form, status=422)
    try:
        decided = decide(user, found.pk, verdict_of(form))
    except Decided:
        again = item_or_404(user, item_id)
        return too_late(request, user, again, form.cleaned_data["decision"], form.cleaned_data["reason"])
    except Refused as refused:
        return screen(request, user, found, form, told=str(refused), status=403)
    except ValidationError as error:
        form.add_error(None, error)
        return screen(request, user, found, form, status=422)
    messages.success(request, said(decided.state))
    return redirect(reverse("forum:review"))


def item_or_404(user, item_id: int) -> ReviewItem:
    found = item_whole(user, item_id) if item_id <= LARGEST_ID else None
    if found is None:
        raise Http404("no such item")
    return found


def verdict_of(form: DecisionForm) -> Verdict:
    data = form.cleaned_data
    kind, days = data.get("sanction") or ("", 0)
    return Verdict(
        data["decision"],
        data["seen"],
        data["reason"],
        source=(data.get("text") or "").replace("\r\n", "\n").strip(),
        language=data.get("language") or "",
        sanction=kind,
        days=days,
    )


def said(state: str) -> str:
    return {
        ReviewState.APPROVED: _("It is published. Its author is told."),
        ReviewState.CHANGED: _("Its text is changed. Its author is told."),
        ReviewState.RESTORED: _("It is brought back. Its author is told."),
        ReviewState.REFUSED: _("It is not published. Its author is told why, and can answer."),
        ReviewState.REMOVED: _("It is taken away. Its author is told why, and can answer."),
        ReviewState.SET_ASIDE: _("It stays as it is."),
        ReviewState.SANCTIONED: _("The member is told why, and until when."),
    }[state]


def decision_form(user, found: ReviewItem, data=None) -> DecisionForm:
    post = found.post
    return DecisionForm(
        data,
        initial={
            "seen": found.version,
            "text": post.source if post else "",
            "language": post.language if post else "",
        },
        offered=offered_for(found),
        standing=post is not None and post.state != PostState.HELD,
        may_sanction=standing_of(user).facilitator and found.member_id is not None,
    )


def too_late(request: HttpRequest, user: User, found: ReviewItem, decision: str, reason: str) -> HttpResponse:
    """Somebody was faster, or it is the second click of the same person; or there is more to see than they saw."""
    if may_have_led_to(decision, found.state) and found.decided_by_id == user.pk:
        messages.success(request, said(found.state))
        return redirect(reverse("forum:review"))
    if found.state == ReviewState.WAITING:
        told = _("Something changed since you looked: it is shown now. Nothing was decided; choose again.")
    else:
        told = f"{what_became(found)} {_('Your decision came later, and nothing more was done.')}"
    return screen(request, user, found, decision_form(user, found), told=told, kept=reason, status=409)


def screen(
    request: HttpRequest,
    user: User,
    found: ReviewItem,
    form: DecisionForm,
    *,
    told: str = "",
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    known = known_of([found.member_id] if found.member_id else [])
    matter = matter_of(found)
    others = matter.decided_before != user.pk or others_decide(matter, user.pk)
    refusal = may_decide(standing_of(user), matter, timezone.now(), others_can=others)
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "row": row_of(found, known),
        "form": form,
        "fields": [form[name] for name in ("reason", "sanction") if name in form.fields],
        "edits": Decision.EDIT in offered_for(found),
        "waits": found.state == ReviewState.WAITING,
        "refusal": str(Refused(refusal)) if refusal else "",
        "told": told,
        "kept": kept,
        "earlier": [(one, KINDS[one.kind], what_became(one)) for one in earlier_items(user, found)],
        "note_form": NoteForm(auto_id="note-%s"),
    }
    return render(request, "forum/review_item.html", context, status=status)
