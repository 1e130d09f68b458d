"""A topic's page, and the addresses that lead to a post for ever."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.alternates import alternates_for_address
from cms.core.languages import direction, open_language_codes
from cms.core.paging import Window, asked_window
from cms.core.prepared import LARGEST_ID
from forum.addresses import category_address, post_address, start, topic_address, topic_feed_address
from forum.conversation import Viewer, languages_read, shown_post
from forum.listing import language_name
from forum.models import Category, Topic
from forum.queries.categories import all_categories
from forum.queries.following import following_of
from forum.queries.topics import (
    PostRow,
    TopicPage,
    first_number_since,
    marks_of,
    moved_numbers,
    page_about,
    posts_on_page,
    reachable_topic,
    translations_of,
    where_post_is,
)
from forum.refusals import refusal_words
from forum.rendering import plain_text
from forum.rules import POSTS_PER_PAGE, Access, PostState, TopicState, may_reply
from forum.services.posting import place_of
from forum.shown_categories import shown_category
from forum.shown_levels import following_context
from forum.standing import standing_of
from forum.views.reader import forum_page, reader
from forum.views.writing import reply_composer

LONGEST_DESCRIPTION = 160


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in the conversation: a post; or numbers that went elsewhere; or where the unread posts begin."""

    html: SafeString | str = ""
    moved: tuple[tuple[int, str], ...] = ()  # (number, address)
    unread_begins: bool = False


@require_safe
@forum_page
def topic(request: HttpRequest, topic_id: int, slug: str = "") -> HttpResponse:
    """`/{lang}/forum/t/<id>-<slug>/?page=3`. Another slug, or a topic it was merged into: redirects.

    At most six queries anonymous and ten with an account, whatever the number of posts.
    """
    user = reader(request)
    found = topic_or_404(topic_id, user)
    topic = found.topic
    if topic.state == TopicState.MERGED:
        return merged_away(topic, user)
    window = asked_window(request, POSTS_PER_PAGE)
    if topic.slug != slug:
        page = min(window.number, window.last(topic.highest_number))
        return HttpResponsePermanentRedirect(topic_address(topic.pk, topic.slug, page=page))
    if corrected := window.corrected(request, topic.highest_number):
        return redirect(corrected)
    return render(request, "forum/topic.html", topic_context(request, found, user, window))


def topic_or_404(topic_id: int, user) -> TopicPage:
    try:
        return reachable_topic(topic_id, user) if topic_id <= LARGEST_ID else none_found()
    except Topic.DoesNotExist:
        raise Http404("no such topic") from None


def none_found() -> TopicPage:
    raise Topic.DoesNotExist


def merged_away(topic: Topic, user) -> HttpResponse:
    if topic.merged_into_id is None:
        raise Http404("no such topic")
    into = topic_or_404(topic.merged_into_id, user).topic
    return HttpResponsePermanentRedirect(topic_address(into.pk, into.slug))


def topic_context(request: HttpRequest, found: TopicPage, user, window: Window) -> dict:
    topic = found.topic
    category = all_categories()[topic.category_id]
    who = standing_of(user)
    page, last = window.number, window.last(topic.highest_number)
    posts = posts_on_page(topic, page, user, with_held=page == last)
    now = timezone.now()
    refusal = may_reply(who, place_of(topic), now)
    reads = languages_read(user, get_language() or "en")
    viewer = Viewer(who, reads, now, topic, category, replies=not refusal)
    public = category.access == Access.PUBLIC and topic.state == TopicState.OPEN
    return {
        **heading_context(request, topic, category, page),
        "noindex": not public or not posts,
        "description": described(posts, topic),
        "lines": lines(posts, found, page, user, viewer),
        "page_number": page,
        "last_page": last,
        "first_url": topic_address(topic.pk, topic.slug),
        "turning": window.turning(
            topic.highest_number, lambda number: topic_address(topic.pk, topic.slug, page=number)
        ),
        "level": found.level,
        "first_unread": found.first_unread if found.last_read else None,
        "first_unread_url": topic_address(topic.pk, topic.slug, found.first_unread or 0),
        **(reading_context(topic, posts, found) if user is not None else {}),
        "news_url": f"{start()}t/{topic.pk}/new-posts/" if topic.state == TopicState.OPEN else "",
        "follow_url": f"{start()}t/{topic.pk}/follow/",
        "feed_url": topic_feed_address(topic.pk) if public else "",
        "newest_url": topic_address(topic.pk, topic.slug, topic.highest_number),
        "known": user is not None,
        "moderates": who.moderates(topic.category_id, topic.language),
        **({} if refusal else reply_composer(request, topic, user)),
        "refused": refusal_words(refusal, user) if refusal and user is not None else "",
    }


