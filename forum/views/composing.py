"""The place where a post is written: its form, its draft, its preview, and what becomes of what is sent."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.languages import direction, open_language_codes
from cms.core.tries import may_try
from cms.core.visible_text import storable
from forum.conversation import when
from forum.detecting import detected_language
from forum.errors import Refused, TooMany
from forum.listing import language_name
from forum.models import Draft
from forum.queries.drafts import draft_of
from forum.queries.looking_up import look_up_for
from forum.queries.mentions import with_mentions
from forum.refusals import refusal_words
from forum.rendering import render as rendered
from forum.rules import LONGEST_POST
from forum.services.drafts import FIELDS, discard_draft, save_draft
from forum.services.files import attach, markdown_of

NAMES_ARE_LINKED = ("topic", "edit")  # kinds of drafts
UNSENT = "forum_unsent"  # in the session of who was logged out: {key of the draft: what they wrote}


@dataclass
class Composer:
    """What `forum/_composer.html` shows. `key` names the draft, `action` where the form is sent."""

    form: forms.Form
    key: str
    action: str
    submit: str
    cancel_url: str = ""
    sequence: int = 0
    saved: dict | None = None  # when the draft was saved, for people and for machines
    was_logged_out: bool = False
    preview: SafeString | None = None
    preview_language: str = ""
    proposed: str = ""  # the name of the language it seems to be written in, where that is not the one chosen
    proposed_code: str = ""
    topic_id: int = 0
    language: str = ""  # where the form does not ask for it
    may_attach: bool = True

    @property
    def preview_dir(self) -> str:
        return direction(self.preview_language)


@dataclass
class Writing:
    """One kind of writing. `send` does it and answers where to go then."""

    form_class: type[forms.Form]
    key: str
    action: str
    submit: str
    send: Callable[[dict], str]
    template: str = "forum/write.html"
    initial: dict = field(default_factory=dict)
    quoted: str = ""  # comes after what a draft holds
    cancel_url: str = ""
    topic_id: int = 0
    context: dict = field(default_factory=dict)
    unsent: str = ""  # under which their words wait where they were logged out; `key`, if it is empty
    refusal: str = ""  # why they may not write here: said instead of the form
    language: str = ""  # where the form does not ask for it


def answer(request: HttpRequest, user, writing: Writing) -> HttpResponse:
    """GET shows the form, with what was being written; POST sends, previews, attaches, keeps, or says what is wrong."""
    if request.method != "POST":
        if writing.refusal:
            words = {"refused": refusal_words(writing.refusal, user), **writing.context}
            return page(request, writing, words, 403)
        return page(request, writing, {"composer": opened(request, user, writing)})
    form, faults = bound(request, user, writing)
    what = request.POST.get("do", "send")
    if what == "discard":
        discard_draft(user, writing.key)
        return redirect(writing.cancel_url or writing.action)
    if what == "keep":
        data = {name: form.data.get(name, "") for name in FIELDS}
        save_draft(user, writing.key, data, sequence=0, window="", anyway=True)
        return redirect(writing.action)
    if what in {"preview", "attach"} or faults:
        form.errors.clear()
        for fault in faults:
            form.add_error("text", fault)
        composer = written(form, writing, user)
        if what == "preview" and not faults:
            show_preview(composer, user)
        return page(request, writing, {"composer": composer}, 422 if faults else 200)
    return sent(request, user, writing, form)


def opened(request: HttpRequest, user, writing: Writing) -> Composer:
    """The empty form, or with what was kept: before a log-in that was missing, else as a draft."""
    unsent = unsent_of(request, writing)
    return with_words(writing, unsent, draft_of(user, writing.key))


def unsent_of(request: HttpRequest, writing: Writing) -> dict | None:
    """What they wrote while they were logged out."""
    return request.session.get(UNSENT, {}).get(writing.unsent or writing.key)


def with_words(writing: Writing, unsent: dict | None, draft: Draft | None) -> Composer:
    composer = Composer(
        writing.form_class(initial={**writing.initial, **(unsent or kept(draft, writing.quoted))}),
        writing.key,
        writing.action,
        writing.submit,
        writing.cancel_url,
        topic_id=writing.topic_id,
        language=writing.language,
    )
    if draft:
        composer.sequence, composer.saved = draft.sequence, when(draft.saved_at)
    composer.was_logged_out = unsent is not None
    return composer


def kept(draft: Draft | None, quoted: str) -> dict:
    """What a draft brings to a form, and what is quoted anew after it."""
    data = draft.data if draft else {}
    values = {name: value for name, value in data.items() if value and name in FIELDS}
    if quoted:
        before = str(values.get("text", "")).rstrip()
        values["text"] = before if quoted.strip() in before else f"{before}\n\n{quoted}".lstrip()
    return values


def bound(request: HttpRequest, user, writing: Writing) -> tuple[forms.Form, list[ValidationError]]:
    """The form as it was sent, files that came with it attached at the end of its text; and what is wrong with those."""
    data = request.POST.copy()
    faults: list[ValidationError] = []
    added = []
    for upload in request.FILES.getlist("files"):
        try:
            added.append(markdown_of(attach(user, upload)))
        except ValidationError as fault:
            faults.append(ValidationError([f"{upload.name}: {message}" for message in fault.messages]))
        except Refused as refused:
            return writing.form_class(data), [ValidationError(refusal_words(refused.code, user))]
    if added:
        data["text"] = "\n\n".join([data.get("text", "").rstrip(), *added]).lstrip() + "\n"
    return writing.form_class(data), faults


def written(form: forms.Form, writing: Writing, user) -> Composer:
    composer = Composer(
        form,
        writing.key,
        writing.action,
        writing.submit,
        writing.cancel_url,
        topic_id=writing.topic_id,
        language=writing.language,
    )
    draft = draft_of(user, writing.key)
    composer.sequence = draft.sequence if draft else 0
    return composer


def show_preview(composer: Composer, user) -> None:
    """As it will be: by the same renderer, with the same eyes."""
    text = str(composer.form.data.get("text", ""))
    language = str(composer.form.data.get("language", composer.language))
    composer.preview = previewed(text, user, composer.key, composer.topic_id)
    composer.preview_language = language if language in open_language_codes() else ""
    found = detected_language(text, open_language_codes())
    if found and found != language and "language" in composer.form.fields:
        composer.proposed, composer.proposed_code = language_name(found), found


def previewed(text: str, user, key: str, topic_id: int) -> SafeString:
    """What is written under a draft's `key` as it will be; names in it are looked for where they will be when it is
    sent."""
    text = storable(text).replace("\r\n", "\n")[: 2 * LONGEST_POST]
    if key.partition(":")[0] in NAMES_ARE_LINKED:
        text = with_mentions(text, topic_id, user)
    return mark_safe(rendered(text, look_up_for(user), name="preview").html)


def sent(request: HttpRequest, user, writing: Writing, form: forms.Form) -> HttpResponse:
    if not form.is_valid():
        return page(request, writing, {"composer": written(form, writing, user)}, 422)
    try:
        address = writing.send(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refusal_words(refused.code, user))
        return page(request, writing, {"composer": written(form, writing, user)}, 422)
    except ObjectDoesNotExist:  # hidden, moved or closed off since the form was opened
        return nowhere_to_send(request)
    except TooMany as many:
        form.add_error(None, too_fast(many.seconds))
        response = page(request, writing, {"composer": written(form, writing, user)}, 429)
        response.headers["Retry-After"] = str(many.seconds)
        return response
    if UNSENT in request.session:
        request.session[UNSENT] = {
            key: value
            for key, value in request.session[UNSENT].items()
            if key != (writing.unsent or writing.key)
        }
    return redirect(address)


def nowhere_to_send(request: HttpRequest) -> HttpResponse:
    """What somebody wrote, given back to them: where it was meant to stand is not there, or not theirs to see."""
    context = {"nav": "forum", "noindex": True, "text": request.POST.get("text", "")}
    return render(request, "forum/nowhere.html", context, status=404)


def too_fast(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "You write faster than the forum takes. Your text is kept: please send it again in a minute.",
        "You write faster than the forum takes. Your text is kept: please send it again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


def logged_out(request: HttpRequest, key: str) -> HttpResponse:
    """Leads to the log-in and back. Of somebody whose log-in ran out while they wrote, the words wait in the session."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    if request.POST.get("text", "").strip() and may_try(request, "forum.unsent", 20, 600):
        values = {name: request.POST.get(name, "")[:100_000] for name in FIELDS if name in request.POST}
        request.session[UNSENT] = {key: values}
    return redirect_to_login(request.get_full_path())


def page(request: HttpRequest, writing: Writing, context: dict, status: int = 200) -> HttpResponse:
    shared = {"nav": "forum", "noindex": True, "title": _("Write"), "cancel_url": writing.cancel_url}
    return render(request, writing.template, {**shared, **writing.context, **context}, status=status)
