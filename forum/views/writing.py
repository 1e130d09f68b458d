"""Writing: a new topic, a reply."""

from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.alternates import alternates_for_address
from cms.core.languages import direction, open_language_codes
from cms.core.page_cache.decorators import personal_page
from cms.core.paging import page_number
from cms.core.prepared import LARGEST_ID
from forum.addresses import category_address, post_address, start, topic_address
from forum.forms import TopicForm, WritingForm, fresh
from forum.models import Topic
from forum.queries.categories import categories_for
from forum.queries.drafts import draft_of
from forum.queries.pages import page_to_discuss
from forum.queries.posts import reached_post
from forum.queries.quotes import quote_of
from forum.queries.topics import TopicPage, reachable_topic, where_post_is
from forum.rules import PostState, Refusal, TopicState, may_reply, may_write
from forum.services import Posted, open_topic
from forum.services import reply as send_reply
from forum.services.posting import Message, place_of
from forum.shown_categories import shown_category
from forum.standing import standing_of
from forum.views.composing import Writing, answer, logged_out, nowhere_to_send, unsent_of, with_words
from forum.views.kept_composer import empty_reply_form
from forum.views.lists import category_or_404, may_open
from forum.views.reader import forum_page, reader


@require_safe
@forum_page
def where(request: HttpRequest) -> HttpResponse:
    """`/{lang}/forum/new/`: in which category? Goes on by itself where there is but one."""
    user = reader(request)
    shown = [each for each in categories_for(user) if may_open(standing_of(user), each)]
    about = page_to_discuss(page_number(request.GET.get("about", "")))
    more = "?" + urlencode({"about": about.pk}) if about else ""
    if len(shown) == 1:
        return redirect(f"{category_address(shown[0].slug)}new/{more}")
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "crumbs": [(_("Forum"), start())],
        "shown": [shown_category(each) for each in shown],
        "about": about,
        "more": more,
        "known": user is not None,
    }
    return render(request, "forum/where.html", context)


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    user = reader(request)
    if user is None:
        return logged_out(request, f"new:{slug}")
    category = category_or_404(slug, user)
    about = page_to_discuss(page_number((request.POST or request.GET).get("about", "")))
    own = f"{category_address(category.slug)}new/"
    writing = Writing(
        TopicForm,
        key=f"new:{category.pk}",
        unsent=f"new:{category.slug}",
        action=own + ("?" + urlencode({"about": about.pk}) if about else ""),
        submit=_("Open the topic"),
        send=partial(send_topic, user, category.pk, about),
        initial=fresh(
            language=language_to_write(user, get_language() or "en"), about=about.pk if about else None
        ),
        cancel_url=category_address(category.slug),
        context={
            "title": _("New topic"),
            "crumbs": [(_("Forum"), start()), (category.name, category_address(category.slug))],
            "alternates": alternates_for_address(request),
            "about": about,
        },
    )
    if not may_open(standing_of(user), category):
        writing.refusal = may_write(standing_of(user), timezone.now()) or Refusal.FACILITATORS_ONLY
    return answer(request, user, writing)


def send_topic(user, category_id: int, about, data: dict) -> str:
    posted = open_topic(user, category_id, data["title"], message_of(data, f"new:{category_id}"), page=about)
    return where_it_went(posted, user)


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, topic_id: int) -> HttpResponse:
    """`?quote=57`: with a passage of that post. `?to=57`: an answer to it."""
    user = reader(request)
    if user is None:
        return logged_out(request, f"topic:{topic_id}")
    try:
        topic = open_topic_or_404(topic_id, user).topic
    except Http404:
        if request.method == "POST":
            return nowhere_to_send(request)
        raise
    writing = reply_writing(topic, user)
    if quoted := page_number(request.GET.get("quote", "")):
        writing.quoted, writing.initial["reply_to"] = quote_of(quoted, user), quoted
    elif to := page_number(request.GET.get("to", "")):
        writing.initial["reply_to"] = to
    writing.context = {
        "answered": answered_post(request, user),
        "title": _("Reply"),
        "crumbs": [
            (_("Forum"), start()),
            (topic.category.name, category_address(topic.category.slug)),
            (topic.title, topic_address(topic.pk, topic.slug)),
        ],
        "alternates": alternates_for_address(request),
        "topic": topic,
    }
    writing.refusal = may_reply(standing_of(user), place_of(topic), timezone.now())
    return answer(request, user, writing)


def answered_post(request: HttpRequest, user) -> dict | None:
    """The post that is answered, to be read again while one writes. One query."""
    number = page_number((request.POST.get("reply_to") or request.GET.get("to", ""))[:10])
    found = reached_post(number, user) if number else None
    if found is None or found.post.state != PostState.PUBLISHED:
        return None
    post = found.post
    return {
        "number": post.number,
        "url": post_address(post.pk),
        "html": mark_safe(post.html),
        "lang": post.language,
        "dir": direction(post.language),
    }


def language_to_write(user, wanted: str) -> str:
    """The language of the topic, or of the page, where they write it; else the first they say they write."""
    written = [code for code in user.languages_written or () if code in open_language_codes()]
    return wanted if wanted in written or not written else written[0]


def open_topic_or_404(topic_id: int, user) -> TopicPage:
    """Also of who writes to a topic that was merged away meanwhile: the one it went into."""
    try:
        found = reachable_topic(min(topic_id, LARGEST_ID), user)
        if found.topic.state == TopicState.MERGED and found.topic.merged_into_id:
            found = reachable_topic(found.topic.merged_into_id, user)
    except Topic.DoesNotExist:
        raise Http404("no such topic") from None
    return found


def reply_writing(topic: Topic, user) -> Writing:
    return Writing(
        WritingForm,
        key=f"topic:{topic.pk}",
        action=f"{start()}t/{topic.pk}/reply/",
        submit=_("Send the reply"),
        send=partial(send_reply_to, user, topic.pk),
        initial=fresh(language=language_to_write(user, topic.language)),
        cancel_url=topic_address(topic.pk, topic.slug, topic.highest_number),
        topic_id=topic.pk,
    )


def reply_composer(request: HttpRequest, topic: Topic, user) -> dict:
    """For the foot of the topic's page: `composer`, or `empty_composer` as HTML. One query: the draft."""
    writing = reply_writing(topic, user)
    unsent, draft = unsent_of(request, writing), draft_of(user, writing.key)
    if unsent is None and draft is None:
        return {"empty_composer": empty_reply_form(topic.pk, writing.initial["language"], get_token(request))}
    writing.cancel_url = ""
    return {"composer": with_words(writing, unsent, draft)}


def send_reply_to(user, topic_id: int, data: dict) -> str:
    return where_it_went(send_reply(user, topic_id, message_of(data, f"topic:{topic_id}")), user)


def message_of(data: dict, draft: str) -> Message:
    return Message(
        data["text"],
        data["language"],
        data["nonce"],
        reply_to=data["reply_to"],
        trap=bool(data["homepage"]),
        draft=draft,
    )


def where_it_went(posted: Posted, user) -> str:
    """The address where its author sees it, whether it waits or not."""
    found = where_post_is(posted.post.pk, user)
    if found is None:
        return start()
    if found.number:
        return topic_address(found.topic_id, found.slug, found.number)
    return topic_address(found.topic_id, found.slug, page=found.pages) + f"#waiting-{posted.post.pk}"
