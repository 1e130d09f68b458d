"""How a post came about: its texts, and what each changed, word for word."""

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.alternates import alternates_for_address
from cms.core.languages import direction
from forum.addresses import post_address
from forum.conversation import when
from forum.listing import language_name
from forum.queries.posts import Text, texts_of
from forum.rules import PostState
from forum.standing import standing_of
from forum.text_changes import Part, changes
from forum.views.posts import crumbs, post_or_404
from forum.views.reader import forum_page, reader


class ShownText(NamedTuple):
    number: int
    by: str
    day: str
    moment: str
    lang: str
    dir: str
    language: str  # named where it changed
    source: str
    parts: list[Part]
    first: bool


@require_safe
@forum_page
def post_history(request: HttpRequest, post_id: int) -> HttpResponse:
    """Readers see what was changed, in texts that were published; of a deleted post, only who moderates."""
    user = reader(request)
    found = post_or_404(post_id, user)
    post = found.post
    topic = post.topic
    hidden = post.state == PostState.DELETED
    if hidden and not standing_of(user).moderates(topic.category_id, topic.language, post.language):
        raise Http404("no such post")
    texts = texts_of(post, user)
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "title": _("Texts of a post"),
        "crumbs": crumbs(found),
        "post": post,
        "post_url": post_address(post.pk),
        "texts": [
            shown(text, texts[at + 1] if at + 1 < len(texts) else None) for at, text in enumerate(texts)
        ],
    }
    return render(request, "forum/history.html", context)


def shown(text: Text, before: Text | None) -> ShownText:
    return ShownText(
        number=text.version,
        by=text.by,
        **when(text.written_at),
        lang=text.language,
        dir=direction(text.language),
        language=language_name(text.language) if before and before.language != text.language else "",
        source=text.source,
        parts=changes(before.source if before else "", text.source) if before else [],
        first=before is None,
    )
