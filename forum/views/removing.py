"""Taking a post away, and bringing it back. Asked first, with what happens then; of the words of another, with a reason."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.core.languages import direction
from cms.core.page_cache.decorators import personal_page
from forum.addresses import category_address, post_address, topic_address
from forum.errors import Refused
from forum.models import Topic
from forum.queries.posts import ReachedPost, reached_post
from forum.refusals import refusal_words
from forum.rules import PostState, Refusal
from forum.services import delete_post, restore_post
from forum.views.posts import crumbs, post_or_404, refused_page
from forum.views.reader import reader


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, post_id: int) -> HttpResponse:
    """Asks first; who deletes another's post says why. Of one's own that is deleted already: how to bring it back."""
    user = reader(request)
    if user is None:
        return redirect_to_login(request.get_full_path())
    found = post_or_404(post_id, user)
    own = found.post.author_id == user.pk
    if own and not found.why_not_restore(user):
        return ask(request, found, user, _("You deleted this post"), deleted=True)
    title = _("Delete the post?")
    if not found.may(user).delete:
        return ask(request, found, user, title, 403, refused=refusal_words(Refusal.NOT_YOURS, user))
    if request.method != "POST":
        return ask(request, found, user, title)
    reason = reason_given(request)
    if not own and not reason:
        return ask(request, found, user, title, 422, error=_("Say why: whoever wrote it is told."))
    try:
        delete_post(user, post_id, "" if own else reason)
    except Refused as refused:
        return ask(request, found, user, title, 403, refused=refusal_words(refused.code, user))
    return redirect(place_of_tombstone(found, user))


def reason_given(request: HttpRequest) -> str:
    return request.POST.get("reason", "")[:1000].strip()


def ask(
    request: HttpRequest, found: ReachedPost, user, title: str, status: int = 200, **context: object
) -> HttpResponse:
    shared = {
        "nav": "forum",
        "noindex": True,
        "title": title,
        "crumbs": crumbs(found),
        "post": found.post,
        "html": mark_safe(found.post.html),
        "dir": direction(found.post.language),
        "own": found.post.author_id == user.pk,
        "back_url": post_address(found.post.pk),
        "says": what_happens(found, own=found.post.author_id == user.pk),
        "reason": reason_given(request),
    }
    return render(request, "forum/delete.html", {**shared, **context}, status=status)


def what_happens(found: ReachedPost, *, own: bool) -> str:
    """To a post that is deleted; of one that is deleted already, what became of it."""
    if found.post.state == PostState.DELETED:
        if found.goes_with_topic():
            return _("Its topic disappeared with it: nothing else stood there. You can bring both back.")
        return _("Readers see that a post was here, and not what it said. You can bring it back.")
    if found.post.number is None:
        if own:
            return _("Nobody but facilitators has read it. It does not come back.")
        return _("Nobody else has read it yet. Whoever wrote it is told, and can answer.")
    if found.goes_with_topic():
        if own:
            return _(
                "It is all there is to read in its topic, which disappears with it. "
                "You can bring both back: keep the address of the post."
            )
        return _(
            "It is all there is to read in its topic, which disappears with it. Facilitators can bring both back."
        )
    if own:
        return _("Readers then see that a post was here, and not what it said. You can bring it back.")
    return _(
        "Readers then see that a facilitator deleted a post here, and not what it said. "
        "Facilitators can bring it back."
    )


def place_of_tombstone(found: ReachedPost, user) -> str:
    """Its topic; where that is gone too, for its author the page that brings both back."""
    topic, number = found.post.topic, found.post.number or 0
    if Topic.objects.visible_to(user).filter(pk=topic.pk).exists():
        return topic_address(topic.pk, topic.slug, number)
    if number and reached_post(found.post.pk, user) is not None:
        return post_address(found.post.pk)
    return category_address(found.category.slug)


@personal_page
@require_POST
def restore(request: HttpRequest, post_id: int) -> HttpResponse:
    """Who brings another's post back says why: the button asks, the form does."""
    user = reader(request)
    if user is None:
        return redirect_to_login(post_address(post_id))
    found = post_or_404(post_id, user)
    reason, own = reason_given(request), found.post.author_id == user.pk
    if not own and not reason and not found.why_not_restore(user):
        sent = "reason" in request.POST
        error = _("Say why: whoever wrote it is told.") if sent else ""
        title = _("Bring the post back?")
        return ask(request, found, user, title, 422 if sent else 200, error=error, restoring=True)
    try:
        restore_post(user, post_id, "" if own else reason)
    except Refused as refused:
        return refused_page(request, refused, user, post_address(post_id))
    return redirect(post_address(post_id))