def heading_context(request: HttpRequest, topic: Topic, category: Category, page: int) -> dict:
    """What stands above the posts, and in the head of the page. One query where it is about a page of the library."""
    own = topic_address(topic.pk, topic.slug, page=page, language=topic_language(topic))
    return {
        "nav": "forum",
        "alternates": alternates_for_address(request),
        "one_language": True,
        "canonical_url": settings.BASE_URL + own,
        "crumbs": [(_("Forum"), start()), (category.name, category_address(category.slug))],
        "topic": topic,
        "category": shown_category(category),
        "lang": topic.language,
        "dir": direction(topic.language),
        "language_name": language_name(topic.language),
        "about": page_about(topic.work),
    }


def reading_context(topic: Topic, posts: list[PostRow], found: TopicPage) -> dict:
    """For who is known: what they follow, and what is noted as read. No query."""
    numbers = [post.number for post in posts if post.number]
    if topic.state != TopicState.OPEN:
        return {}
    return {
        "following": following_context(topic, following_of(topic)),
        "reading_url": f"{start()}t/{topic.pk}/read/" if numbers else "",
        "last_shown": max(numbers, default=0),
        "unread_here": bool(found.first_unread and found.first_unread <= max(numbers, default=0)),
    }


def topic_language(topic: Topic) -> str:
    """In which language the address stands that search engines are told: one topic, one address."""
    return topic.language if topic.language in open_language_codes() else get_language() or "en"


def described(posts: list[PostRow], topic: Topic) -> str:
    first = next((post for post in posts if post.state == PostState.PUBLISHED), None)
    text = " ".join(plain_text(first.html[:2000]).split()) if first else ""
    if len(text) <= LONGEST_DESCRIPTION:
        return text or topic.title
    return text[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + " …"


def lines(posts: list[PostRow], found: TopicPage, page: int, user, viewer: Viewer) -> list[Line]:
    """The posts of the page in their order, with what stands between them."""
    translations, mine = translations_of(posts, user), marks_of(posts, user)
    moved = moved_numbers(found.topic, page, posts)
    made: list[Line] = []
    gone: list[tuple[int, str]] = []
    rows = {post.number: post for post in posts if post.number}
    for number in sorted({*rows, *moved}):
        if number in moved:
            gone.append((number, post_address(moved[number])))
            continue
        if gone:
            made.append(Line(moved=tuple(gone)))
            gone = []
        if number == found.first_unread and found.last_read and number > 1:
            made.append(Line(unread_begins=True))
        post = rows[number]
        made.append(Line(shown_post(post, translations.get(post.pk, ()), mine.get(post.pk, ()), viewer)))
    if gone:
        made.append(Line(moved=tuple(gone)))
    waiting = [post for post in posts if not post.number]
    return made + [Line(shown_post(post, (), (), viewer)) for post in waiting]


@require_safe
@forum_page
def post_link(request: HttpRequest, post_id: int) -> HttpResponse:
    """`/forum/p/<id>/`: leads to where the post stands now."""
    where = where_post_is(post_id, reader(request)) if post_id <= LARGEST_ID else None
    if where is None:
        raise Http404("no such post")
    if where.number and not where.left:
        return redirect("forum:delete", post_id)
    if where.number:
        return redirect(topic_address(where.topic_id, where.slug, where.number))
    return redirect(topic_address(where.topic_id, where.slug, page=where.pages) + f"#waiting-{post_id}")


@require_safe
@forum_page
def at_date(request: HttpRequest, topic_id: int) -> HttpResponse:
    """`?day=2026-11-26`: the first post of that day or later; the newest, where all are older."""
    user = reader(request)
    topic = topic_or_404(topic_id, user).topic
    number = topic.highest_number
    if (day := read_day(request.GET.get("day", ""))) is not None:
        moment = datetime.combine(day, time(), UTC)
        number = first_number_since(topic, moment, user) or number
    return redirect(topic_address(topic.pk, topic.slug, number))


def read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
