"""Members say that something is wrong with a post or a member."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.accounts.models import User
from forum.deciding import REPORTS_A_DAY, may_report
from forum.errors import Refused, TooMany, demand
from forum.models import Post, Report, ReviewItem
from forum.models.review import REPORT_REASONS
from forum.queries.members import member_shown
from forum.rules import Refusal, ReviewKind, ReviewState
from forum.services.pacing import take_turn
from forum.standing import standing_of
from forum.tasks import announce_review, with_commit

DAY = timedelta(days=1)


def report_post(reporter, post_id: int, reason: str, text: str) -> Report:
    """Report a post they read. Reported twice while it waits, it is reported once.

    Raises `Post.DoesNotExist`, `Refused`, `TooMany`, `ValueError` for an unknown reason.
    """
    post = Post.objects.shown_to(reporter).select_related("topic").get(pk=post_id)
    demand(may_report(standing_of(reporter), post.author_id, timezone.now()))
    about = {"post": post, "kind": ReviewKind.REPORTED_POST}
    rest = {
        "category_id": post.topic.category_id,
        "language": post.language,
        "member_id": post.author_id,
    }
    items = ReviewItem.objects.filter(post=post)
    return handed_in(reporter, items, about, rest, reason, text, post.edited_at)


def report_member(reporter, user_id: int, reason: str, text: str) -> Report:
    """Report somebody whose posts they read. Raises `User.DoesNotExist`, otherwise as `report_post`."""
    if member_shown(user_id, reporter) is None:
        raise User.DoesNotExist
    demand(may_report(standing_of(reporter), user_id, timezone.now()))
    about = {"member_id": user_id, "kind": ReviewKind.REPORTED_MEMBER}
    items = ReviewItem.objects.filter(member=user_id, kind=ReviewKind.REPORTED_MEMBER)
    return handed_in(reporter, items, about, {}, reason, text, timezone.now() - DAY)


@transaction.atomic
def handed_in(reporter, items, about: dict, rest: dict, reason: str, text: str, changed_at) -> Report:
    """`changed_at`: what was decided before it does not keep somebody from reporting again."""
    if reason not in dict(REPORT_REASONS):
        raise ValueError(reason)
    take_turn(reporter.pk)
    before = Report.objects.filter(item__in=items, reporter=reporter).select_related("item").last()
    if before is not None:
        if before.item.state == ReviewState.WAITING:
            return before
        decided_at = before.item.decided_at
        if decided_at is not None and (changed_at is None or decided_at > changed_at):
            raise Refused(Refusal.REPORTED_BEFORE)
    keep_pace(reporter)
    item, made = ReviewItem.objects.select_for_update().get_or_create(
        state=ReviewState.WAITING,
        **({"post": about["post"]} if "post" in about else about),
        defaults={**about, **rest, "created_at": timezone.now()},
    )
    said = {"reason": reason, "text": text.strip()[:1000]}
    report, new = Report.objects.get_or_create(item=item, reporter=reporter, defaults=said)
    if made:
        with_commit(announce_review, item.pk)
    elif new:
        # Whoever is about to set the others aside has not seen this one.
        ReviewItem.objects.filter(pk=item.pk).update(version=F("version") + 1)
    return report


def keep_pace(reporter) -> None:
    """Raises `TooMany`."""
    now = timezone.now()
    allowed = REPORTS_A_DAY[standing_of(reporter).trust]
    lately = Report.objects.filter(reporter=reporter, created_at__gt=now - DAY).order_by("-created_at")
    moments = list(lately.values_list("created_at", flat=True)[:allowed])
    if len(moments) >= allowed:
        raise TooMany(max(1, int((moments[-1] + DAY - now).total_seconds())))
