"""Calls for expressions of interest: which are public, who reads their answers, when the next one closes."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from initiatives.models import CallForInterest, CallReply


def public_call(language: str, slug: str) -> CallForInterest | None:
    if "\x00" in slug:  # PostgreSQL takes none in a text
        return None
    return (
        CallForInterest.objects.visible_to(None)
        .filter(locale__language_code=language, slug=slug, alias_of__isnull=True)
        .select_related("locale", "issuer")
        .first()
    )


def original_of(call: CallForInterest) -> CallForInterest:
    """The row that decides: translations carry copies of its facts, which may be behind."""
    rows = list(
        CallForInterest.objects.filter(translation_key=call.translation_key)
        .select_related("locale")
        .order_by("pk")
    )
    return next(
        (row for row in rows if row.locale.language_code == row.written_in), rows[0] if rows else call
    )


def may_read_replies(user, call: CallForInterest) -> bool:
    """Editors of the call, as named on its original; superusers, who can read the database anyway."""
    if not (user.is_authenticated and user.is_active):
        return False
    return user.is_superuser or original_of(call).reply_readers.filter(pk=user.pk).exists()


def replies_readable_by(user, call: CallForInterest) -> QuerySet[CallReply]:
    """The one door to the answers: all of the call's, or none."""
    if not may_read_replies(user, call):
        return CallReply.objects.none()
    return CallReply.objects.filter(call_key=call.translation_key)


def next_deadline() -> datetime | None:
    """When the next public call closes (its page changes then); None if none is open. One query."""
    now = timezone.now()
    # A day's margin: the date is the call's own, in whatever time zone that is.
    yesterday = (now - timedelta(days=1)).date()
    rows = CallForInterest.objects.live().filter(deadline_date__gte=yesterday)
    moments = (
        # The last instant is still open, so the page changes just after it.
        row.closes_at + timedelta(seconds=1)
        for row in rows.only("deadline_date", "deadline_time", "time_zone")
    )
    return min((moment for moment in moments if moment > now), default=None)
