"""What happened to a topic, for its readers; and all that facilitators did, for facilitators."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.accounts.models import User
from cms.core.alternates import alternates_for_address
from cms.core.languages import direction
from cms.core.paging import page_number
from forum.addresses import topic_address
from forum.log_words import lines, topics_named
from forum.models import LogEntry
from forum.queries.log import category_names, full_log, log_of_topic, topics_seen
from forum.views.gates import for_facilitators
from forum.views.reader import forum_page, reader
from forum.views.topics import merged_away, topic_or_404


@forum_page
@require_safe
def topic_log(request: HttpRequest, topic_id: int) -> HttpResponse:
    """`/{lang}/forum/t/<id>/log/?before=`."""
    user = reader(request)
    topic = topic_or_404(topic_id, user).topic
    if topic.state == "merged":
        return merged_away(topic, user)
    entries, following = log_of_topic(topic.pk, page_number(request.GET.get("before", "")) or None)
    context = {
        "topic": topic,
        "dir": direction(topic.language),
        "topic_url": topic_address(topic.pk, topic.slug),
        "lines": in_words(entries, user),
        "following": f"?before={following}" if following else "",
    }
    return page(request, "forum/log.html", context)


@for_facilitators
@require_safe
def full(request: HttpRequest, user: User) -> HttpResponse:
    """`/{lang}/forum/review/log/?member=&before=`."""
    member_id = page_number(request.GET.get("member", ""))
    before = page_number(request.GET.get("before", "")) or None
    entries, following = full_log(before, member_id=member_id)
    query = {"member": member_id} if member_id else {}
    context = {
        "rows": [
            (line, entry.topic, topic_address(entry.topic.pk, entry.topic.slug) if entry.topic else "")
            for line, entry in zip(in_words(entries, user, full=True), entries, strict=True)
        ],
        "member": next((entry.member.shown_name for entry in entries if entry.member), ""),
        "filtered": bool(member_id),
        "following": f"?{urlencode({**query, 'before': following})}" if following else "",
    }
    return page(request, "forum/full_log.html", context)


def in_words(entries: list[LogEntry], user, *, full: bool = False):
    return lines(entries, topics_seen(user, topics_named(entries)), category_names(user), full=full)


def page(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    context |= {"nav": "forum", "noindex": True, "alternates": alternates_for_address(request)}
    return render(request, template, context)
