"""What the forum shows of somebody who takes part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cms.core.alternates import alternates_for_address
from cms.core.dates import written_date
from cms.core.languages import direction
from cms.core.prepared import LARGEST_ID
from forum.addresses import post_address
from forum.conversation import HUES, initials, when
from forum.listing import language_name
from forum.queries.facilitators import facilitator_ids
from forum.queries.members import SaidPost, member_shown
from forum.rendering import plain_text
from forum.standing import standing_of
from forum.views.reader import forum_page, reader

LONGEST = 280  # characters of each post


@require_safe
@forum_page
def member_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """`/forum/m/<id>/`: in the language of who follows the link.

    Mentions lead here, also those of somebody who has written nothing to read: then to the forum, as for any number.
    """
    shown = member_shown(user_id, reader(request)) if user_id <= LARGEST_ID else None
    return redirect("forum:member", user_id) if shown else redirect("forum:index")


@require_safe
@forum_page
def member(request: HttpRequest, user_id: int) -> HttpResponse:
    user = reader(request)
    shown = member_shown(user_id, user) if user_id <= LARGEST_ID else None
    if shown is None:
        raise Http404("no such member")
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "member": shown,
        "since": written_date(shown.since, "month"),
        "languages": [(code, language_name(code)) for code in shown.languages],
        "initials": initials(shown.name),
        "hue": shown.pk % HUES,
        "facilitates": shown.pk in facilitator_ids(),
        "posts": [said(post) for post in shown.posts],
        "own": user is not None and user.pk == shown.pk,
        "known": user is not None,
        "moderates": standing_of(user).moderates_any(),
    }
    return render(request, "forum/member.html", context)


def said(post: SaidPost) -> dict:
    text = " ".join(plain_text(post.html).split())
    short = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
    return {
        "url": post_address(post.pk),
        "title": post.topic_title,
        "title_lang": post.topic_language,
        "title_dir": direction(post.topic_language),
        "text": short,
        "lang": post.language,
        "dir": direction(post.language),
        **when(post.published_at),
    }
