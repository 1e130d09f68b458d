"""Translating a post: the original beside, what the site's memory knows, what the checks find."""

from functools import partial

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.alternates import alternates_for_address
from cms.core.languages import direction, open_language_codes
from cms.core.page_cache.decorators import personal_page
from cms.translations.checks import Finding
from forum.addresses import post_address, start
from forum.conversation import when
from forum.errors import Refused
from forum.forms import TranslationForm
from forum.listing import language_name
from forum.models import Post, PostTranslation
from forum.queries.looking_up import look_up_for
from forum.queries.posts import (
    ReachedPost,
    earlier_translations,
    own_offer,
    published_translation_of,
    source_at,
)
from forum.queries.suggestions import findings_of, suggestions_of
from forum.rendering import render as rendered
from forum.rules import PostState, may_write
from forum.services import delete_translation, translate_post
from forum.services.drafts import discard_draft
from forum.services.translating import Offered, TranslationChanged, why_not_delete
from forum.short_texts import is_behind
from forum.standing import standing_of
from forum.text_changes import changes
from forum.views.composing import Writing, answer, logged_out, opened, page, written
from forum.views.posts import crumbs, post_or_404, refused_page
from forum.views.reader import reader


@personal_page
@require_safe
def translate_where(request: HttpRequest, post_id: int) -> HttpResponse:
    """Into which language? Goes on by itself where there is but one to choose, or one that is the reader's own."""
    user = reader(request)
    if user is None:
        return redirect_to_login(request.get_full_path())
    found = post_or_404(post_id, user)
    post = found.post
    codes = [code for code in open_language_codes() if code != post.language]
    if not codes or post.state != PostState.PUBLISHED:
        raise Http404("nothing to translate into")
    if len(codes) == 1:
        return redirect("forum:translate", post_id, codes[0])
    preferred = [*(user.languages_written or ()), get_language()]
    codes.sort(key=lambda code: preferred.index(code) if code in preferred else len(preferred))
    context = {
        "nav": "forum",
        "noindex": True,
        "alternates": alternates_for_address(request),
        "title": _("Translate the post"),
        "crumbs": crumbs(found),
        "choices": [
            (code, settings.LANGUAGE_NAMES[code], f"{start()}p/{post.pk}/translate/{code}/") for code in codes
        ],
        "html": mark_safe(post.html),
        "lang": post.language,
        "dir": direction(post.language),
    }
    return render(request, "forum/translate_where.html", context)


@personal_page
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, post_id: int, code: str) -> HttpResponse:
    user = reader(request)
    if user is None:
        return logged_out(request, f"translate:{post_id}:{code}")
    found = post_or_404(post_id, user)
    post = found.post
    if code not in open_language_codes() or code == post.language or post.state != PostState.PUBLISHED:
        raise Http404("nothing to translate into")
    published = published_translation_of(post, code)
    if request.POST.get("do") == "delete" and published:
        return take_away(request, user, found, published)
    writing = translation_writing(request, user, found, code, published)
    try:
        return answer(request, user, writing)
    except TranslationChanged as changed:
        return improved_meanwhile(request, user, writing, changed.translation)


def take_away(request: HttpRequest, user, found: ReachedPost, published: PostTranslation) -> HttpResponse:
    """Who takes the translation of another away says why."""
    reason = request.POST.get("reason", "")[:1000].strip()
    own = published.translator_id == user.pk
    if not own and not reason and not why_not_delete(user, published):
        writing = translation_writing(request, user, found, published.language, published)
        unsaid = {
            "composer": opened(request, user, writing),
            "reason_error": _("Say why: whoever translated it is told."),
        }
        return page(request, writing, unsaid, 422)
    try:
        delete_translation(user, published.pk, "" if own else reason)
    except Refused as refused:
        return refused_page(request, refused, user, post_address(found.post.pk))
    return redirect(post_address(found.post.pk))


def translation_writing(
    request: HttpRequest, user, found: ReachedPost, code: str, published: PostTranslation | None
) -> Writing:
    post = found.post
    offer = own_offer(post, code, user)
    text = offer.source if offer else published.source if published else ""
    writing = Writing(
        TranslationForm,
        key=f"translate:{post.pk}:{code}",
        action=f"{start()}p/{post.pk}/translate/{code}/",
        submit=_("Publish the translation"),
        send=partial(send_translation, user, post, code),
        template="forum/translate.html",
        initial={
            "text": text,
            "post_version": post.version,
            "based_on": published.version if published else 0,
        },
        cancel_url=post_address(post.pk),
        topic_id=post.topic_id,
        language=code,
        context={
            "crumbs": crumbs(found),
            "alternates": alternates_for_address(request),
            **translation_context(user, post, code, published, offer),
        },
    )
    writing.refusal = may_write(standing_of(user), timezone.now())
    if request.method == "POST" and request.POST.get("do") == "preview":
        writing.context["findings"] = checked(post, request.POST.get("text", ""), code, user)
    return writing


def translation_context(
    user, post: Post, code: str, published: PostTranslation | None, offer: PostTranslation | None
) -> dict:
    """The original, what changed in it since it was translated, and what is known of translations of it."""
    made_from = offer.post_version if offer else published.post_version if published else post.version
    return {
        "title": _("Translation into %(language)s") % {"language": language_name(code)},
        "html": mark_safe(post.html),
        "source": post.source,
        "lang": post.language,
        "dir": direction(post.language),
        "language_name": language_name(post.language),
        "code": code,
        "code_dir": direction(code),
        "offer": offer,
        "published": published,
        "earlier": [
            (text, when(text.written_at)) for text in (earlier_translations(published) if published else [])
        ],
        "changed": changes(source_at(post, made_from), post.source) if is_behind(post, made_from) else [],
        "suggestions": suggestions_of(post.html, post.language, code),
        "may_delete": published is not None and not why_not_delete(user, published),
        "own": published is not None and published.translator_id == user.pk,
    }


def checked(post: Post, text: str, code: str, user) -> list[Finding]:
    html = rendered(text.replace("\r\n", "\n"), look_up_for(user)).html
    return findings_of(post.html, post.language, html, code)


def send_translation(user, post: Post, code: str, data: dict) -> str:
    offered = Offered(
        data["text"],
        code,
        post_version=data["post_version"],
        based_on=data["based_on"],
        trap=bool(data["homepage"]),
    )
    translate_post(user, post.pk, offered)
    discard_draft(user, f"translate:{post.pk}:{code}")
    return post_address(post.pk)


def improved_meanwhile(
    request: HttpRequest, user, writing: Writing, translation: PostTranslation
) -> HttpResponse:
    """Both texts; sent again, it takes the place of the other, which is kept as an earlier one."""
    data = request.POST.copy()
    data["based_on"] = str(translation.version)
    context = {
        "composer": written(TranslationForm(data), writing, user),
        "theirs": mark_safe(translation.html),
        "theirs_language": translation.language,
        "theirs_dir": direction(translation.language),
    }
    return page(request, writing, context, 409)
