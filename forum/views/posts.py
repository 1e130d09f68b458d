"""What is done to one post: edited, marked, quoted. Each a POST that works without JavaScript."""

from functools import partial
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.alternates import alternates_for_address
from cms.core.languages import direction
from cms.core.page_cache.decorators import personal_page
from cms.core.prepared import LARGEST_ID
from forum.addresses import category_address, post_address, start, topic_address
from forum.errors import Refused
from forum.forms import EditForm, EditOfAnotherForm
from forum.models import Post
from forum.queries.posts import ReachedPost, reached_post
from forum.queries.quotes import quote_of
from forum.refusals import refusal_words
from forum.rules import MarkKind
from forum.services import edit_post, give_mark, take_mark
from forum.services.drafts import discard_draft
from forum.services.editing import Changed
from forum.views.composing import Writing, answer, logged_out, page, written
from forum.views.reader import reader


def post_or_404(post_id: int, user) -> ReachedPost:
    found = reached_post(post_id, user) if post_id <= LARGEST_ID else None
    if found is None:
        raise Http404("no such post")
    return found


def asked_by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def crumbs(found: ReachedPost) -> list[tuple[str, str]]:
    topic, category = found.post.topic, found.category
    return [
        (_("Forum"), start()),
        (category.name, category_address(category.slug)),
        (topic.title, topic_address(topic.pk, topic.slug, found.post.number or 0)),
    ]


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    user = reader(request)
    if user is None:
        return logged_out(request, f"edit:{post_id}")
    found = post_or_404(post_id, user)
    post = found.post
    refusal = found.why_not_edit(user)
    of_another = post.author_id != user.pk and not refusal
    writing = Writing(
        EditOfAnotherForm if of_another else EditForm,
        key=f"edit:{post.pk}",
        action=f"{start()}p/{post.pk}/edit/",
        submit=_("Save"),
        send=partial(send_edit, user, post.pk),
        initial={"text": post.source, "language": post.language, "seen": post.version},
        cancel_url=post_address(post.pk),
        topic_id=post.topic_id,
        context={
            "title": _("Edit the post"),
            "crumbs": crumbs(found),
            "alternates": alternates_for_address(request),
        },
    )
    writing.refusal = refusal
    try:
        return answer(request, user, writing)
    except Changed as changed:
        return changed_meanwhile(request, changed.post, writing)


def send_edit(user, post_id: int, data: dict) -> str:
    reason = data.get("reason", "")
    edit_post(user, post_id, data["text"], data["language"], seen=data["seen"], reason=reason)
    discard_draft(user, f"edit:{post_id}")
    return post_address(post_id)


def changed_meanwhile(request: HttpRequest, post: Post, writing: Writing) -> HttpResponse:
    """Both texts: the one that stands now, and what was typed. Sent again, it takes the place of the other."""
    data = request.POST.copy()
    data["seen"] = str(post.version)
    context = {
        "composer": written(writing.form_class(data), writing, reader(request)),
        "theirs": mark_safe(post.html),
        "theirs_language": post.language,
        "theirs_dir": direction(post.language),
    }
    return page(request, writing, context, 409)


def refused_page(request: HttpRequest, refused: Refused, user, back_url: str) -> HttpResponse:
    context = {
        "nav": "forum",
        "noindex": True,
        "title": _("That cannot be done"),
        "refused": refusal_words(refused.code, user),
        "cancel_url": back_url,
    }
    return render(request, "forum/write.html", context, status=403)


@personal_page
@require_POST
def mark(request: HttpRequest, post_id: int) -> HttpResponse:
    """`give=agree` or `take=agree`. A script is answered with how many there are, {kind: number}."""
    user = reader(request)
    if user is None:
        return (
            JsonResponse({}, status=401)
            if asked_by_script(request)
            else redirect_to_login(post_address(post_id))
        )
    give, take = request.POST.get("give", ""), request.POST.get("take", "")
    if (give or take) not in MarkKind.ALL or post_id > LARGEST_ID:
        raise Http404("no such mark")
    try:
        marks = give_mark(user, post_id, give) if give else take_mark(user, post_id, take)
    except Post.DoesNotExist:
        raise Http404("no such post") from None
    except Refused as refused:
        if asked_by_script(request):
            return JsonResponse({"said": refusal_words(refused.code, user)}, status=403)
        return refused_page(request, refused, user, post_address(post_id))
    return JsonResponse(marks) if asked_by_script(request) else redirect(post_address(post_id))


@personal_page
@require_safe
def quote(request: HttpRequest, post_id: int) -> HttpResponse:
    """Leads to the form with the post quoted; a script is given the quotation alone, of `?passage=` if there is one."""
    user = reader(request)
    if user is None:
        return redirect_to_login(request.get_full_path())
    found = post_or_404(post_id, user)
    if asked_by_script(request):
        text = quote_of(post_id, user, request.GET.get("passage", "")[:10_000])
        return JsonResponse({"text": text, "reply_to": post_id})
    return redirect(f"{start()}t/{found.post.topic_id}/reply/?{urlencode({'quote': post_id})}")
