"""Choosing what to hear of, noting what was read, and asking what is new. All of it works without a script."""

from hashlib import blake2b

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.alternates import alternates_for_address
from cms.core.languages import direction
from cms.core.page_cache.decorators import personal_page
from cms.core.page_cache.stamp import current_stamp
from cms.core.paging import page_number
from cms.core.prepared import LARGEST_ID
from forum.addresses import category_address, post_address, start, topic_address
from forum.models import Topic
from forum.queries.categories import categories_for
from forum.queries.following import Following, followed_topic, news_of
from forum.services.reading import follow_category, follow_topic, mark_all_read, note_read
from forum.shown_levels import (
    OF_CATEGORY,
    category_following_context,
    following_context,
    level_names,
    reason_of,
)
from forum.views.reader import forum_page, has_session, reader

# --- Levels


@personal_page
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, topic_id: int) -> HttpResponse:
    """GET: what holds and what can be chosen. POST `level` (0 to 3, or `category`): choose it.

    A script gets the new reason as a fragment; everybody else is led back to the topic.
    """
    user = request.user if request.user.is_authenticated else None
    try:
        topic, following = followed_topic(topic_id if topic_id <= LARGEST_ID else 0, user)
    except Topic.DoesNotExist:
        raise Http404("no such topic") from None
    if user is None:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        chosen = request.POST.get("level", "")
        level = page_level(chosen)
        if level is None and chosen != OF_CATEGORY:
            return HttpResponseBadRequest()
        follow_topic(user, topic.pk, level)
        if not from_script(request):
            return redirect(topic_address(topic.pk, topic.slug))
        following = Following(level, following.of_category, "chosen")
        return render(request, "forum/_followed.html", {"reason": reason_of(following)})
    context = following_context(topic, following) | {
        "topic": topic,
        "lang": topic.language,
        "dir": direction(topic.language),
        "back": topic_address(topic.pk, topic.slug),
        "explained": level_names().values(),
    }
    return render(request, "forum/follow.html", context | own_page(request))


@personal_page
@require_http_methods(["GET", "POST"])
def follow_of_category(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a category."""
    user = request.user if request.user.is_authenticated else None
    category = next((each for each in categories_for(user) if each.slug == slug), None)
    if category is None:
        raise Http404("no such category")
    if user is None:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        level = page_level(request.POST.get("level", ""))
        if level is None:
            return HttpResponseBadRequest()
        follow_category(user, category.pk, level)
        if not from_script(request):
            return redirect(category_address(category.slug))
        return render(request, "forum/_followed.html", {"reason": _("As you chose.")})
    context = category_following_context(category, user) | {
        "category": category,
        "back": category_address(category.slug),
        "explained": level_names().values(),
    }
    return render(request, "forum/follow.html", context | own_page(request))


def page_level(text: str) -> int | None:
    """0 to 3, or None for what is no level."""
    return int(text) if text in {"0", "1", "2", "3"} else None


def from_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def own_page(request: HttpRequest) -> dict:
    return {"alternates": alternates_for_address(request), "noindex": True, "nav": "forum"}


# --- What was read


@personal_page
@require_POST
def read(request: HttpRequest, topic_id: int) -> HttpResponse:
    """POST `number`: read up to there. With `quiet` (a script, maybe on its way out of the page) nothing is shown."""
    quiet = bool(request.POST.get("quiet"))
    if not request.user.is_authenticated:
        return HttpResponse(status=403) if quiet else redirect_to_login(start())
    number = page_number(request.POST.get("number", ""))
    if not number:
        return HttpResponseBadRequest()
    try:
        reached = note_read(request.user, topic_id if topic_id <= LARGEST_ID else 0, number)
    except Topic.DoesNotExist:
        raise Http404("no such topic") from None
    if quiet:
        return HttpResponse(status=204)
    topic = Topic.objects.visible_to(request.user).get(pk=topic_id)
    return redirect(topic_address(topic.pk, topic.slug, reached))


@personal_page
@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """POST `until` (when the list was shown), maybe `category` (its id): all that is unread there is read."""
    until = parse_moment(request.POST.get("until", ""))
    if until is None:
        return HttpResponseBadRequest()
    number = page_number(request.POST.get("category", ""))
    category = next((each for each in categories_for(request.user) if each.pk == number), None)
    mark_all_read(request.user, until, category.pk if category else 0)
    return redirect(category_address(category.slug) if category else start())


def parse_moment(text: str):
    """An aware moment that is not in the future, or None."""
    try:
        moment = parse_datetime(text[:40])
    except ValueError:
        return None
    if moment is None or timezone.is_naive(moment):
        return None
    return min(moment, timezone.now())


# --- What is new


@require_safe
@forum_page
def new_posts(request: HttpRequest, topic_id: int) -> HttpResponse:
    """`?after=57`: that there are newer posts, as a fragment; 204 where there are none.

    Asked every few seconds by a page that is open. Where nothing on the site has changed since the last answer, 304
    without asking the database at all; else four queries at most.
    """
    tag = news_tag(request)
    if tag and request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    after = page_number(request.GET.get("after", "")) if request.GET.get("after") != "0" else 0
    try:
        news = news_of(topic_id if topic_id <= LARGEST_ID else 0, after, reader(request))
    except Topic.DoesNotExist:
        raise Http404("no such topic") from None
    if not news.how_many or news.first is None:
        response = HttpResponse(status=204)
    else:
        response = render(
            request, "forum/_new_posts.html", {"number": news.how_many, "url": post_address(news.first)}
        )
    if tag:
        response.headers["ETag"] = tag
    return response


def news_tag(request: HttpRequest) -> str:
    """Changes with the site. Only for who has a session: all others are answered by the page cache."""
    stamp = current_stamp() if has_session(request) else None
    return f'W/"{blake2b(stamp.encode(), digest_size=8).hexdigest()}"' if stamp else ""
