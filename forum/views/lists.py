"""The forum's front page and its categories: lists of topics."""

from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.alternates import alternates_for_address
from cms.core.languages import open_language_codes
from forum.addresses import category_address, category_feed_address, forum_feed_address, start
from forum.listing import shown_rows
from forum.models import Category
from forum.places import place_in
from forum.queries.categories import all_categories, categories_for
from forum.queries.following import level_of_category
from forum.queries.topic_lists import FOR_MEMBERS, LISTS, AskedList, topic_rows
from forum.rules import Access, Standing, may_open_topic
from forum.shown_categories import shown_category
from forum.shown_levels import short_names
from forum.standing import standing_of
from forum.views.reader import forum_page, reader


@require_safe
@forum_page
def index(request: HttpRequest) -> HttpResponse:
    """The categories, and the newest topics of all. Two queries anonymous, four with an account, once it is warm."""
    user = reader(request)
    shown = categories_for(user)
    who = standing_of(user)
    context = {
        **list_context(request, user, None),
        "shown": [shown_category(each) for each in shown],
        "new_url": f"{start()}new/" if any(may_open(who, each) for each in shown) else "",
    }
    return render(request, "forum/index.html", context)


@require_safe
@forum_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    user = reader(request)
    found = category_or_404(slug, user)
    context = {
        **list_context(request, user, found),
        "category": shown_category(found),
        "crumbs": [(_("Forum"), start())],
        "follow_url": f"{category_address(found.slug)}follow/",
        "level": short_names()[level_of_category(found, user)] if user is not None else "",
        "new_url": f"{category_address(found.slug)}new/" if may_open(standing_of(user), found) else "",
        "only_facilitators": found.opening == "facilitators",
    }
    return render(request, "forum/category.html", context)


def category_or_404(slug: str, user) -> Category:
    for found in categories_for(user):
        if found.slug == slug:
            return found
    raise Http404("no such category")


def may_open(who: Standing, category: Category) -> bool:
    """In some language; which one is asked when the topic is sent."""
    languages = {"", *(language for pk, language in who.looks_after if pk == category.pk)}
    now = timezone.now()
    return any(not may_open_topic(who, category.pk, category.opening, each, now) for each in languages)


def asked_list(request: HttpRequest, user, category_id: int) -> AskedList:
    """What is not known is left out."""
    name, language = request.GET.get("list", ""), request.GET.get("language", "")
    return AskedList(
        name if name in lists_for(user) else "latest",
        language if language in open_language_codes() else "",
        category_id,
        place_in(request.GET.get("after", "")),
    )


def lists_for(user) -> list[str]:
    who = standing_of(user)
    return [
        name
        for name in LISTS
        if (who.known or name not in FOR_MEMBERS) and (name != "hidden" or who.moderates_any())
    ]


def list_context(request: HttpRequest, user, inside: Category | None) -> dict:
    asked = asked_list(request, user, inside.pk if inside else 0)
    rows, more = topic_rows(asked, user)
    own = category_address(inside.slug) if inside else start()
    return {
        "nav": "forum",
        "alternates": alternates_for_address(request),
        "rows": shown_rows(rows, None if inside else all_categories()),
        "asked": asked,
        "tabs": tabs(asked, own, lists_for(user)),
        "languages": languages(asked, own),
        "newest_url": own + query(replace(asked, after=None)) if asked.after else "",
        "older_url": own + query(replace(asked, after=rows[-1].place(asked.pins))) if more else "",
        "plain_url": own,
        "narrowed": bool(asked.language or asked.after or asked.name != "latest"),
        "known": user is not None,
        "moderates": standing_of(user).moderates_any(),
        "feed_url": feed_address(asked, inside),
        "shown_at": timezone.now().isoformat() if asked.name == "unread" and rows else "",
        "noindex": bool(request.GET) or bool(inside and inside.access != Access.PUBLIC),
    }


def feed_address(asked: AskedList, inside: Category | None) -> str:
    if inside is None:
        return forum_feed_address(asked.language)
    return category_feed_address(inside.slug, asked.language) if inside.access == Access.PUBLIC else ""


def query(asked: AskedList) -> str:
    pairs = [
        ("list", asked.name if asked.name != "latest" else ""),
        ("language", asked.language),
        ("after", str(asked.after) if asked.after else ""),
    ]
    said = [(name, value) for name, value in pairs if value]
    return "?" + urlencode(said) if said else ""


def tabs(asked: AskedList, own: str, names: list[str]) -> list[tuple[str, str, bool]]:
    """(name, address, whether it is shown) of the lists."""
    labels = {
        "latest": _("Latest"),
        "unread": _("Unread"),
        "unanswered": _("Unanswered"),
        "following": _("Following"),
        "hidden": _("Hidden"),
    }
    return [
        (labels[name], own + query(replace(asked, name=name, after=None)), name == asked.name)
        for name in names
    ]


def languages(asked: AskedList, own: str) -> list[tuple[str, str, str, bool]]:
    """(code, name, address, whether it is chosen); "" for all. Nothing to choose from where only one is open."""
    codes = open_language_codes()
    if len(codes) < 2:
        return []
    return [
        (
            code,
            settings.LANGUAGE_NAMES[code] if code else _("All languages"),
            own + query(replace(asked, language=code, after=None)),
            code == asked.language,
        )
        for code in ["", *codes]
    ]
