"""What somebody has in the forum: settings, what they follow, bookmarks, drafts, what waits of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.core.alternates import alternates_for_address
from cms.core.page_cache.decorators import personal_page
from cms.core.paging import page_number
from forum.addresses import category_address
from forum.queries.mine import (
    LONGEST_LIST,
    SHOWN,
    bookmarks,
    category_levels,
    my_drafts,
    topics_with_level,
    waiting_posts,
)
from forum.rules import Level
from forum.services.reading import save_settings
from forum.setting_forms import SettingsForm
from forum.shown_levels import short_names
from forum.shown_mine import bookmark_row, draft_row, topic_row, waiting_row
from forum.standing import standing_of

LISTS = ("topics", "bookmarks")


@personal_page
@login_required
@require_http_methods(["GET", "POST"])
def my_forum(request: HttpRequest) -> HttpResponse:
    """All of it together; `?show=topics` or `bookmarks` one list alone, `&before=` its next page. POST: the settings.

    At most twelve queries, whatever there is.
    """
    who = standing_of(request.user)
    now = {
        "follows_what_they_write": who.follows_what_they_write,
        "only_languages_read": who.only_languages_read,
    }
    form = SettingsForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        save_settings(request.user, **form.cleaned_data)
        messages.success(request, _("Your choices are saved."))
        return redirect("forum:my_forum")
    show = request.GET.get("show", "")
    show = show if show in LISTS else ""
    context = {
        "form": form,
        "show": show,
        "alternates": alternates_for_address(request),
        "noindex": True,
        "nav": "desk",
    }
    context |= list_alone(request, show) if show else overview(request.user)
    return render(request, "forum/mine.html", context)


def list_alone(request: HttpRequest, show: str) -> dict:
    before = page_number(request.GET.get("before", "")) or None
    if show == "topics":
        topics = topics_with_level(request.user, before=before)
        places = [each.place for each in topics]
        rows = [topic_row(each) for each in topics[:LONGEST_LIST]]
    else:
        marked = bookmarks(request.user, before=before)
        places = [each.place for each in marked]
        rows = [bookmark_row(each) for each in marked[:LONGEST_LIST]]
    more = f"?show={show}&before={places[LONGEST_LIST - 1]}" if len(places) > LONGEST_LIST else ""
    return {show: rows, "more": more}


def overview(user) -> dict:
    topics, marked = topics_with_level(user, size=SHOWN), bookmarks(user, size=SHOWN)
    return {
        "categories": [
            {
                "name": each.category.name,
                "url": category_address(each.category.slug),
                "level": short_names()[each.level],
                "chosen": each.level != Level.NORMAL,
                "change_url": reverse("forum:follow_category", args=[each.category.slug]),
            }
            for each in category_levels(user)
        ],
        "topics": [topic_row(each) for each in topics[:SHOWN]],
        "more_topics": len(topics) > SHOWN,
        "bookmarks": [bookmark_row(each) for each in marked[:SHOWN]],
        "more_bookmarks": len(marked) > SHOWN,
        "waiting": [waiting_row(each) for each in waiting_posts(user)],
        "drafts": [draft_row(each) for each in my_drafts(user)],
    }
