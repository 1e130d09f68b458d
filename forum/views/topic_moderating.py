"""`/{lang}/forum/t/<id>/moderate/`: what facilitators do to a topic, each thing a form of its own. No JavaScript."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.accounts.models import User
from cms.core.alternates import alternates_for_address
from cms.core.errors import permission_denied
from cms.core.languages import direction
from cms.core.paging import asked_window
from cms.core.prepared import LARGEST_ID
from forum.addresses import topic_address
from forum.decision_forms import FlagForm, MergeForm, MoveForm, SplitForm, TitleForm
from forum.errors import Refused
from forum.models import Category, Topic
from forum.queries.categories import all_categories
from forum.queries.choosing import POSTS_TO_CHOOSE, posts_to_choose
from forum.services.curating import (
    CURATED,
    PLACED,
    close_topic,
    hide_topic,
    may_curate,
    move_topic,
    pin_topic,
    rename_topic,
    set_topic_language,
    show_topic,
)
from forum.services.merging_topics import merge_topic
from forum.services.splitting import split_into, split_topic
from forum.standing import standing_of
from forum.views.gates import for_members

FLAGS: dict[str, Callable] = {
    "pin": lambda user, pk, reason: pin_topic(user, pk, True, reason),
    "unpin": lambda user, pk, reason: pin_topic(user, pk, False, reason),
    "close": lambda user, pk, reason: close_topic(user, pk, True, reason),
    "reopen": lambda user, pk, reason: close_topic(user, pk, False, reason),
    "hide": hide_topic,
    "show": show_topic,
}


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: HttpRequest, user: User, topic_id: int) -> HttpResponse:
    topic = Topic.objects.reachable_by(user).filter(pk=min(topic_id, LARGEST_ID)).first()
    if topic is None or topic.state not in PLACED:
        raise Http404("no such topic")
    if may_curate(standing_of(user), topic.category_id, topic.language):
        return permission_denied(request)
    forms_shown = forms_of(user, topic)
    if request.method != "POST":
        return screen(request, topic, forms_shown)
    action = request.POST.get("action", "")
    name = "flag" if action in FLAGS else action
    if name not in forms_shown:
        told = _("The form that arrived is not one of this page.")
        return screen(request, topic, forms_shown, told=told, status=400)
    form = forms_of(user, topic, name, request.POST)[name]
    forms_shown[name] = form
    if not form.is_valid():
        return screen(request, topic, forms_shown, opened=name, status=422)
    try:
        after = act(user, topic, action, form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as error:
        form.add_error(None, error)
    except (Topic.DoesNotExist, Category.DoesNotExist):
        form.add_error(None, _("There is no such place, or it is not yours to moderate."))
    else:
        messages.success(request, _("Done. It stands in the log of the topic."))
        return redirect(reverse("forum:moderate_topic", args=[after.pk]))
    return screen(request, topic, forms_shown, opened=name, status=422)


def act(user: User, topic: Topic, action: str, data: dict) -> Topic:
    """The topic to go on with: the new one after a split, the other after a merge."""
    reason = data["reason"]
    if action in FLAGS:
        return FLAGS[action](user, topic.pk, reason)
    if action == "title":
        rename_topic(user, topic.pk, data["title"], reason)
        return set_topic_language(user, topic.pk, data["language"], reason)
    if action == "move":
        return move_topic(user, topic.pk, data["category"], reason)
    if action == "merge":
        return merge_topic(user, topic.pk, data["target"], reason)
    if data["target"]:
        return split_into(user, topic.pk, data["ranges"], data["target"], reason)
    return split_topic(
        user,
        topic.pk,
        data["ranges"],
        data["title"],
        language=data["language"],
        category_id=data["category"] or None,
        reason=reason,
    )


def forms_of(user: User, topic: Topic, bound: str = "", data=None) -> dict[str, forms.Form]:
    """By name. The one that is `bound` has `data`."""
    who = standing_of(user)
    places = [pk for pk in all_categories() if not may_curate(who, pk, topic.language)]

    def made(name: str, form_class: type[forms.Form], initial: dict | None = None, **fields) -> forms.Form:
        given = data if name == bound else None
        return form_class(given, initial=initial, auto_id=f"{name}-%s", **fields)

    shown = {
        "title": made("title", TitleForm, {"title": topic.title, "language": topic.language}),
        "move": made("move", MoveForm, {"category": topic.category_id}, categories=places),
    }
    if topic.state not in CURATED:
        return shown
    return shown | {
        "flag": made("flag", FlagForm),
        "merge": made("merge", MergeForm),
        "split": made(
            "split",
            SplitForm,
            {"language": topic.language, "category": topic.category_id},
            categories=places,
        ),
    }


def screen(
    request: HttpRequest,
    topic: Topic,
    shown: dict[str, forms.Form],
    *,
    opened: str = "",
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    window = asked_window(request, POSTS_TO_CHOOSE)
    last = window.last(topic.highest_number)
    number = min(window.number, last)
    split = shown.get("split")
    sent = split["chosen"].value() or [] if split is not None and split.is_bound else []
    chosen = {int(one) for one in sent if str(one).isascii() and str(one).isdecimal()}
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "topic": topic,
        "dir": direction(topic.language),
        "topic_url": topic_address(topic.pk, topic.slug),
        "state": topic.state,
        "forms": shown,
        "opened": opened,
        "told": told,
        "posts": posts_to_choose(topic, number, chosen),
        "turning": window.turning(topic.highest_number, lambda page: f"?page={page}#choose"),
        "page": number,
    }
    return render(request, "forum/moderate_topic.html", context, status=status)
