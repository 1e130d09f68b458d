"""Atom feeds of the forum, of a category and of a topic; `?language=es`: only posts written in it.

The same for everybody, also for who is logged in: a feed reader has no session.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.atom import Entry, Feed, feed_response, tag
from cms.core.page_cache.decorators import public_page
from cms.core.prepared import LARGEST_ID
from forum.addresses import (
    category_address,
    category_feed_address,
    forum_feed_address,
    post_address,
    start,
    topic_address,
    topic_feed_address,
)
from forum.mail_text import for_excerpt, for_html_mail
from forum.models import Topic
from forum.queries.categories import categories_for
from forum.queries.feeds import FeedPost, newest_posts
from forum.rules import TopicState

SUMMARY = 300  # characters


@require_safe
@public_page
def forum_feed(request: HttpRequest) -> HttpResponse:
    language = asked_language(request)
    return answer(
        "all",
        title=_("Forum"),
        address=forum_feed_address(language),
        page=start(),
        posts=newest_posts(language=language),
        language=language,
    )


@require_safe
@public_page
def category_feed(request: HttpRequest, slug: str) -> HttpResponse:
    category = next((each for each in categories_for(None) if each.slug == slug), None)
    if category is None:
        raise Http404("no such feed")
    language = asked_language(request)
    return answer(
        f"category/{category.pk}",
        title=category.name,
        address=category_feed_address(category.slug, language),
        page=category_address(category.slug),
        posts=newest_posts(category_id=category.pk, language=language),
        language=language,
    )


@require_safe
@public_page
def topic_feed(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Of a topic merged into another: there."""
    language = asked_language(request)
    topic = Topic.objects.reachable_by(None).filter(pk=min(topic_id, LARGEST_ID)).first()
    if topic is not None and topic.state == TopicState.MERGED and topic.merged_into_id:
        into = Topic.objects.visible_to(None).filter(pk=topic.merged_into_id).first()
        if into is not None:
            return HttpResponsePermanentRedirect(topic_feed_address(into.pk, language))
    if topic is None or topic.state != TopicState.OPEN:
        raise Http404("no such feed")
    return answer(
        f"topic/{topic.pk}",
        title=topic.title,
        address=topic_feed_address(topic.pk, language),
        page=topic_address(topic.pk, topic.slug),
        posts=newest_posts(topic_id=topic.pk, language=language),
        language=language,
    )


def asked_language(request: HttpRequest) -> str:
    """One that is not known is passed over."""
    asked = request.GET.get("language", "")
    return asked if asked in settings.LANGUAGE_NAMES else ""


def answer(
    scope: str, *, title: str, address: str, page: str, posts: list[FeedPost], language: str
) -> HttpResponse:
    here = get_language() or settings.LANGUAGE_CODE
    named = f"{title} ({settings.LANGUAGE_NAMES[language]})" if language else title
    return feed_response(
        Feed(
            id=tag("forum", "feed", here, scope, language or "every"),
            title=f"{named} · {settings.WAGTAIL_SITE_NAME}",
            address=settings.BASE_URL + address,
            page=settings.BASE_URL + page,
            language=here,
            entries=[entry(post) for post in posts],
        )
    )


def entry(post: FeedPost) -> Entry:
    text = " ".join(for_excerpt(post.html).split())
    return Entry(
        id=tag("forum", "post", post.pk),
        title=post.title if post.number == 1 else _("Re: %(title)s") % {"title": post.title},
        address=settings.BASE_URL + post_address(post.pk),
        published=post.published_at,
        updated=max(post.published_at, post.edited_at or post.published_at),
        authors=[post.author or _("A former member")],
        language=post.topic_language,
        summary=text if len(text) <= SUMMARY else f"{text[: SUMMARY - 1].rstrip()}…",
        html=for_html_mail(post.html),
        html_language=post.language,
    )
