"""Writing: a new topic, a reply. What was typed comes back with whatever is wrong."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.core.page_cache.decorators import personal_page
from cms.core.prepared import LARGEST_ID
from forum.addresses import category_address, topic_address
from forum.errors import Refused, TooMany
from forum.forms import TopicForm, WritingForm, fresh
from forum.models import Topic
from forum.queries.topics import reachable_topic
from forum.services import Posted, open_topic
from forum.services import reply as send_reply
from forum.services.posting import Message
from forum.views.lists import category_or_404
from forum.views.reader import reader


def reply_form(topic: Topic) -> WritingForm:
    return WritingForm(initial=fresh(language=topic.language), auto_id="reply-%s")


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    user = reader(request)
    if user is None:
        return redirect_to_login(request.get_full_path())
    category = category_or_404(slug, user)
    context = {"category": category, "cancel_url": category_address(category.slug), "title": _("New topic")}
    if request.method != "POST":
        return form_page(request, TopicForm(initial=fresh(language=get_language())), context)
    form = TopicForm(request.POST)
    return attempt(
        request,
        form,
        context,
        lambda data: open_topic(user, category.pk, data["title"], message_of(data)),
    )


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, topic_id: int) -> HttpResponse:
    user = reader(request)
    if user is None:
        return redirect_to_login(request.get_full_path())
    try:
        topic = reachable_topic(min(topic_id, LARGEST_ID), user).topic
    except Topic.DoesNotExist:
        raise Http404("no such topic") from None
    context = {
        "topic": topic,
        "cancel_url": topic_address(topic.pk, topic.slug, topic.highest_number),
        "title": _("Reply"),
    }
    if request.method != "POST":
        return form_page(request, reply_form(topic), context)
    form = WritingForm(request.POST, auto_id="reply-%s")
    return attempt(request, form, context, lambda data: send_reply(user, topic.pk, message_of(data)))


def message_of(data: dict) -> Message:
    return Message(
        data["text"], data["language"], data["nonce"], reply_to=data["reply_to"], trap=bool(data["homepage"])
    )


def attempt(request: HttpRequest, form: WritingForm, context: dict, send) -> HttpResponse:
    if not form.is_valid():
        return form_page(request, form, context, 422)
    try:
        posted: Posted = send(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return form_page(request, form, context, 422)
    except TooMany as many:
        minutes = -(-many.seconds // 60)
        form.add_error(
            None,
            ngettext(
                "You post faster than the forum takes. Please send it again in a minute.",
                "You post faster than the forum takes. Please send it again in %(minutes)s minutes.",
                minutes,
            )
            % {"minutes": minutes},
        )
        answer = form_page(request, form, context, 429)
        answer.headers["Retry-After"] = str(many.seconds)
        return answer
    return redirect(reverse("forum_post", args=[posted.post.pk]))


def form_page(request: HttpRequest, form: WritingForm, context: dict, status: int = 200) -> HttpResponse:
    return render(
        request, "forum/write.html", {"nav": "forum", "noindex": True, "form": form, **context}, status=status
    )
