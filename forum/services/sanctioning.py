"""Silencing and suspending members, for a time and with a reason; and what facilitators note about them."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.models import User
from forum.deciding import SANCTION_DAYS, may_sanction
from forum.errors import demand
from forum.models import Member, Sanction, StaffNote
from forum.queries.deciders import standing_of_member
from forum.rules import Refusal, may_write
from forum.services.log import log
from forum.standing import standing_of
from forum.tasks import announce_sanction, with_commit

SENT_TWICE = timedelta(minutes=1)  # the same again within that time is a double click
AT_ONCE = 200  # sanctions that one tick lifts


@transaction.atomic
def sanction(by, member_id: int, kind: str, days: int, reason: str) -> Sanction:
    """Silence or suspend somebody for so many days, from now on. They are told why, and until when.

    Raises `User.DoesNotExist`, `Refused`, `ValidationError` (by field), `ValueError` for a kind or a time not offered.
    """
    if kind not in dict(Sanction.KINDS) or days not in SANCTION_DAYS:
        raise ValueError(f"{kind}, {days} days")
    user = User.objects.get(pk=member_id, is_active=True)
    now = timezone.now()
    demand(may_sanction(standing_of(by), standing_of_member(user), now))
    reason = required(reason)
    member = locked_member(user.pk)
    said = {"user": user, "kind": kind, "reason": reason, "by": by}
    before = Sanction.objects.filter(**said, lifted_at=None, created_at__gt=now - SENT_TWICE).first()
    if before is not None:
        return before
    made = Sanction.objects.create(**said, until=now + timedelta(days=days))
    note_in_force(member)
    log(kind, by, member_id=user.pk, reason=reason, public=False, days=days, until=made.until.isoformat())
    with_commit(announce_sanction, made.pk)
    return made


@transaction.atomic
def lift_sanction(by, sanction_id: int, reason: str = "") -> Sanction:
    """End a sanction before its time. Lifted already, it stays as it is. `Sanction.DoesNotExist`, `Refused`."""
    demand(may_write(standing_of(by), timezone.now()))
    user_id = Sanction.objects.values_list("user_id", flat=True).get(pk=sanction_id)
    demand("" if standing_of(by).facilitator and user_id != by.pk else Refusal.NOT_YOURS)
    member = locked_member(user_id)
    found = Sanction.objects.get(pk=sanction_id)
    if found.lifted_at is not None:
        return found
    end(found, member, by)
    log("lift", by, member_id=user_id, reason=reason.strip(), public=False, kind=found.kind)
    return found


def lift_what_is_over() -> int:
    """At each tick: sanctions whose end has come. Safe beside itself. Returns how many."""
    over = Sanction.objects.filter(lifted_at=None, until__lte=timezone.now()).order_by("until")
    lifted = 0
    for pk, user_id in list(over.values_list("pk", "user_id")[:AT_ONCE]):
        with transaction.atomic():
            member = locked_member(user_id)
            found = Sanction.objects.filter(pk=pk, lifted_at=None).first()
            if found is not None:
                end(found, member)
                lifted += 1
    return lifted


def end(found: Sanction, member: Member, by=None) -> None:
    found.lifted_at, found.lifted_by = timezone.now(), by
    found.save(update_fields=["lifted_at", "lifted_by"])
    note_in_force(member)
    with_commit(announce_sanction, found.pk)


def locked_member(user_id: int) -> Member:
    """What the forum knows of somebody, locked; made where there is nothing yet."""
    Member.objects.bulk_create([Member(user_id=user_id)], ignore_conflicts=True)
    return Member.objects.select_for_update().get(pk=user_id)


def note_in_force(member: Member) -> None:
    """Repeat in `member` what its sanctions say: until the last of them ends."""
    ends = Sanction.objects.filter(user=member.user_id, lifted_at=None)
    ends = ends.filter(until__gt=timezone.now())
    for kind, field in ((Sanction.SILENCE, "silenced_until"), (Sanction.SUSPENSION, "suspended_until")):
        setattr(member, field, ends.filter(kind=kind).aggregate(end=Max("until"))["end"])
    member.save(update_fields=["silenced_until", "suspended_until"])


@transaction.atomic
def hold_to_sanctions(member_id: int) -> None:
    """Make what is repeated of a member's sanctions what these say."""
    note_in_force(locked_member(member_id))


@transaction.atomic
def note_about(by, member_id: int, text: str) -> StaffNote:
    """What facilitators and co-facilitators tell each other. `User.DoesNotExist`, `Refused`, `ValidationError`."""
    standing = standing_of(by)
    demand(may_write(standing, timezone.now()))
    demand("" if standing.moderates_any() and member_id != by.pk else Refusal.NOT_YOURS)
    user = User.objects.get(pk=member_id, is_active=True)
    return StaffNote.objects.create(user=user, text=required(text, "text")[:1000], by=by)


def required(text: str, field: str = "reason") -> str:
    """What was written, without space around it. `ValidationError` by field where nothing was."""
    text = text.strip()
    if not text:
        said = {"reason": _("Give the reason: whom it concerns will read it.")}
        raise ValidationError({field: said.get(field, _("Write something first."))})
    return text
