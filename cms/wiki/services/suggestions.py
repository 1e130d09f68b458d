"""What becomes of a reader's suggestion."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.core.mailing import post
from cms.wiki import notices
from cms.wiki.deciders import is_decider
from cms.wiki.models import Submission, Suggestion
from cms.wiki.queries.pages import current_publication, live_content, lock_page
from cms.wiki.queries.submissions import open_submission
from cms.wiki.rules import looks_like_spam, one_line

from .drafts import TextUnderWay

NEW, HELD, DRAFTED, ANSWERED, REFUSED = "new", "held", "drafted", "answered", "refused"
WAITING = (NEW, HELD)


class AlreadyHandled(Exception):
    """Another editor was first; `suggestion` says what they did."""

    def __init__(self, suggestion: Suggestion):
        super().__init__(suggestion.state)
        self.suggestion = suggestion


def suggest(
    page_id: int,
    form_token: UUID,
    language: str,
    *,
    passage: str,
    text: str,
    name: str,
    email: str,
    trap: str,
) -> Suggestion:
    """Keep a reader's suggestion for the editors. A form sent again keeps one. What looks like spam is held back."""
    try:
        with transaction.atomic():
            held = looks_like_spam(trap, f"{passage} {text}", name)
            suggestion = Suggestion.objects.create(
                page_id=page_id,
                base=current_publication(page_id),
                form_token=form_token,
                language=language,
                passage=passage,
                text=text,
                name=one_line(name),
                email=email,
                state=HELD if held else NEW,
            )
            if not held:
                notices.suggested(suggestion)
            return suggestion
    except IntegrityError:
        return Suggestion.objects.get(form_token=form_token)


def _to_handle(editor, suggestion_id: int) -> Suggestion:
    suggestion = (
        Suggestion.objects.select_for_update(of=("self",)).select_related("page").get(pk=suggestion_id)
    )
    if not is_decider(suggestion.page.specific, editor):
        raise PermissionDenied
    if suggestion.state not in WAITING:
        raise AlreadyHandled(suggestion)
    return suggestion


def _handled(editor, suggestion: Suggestion, state: str, answer: str) -> None:
    suggestion.state, suggestion.answer = state, answer.strip()
    suggestion.handled_by, suggestion.handled_at = editor, timezone.now()
    suggestion.save(update_fields=["state", "answer", "handled_by", "handled_at"])
    notices.handled(suggestion)
    if suggestion.email and suggestion.answer:
        post("wiki.suggestion_answered", {"suggestion": suggestion.pk}, key=f"suggestion:{suggestion.pk}")


@transaction.atomic
def draft_from(editor, suggestion_id: int, answer: str = "") -> Submission:
    """Begin a text with the page as it is, in which the editor works the suggestion in; its sender is credited.

    Raises `TextUnderWay` where the editor has another text for the page, `AlreadyHandled`, `PermissionDenied`.
    """
    suggestion = _to_handle(editor, suggestion_id)
    page = lock_page(suggestion.page_id)
    if open_submission(page.pk, editor.pk) is not None:
        raise TextUnderWay
    submission = Submission.objects.create(
        page=page,
        author=editor,
        author_name=editor.shown_name,
        suggestion=suggestion,
        base=current_publication(page.pk),
        content=live_content(page) or {},
        saved_at=timezone.now(),
    )
    _handled(editor, suggestion, DRAFTED, answer)
    return submission


@transaction.atomic
def answer_suggestion(editor, suggestion_id: int, answer: str, *, refuse: bool = False) -> Suggestion:
    """Close a suggestion with an answer, or put it aside; the answer is mailed if an address was given."""
    suggestion = _to_handle(editor, suggestion_id)
    _handled(editor, suggestion, REFUSED if refuse else ANSWERED, answer)
    return suggestion


@transaction.atomic
def forget_address(suggestion_id: int) -> None:
    """The answer has gone out: the address is not needed any more."""
    Suggestion.objects.filter(pk=suggestion_id).update(email="")
