"""The forum's front page and its categories: lists of topics."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cms.core.alternates import alternates_for_address
from cms.core.dates import written_date
from cms.core.languages import direction, open_language_codes
from forum.addresses import category_address, start, topic_address
from forum.models import Category
from forum.places import place_in
from forum.queries.categories import categories_for
from forum.queries.topic_lists import FOR_MEMBERS, LISTS, AskedList, TopicRow, topic_rows
from forum.rules import may_open_topic
from forum.standing import standing_of
from forum.views.reader import forum_page, reader


@forum_page
def index(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    shown = categories_for(user)
    context = list_context(request, user, {category.pk: category for category in shown}, None)
    return render(request, "forum/index.html", context | {"shown": shown})


@forum_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    user = reader(request)
    found = category_or_404(slug, user)
    context = list_context(request, user, {found.pk: found}, found)
    return render(request, "forum/category.html", context)


def category_or_404(slug: str, user) -> Category:
    for found in categories_for(user):
        if found.slug == slug:
            return found
    raise Http404("no such category")


def asked_list(request: HttpRequest, user, category_id: int) -> AskedList:
    """What is not known is left out."""
    name, language = request.GET.get("list", ""), request.GET.get("language", "")
    known = name in LISTS and (user is not None or name not in FOR_MEMBERS)
    return AskedList(
        name if known else "latest",
        language if language in open_language_codes() else "",
        category_id,
        place_in(request.GET.get("after", "")),
    )


def list_context(
    request: HttpRequest, user, categories: dict[int, Category], inside: Category | None
) -> dict:
    asked = asked_list(request, user, inside.pk if inside else 0)
    rows, more = topic_rows(asked, user)
    own = category_address(inside.slug) if inside else start()
    pins = bool(asked.category_id) and asked.name == "latest"
    return {
        "nav": "forum",
        "alternates": alternates_for_address(request),
        "category": inside,
        "rows": [row_context(row, categories, inside is None) for row in rows],
        "asked": asked,
        "tabs": tabs(asked, own, user is not None),
        "newest_url": own + query(replace(asked, after=None)) if asked.after else "",
        "older_url": own + query(replace(asked, after=rows[-1].place(pins))) if more else "",
        "may_open": bool(inside)
        and not may_open_topic(standing_of(user), inside.pk, inside.opening, "", timezone.now()),
        "noindex": bool(request.GET) or bool(inside and inside.access != "public"),
        "user_known": user is not None,
    }


def query(asked: AskedList) -> str:
    pairs = [
        ("list", asked.name if asked.name != "latest" else ""),
        ("language", asked.language),
        ("after", str(asked.after) if asked.after else ""),
    ]
    said = [(name, value) for name, value in pairs if value]
    return "?" + urlencode(said) if said else ""


def tabs(asked: AskedList, own: str, known: bool) -> list[tuple[str, str, bool]]:
    """(name, address, whether it is shown) of the lists."""
    names = {
        "latest": _("Latest"),
        "unread": _("Unread"),
        "unanswered": _("Unanswered"),
        "following": _("Following"),
    }
    return [
        (label, own + query(replace(asked, name=name, after=None)), name == asked.name)
        for name, label in names.items()
        if known or name not in FOR_MEMBERS
    ]


def row_context(row: TopicRow, categories: dict[int, Category], named: bool) -> dict:
    slug = slugify(row.title, allow_unicode=True)[:60].strip("-") or "topic"
    local = timezone.localtime(row.bumped_at)
    unread = max(0, row.highest_number - row.last_read) if row.last_read is not None else 0
    category = categories.get(row.category_id)
    return {
        "row": row,
        "url": topic_address(row.pk, slug),
        "last_url": topic_address(row.pk, slug, row.last_number),
        "unread": unread,
        "unread_url": topic_address(row.pk, slug, (row.last_read or 0) + 1) if unread else "",
        "dir": direction(row.language),
        "replies": max(0, row.posts_count - 1),
        "day": written_date(local.date()),
        "moment": local.isoformat(timespec="seconds"),
        "category": category if named else None,
        "category_url": category_address(category.slug) if category and named else "",
    }
