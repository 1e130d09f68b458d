"""A topic's page, and the addresses that lead to a post for ever."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.alternates import alternates_for_address
from cms.core.dates import written_date
from cms.core.languages import direction
from cms.core.paging import asked_window
from cms.core.prepared import LARGEST_ID
from forum.addresses import category_address, start, topic_address
from forum.models import Topic
from forum.queries.categories import all_categories
from forum.queries.topics import PostRow, TopicPage, page_about, posts_on_page, reachable_topic, where_post_is
from forum.rules import POSTS_PER_PAGE, PostState, TopicState, may_reply
from forum.services.posting import place_of
from forum.standing import standing_of
from forum.views.reader import forum_page, reader
from forum.views.writing import reply_form


@forum_page
def topic(request: HttpRequest, topic_id: int, slug: str = "") -> HttpResponse:
    """`/{lang}/forum/t/<id>-<slug>/?page=3`. Another slug, another topic it was merged into: redirects."""
    user = reader(request)
    found = topic_or_404(topic_id, user)
    if found.topic.state == TopicState.MERGED:
        return merged_away(found.topic, user)
    window = asked_window(request, POSTS_PER_PAGE)
    corrected = window.corrected(request, found.topic.highest_number)
    if corrected or found.topic.slug != slug:
        page = min(window.number, window.last(found.topic.highest_number))
        return (
            HttpResponsePermanentRedirect(topic_address(topic_id, found.topic.slug, page=page))
            if (found.topic.slug != slug)
            else redirect(corrected)
        )
    return render(request, "forum/topic.html", topic_context(request, found, user, window))


def topic_or_404(topic_id: int, user) -> TopicPage:
    if topic_id > LARGEST_ID:
        raise Http404("no such topic")
    try:
        return reachable_topic(topic_id, user)
    except Topic.DoesNotExist:
        raise Http404("no such topic") from None


def merged_away(topic: Topic, user) -> HttpResponse:
    if topic.merged_into_id is None:
        raise Http404("no such topic")
    into = topic_or_404(topic.merged_into_id, user).topic
    return HttpResponsePermanentRedirect(topic_address(into.pk, into.slug))


def topic_context(request: HttpRequest, found: TopicPage, user, window) -> dict:
    topic = found.topic
    category = all_categories()[topic.category_id]
    last = window.last(topic.highest_number)
    posts = posts_on_page(topic, window.number, user, with_held=window.number == last)
    refusal = may_reply(standing_of(user), place_of(topic), timezone.now())
    return {
        "nav": "forum",
        "alternates": alternates_for_address(request),
        "topic": topic,
        "category": category,
        "crumbs": [(_("Forum"), start()), (category.name, category_address(category.slug))],
        "lang": topic.language,
        "dir": direction(topic.language),
        "about": page_about(topic.work),
        "posts": [post_context(post, topic) for post in posts],
        "turning": window.turning(
            topic.highest_number, lambda number: topic_address(topic.pk, topic.slug, page=number)
        ),
        "reply_form": reply_form(topic) if not refusal else None,
        "refusal": refusal,
        "canonical_url": "",
        "noindex": category.access != "public" or topic.state != TopicState.OPEN,
    }


def post_context(post: PostRow, topic: Topic) -> dict:
    local = timezone.localtime(post.moment)
    return {
        "post": post,
        "deleted": post.state == PostState.DELETED,
        "held": post.state == PostState.HELD,
        "dir": direction(post.language),
        "day": f"{written_date(local.date())}, {local:%H:%M}",
        "moment": local.isoformat(timespec="seconds"),
    }


@forum_page
def post_link(request: HttpRequest, post_id: int) -> HttpResponse:
    """`/forum/p/<id>/`: leads to where the post stands now."""
    where = where_post_is(post_id, reader(request)) if post_id <= LARGEST_ID else None
    if where is None:
        raise Http404("no such post")
    return redirect(topic_address(where.topic_id, where.title_slug, where.number or 0))
