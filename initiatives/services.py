"""What is done to documents. Every write is a verb here, in one transaction."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.mails import post_confirmation
from initiatives.models import CallForInterest, CallReply, Document, ReferenceCode, ReferenceSeries
from initiatives.queries.calls import may_read_replies, original_of
from initiatives.rules import REPLIES_KEPT, code_year, format_code


def give_reference_code(document: Document) -> str:
    """Return the code of the document's work, giving it one at its first publication.

    Translations share it. The series is locked while a number is taken, so that two publications at once
    get two numbers; a number once taken is never given again.
    """
    existing = ReferenceCode.objects.filter(translation_key=document.translation_key).first()
    if existing:
        return existing.code
    published = (document.first_published_at or timezone.now()).date()
    year = code_year(document.date, document.date_precision, published)
    try:
        with transaction.atomic():
            ReferenceSeries.objects.get_or_create(kind=document.kind, year=year)
            series = ReferenceSeries.objects.select_for_update().get(kind=document.kind, year=year)
            series.last_number += 1
            series.save(update_fields=["last_number"])
            code = format_code(document.kind, year, series.last_number)
            ReferenceCode.objects.create(code=code, translation_key=document.translation_key)
            return code
    except IntegrityError:
        # A translation of the same work was published at the same moment and has the code already.
        return ReferenceCode.objects.get(translation_key=document.translation_key).code


class CallClosed(Exception):
    """The call takes no answers (any more)."""


def find_reply(call: CallForInterest, form_token: UUID) -> CallReply | None:
    """The answer that was kept for a form, if it was sent before."""
    return CallReply.objects.filter(call_key=call.translation_key, form_token=form_token).first()


def reply_to_call(call: CallForInterest, form_token: UUID, language: str, **fields) -> CallReply:
    """Keep an answer and confirm it by mail; a form sent again gives the same answer and no second mail.

    Raises `CallClosed` past the deadline, by the call's own time zone.
    """
    known = find_reply(call, form_token)
    if known:
        return known
    if not original_of(call).is_open():
        raise CallClosed
    try:
        with transaction.atomic():
            reply = CallReply.objects.create(
                call_key=call.translation_key, form_token=form_token, language=language, **fields
            )
            post_confirmation(reply)
    except IntegrityError:
        # A double click: the other request was first.
        first = find_reply(call, form_token)
        if first is None:
            raise
        return first
    return reply


@transaction.atomic
def delete_reply(user, call: CallForInterest, reply_id: int) -> None:
    """Delete an answer for good. Only an editor of the call may; raises `PermissionDenied` otherwise."""
    if not may_read_replies(user, call):
        raise PermissionDenied
    CallReply.objects.filter(call_key=call.translation_key, pk=reply_id).delete()


def forget_old_replies() -> int:
    """Delete the answers that were kept as long as was promised; return how many.

    Counted from the call's deadline, or from the answer itself where the call is gone or has no deadline.
    """
    now, forgotten = timezone.now(), 0
    for key in list(CallReply.objects.order_by().values_list("call_key", flat=True).distinct()):
        call = CallForInterest.objects.filter(translation_key=key).first()
        closes = original_of(call).closes_at if call else None
        replies = CallReply.objects.filter(call_key=key)
        if closes is None:
            replies = replies.filter(created_at__lt=now - REPLIES_KEPT)
        elif closes + REPLIES_KEPT >= now:
            continue
        forgotten += replies.delete()[0]
    return forgotten
