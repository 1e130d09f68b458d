"""What the forum shows of somebody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.core.prepared import LARGEST_ID
from forum.queries.members import member_shown
from forum.views.reader import forum_page, reader


@forum_page
def member_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """`/forum/m/<id>/`: in the language of who follows the link."""
    return redirect("forum:member", user_id)


@forum_page
def member(request: HttpRequest, user_id: int) -> HttpResponse:
    shown = member_shown(user_id, reader(request)) if user_id <= LARGEST_ID else None
    if shown is None:
        raise Http404("no such member")
    return render(request, "forum/member.html", {"nav": "forum", "noindex": True, "member": shown})
