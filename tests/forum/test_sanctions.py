"""Silenced and suspended: for a time, with a reason, ended by time or by hand."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.errors import Refused
from forum.models import LogEntry, Member, Sanction, StaffNote, Topic
from forum.rules import Access, Refusal
from forum.services.sanctioning import lift_sanction, lift_what_is_over, note_about, sanction
from forum.standing import forget_standing, standing_of
from tests.forum.moderating import make_co_facilitator, make_facilitator
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(site):
    return make_member()


@pytest.fixture
def facilitator(site):
    return make_facilitator()


def in_force(user) -> tuple[bool, bool]:
    """Whether they are silenced, and suspended, now."""
    forget_standing(user)
    who, now = standing_of(user), timezone.now()
    return not who.writes(now), not who.takes_part(now)


def pass_days(days: int) -> None:
    for one in Sanction.objects.filter(lifted_at=None):
        Sanction.objects.filter(pk=one.pk).update(until=one.until - timedelta(days=days))


def test_silenced_until_its_end(member, facilitator):
    made = sanction(facilitator, member.pk, Sanction.SILENCE, 3, "  Insults. ")
    assert (made.reason, made.by) == ("Insults.", facilitator)
    assert in_force(member) == (True, False)
    assert lift_what_is_over() == 0
    pass_days(3)
    assert lift_what_is_over() == 1
    assert lift_what_is_over() == 0
    assert in_force(member) == (False, False)
    made.refresh_from_db()
    assert (made.lifted_at is not None, made.lifted_by) == (True, None)


def test_the_longer_of_two_holds(member, facilitator):
    sanction(facilitator, member.pk, Sanction.SILENCE, 30, "Insults.")
    sanction(facilitator, member.pk, Sanction.SILENCE, 1, "More insults.")
    pass_days(1)
    lift_what_is_over()
    assert in_force(member)[0]
    assert Member.objects.get(user=member).silenced_until > timezone.now() + timedelta(days=28)


def test_lifted_by_hand(member, facilitator):
    silence = sanction(facilitator, member.pk, Sanction.SILENCE, 30, "Insults.")
    sanction(facilitator, member.pk, Sanction.SUSPENSION, 7, "Threats.")
    assert in_force(member) == (True, True)
    other = make_facilitator()
    for _twice in range(2):
        lift_sanction(other, silence.pk, "They said sorry.")
    silence.refresh_from_db()
    assert silence.lifted_by == other
    assert Member.objects.get(user=member).silenced_until is None
    assert in_force(member) == (True, True)
    assert list(LogEntry.objects.order_by("pk").values_list("action", "public")) == [
        ("silence", False), ("suspend", False), ("lift", False),
    ]  # fmt: skip


def test_suspended_they_see_what_everybody_sees(member, facilitator):
    topic = make_topic(facilitator, make_category(Access.MEMBERS))
    assert Topic.objects.visible_to(member).get() == topic
    sanction(facilitator, member.pk, Sanction.SUSPENSION, 1, "Threats.")
    forget_standing(member)
    assert not Topic.objects.visible_to(member).exists()


def test_suspended_a_co_facilitator_has_no_office(facilitator):
    category = make_category()
    theirs = make_co_facilitator(category)
    topic = make_topic(make_member(), category)
    Topic.objects.update(state="hidden")
    assert Topic.objects.visible_to(theirs).get() == topic
    sanction(facilitator, theirs.pk, Sanction.SUSPENSION, 1, "Threats.")
    forget_standing(theirs)
    assert not Topic.objects.visible_to(theirs).exists()
    with pytest.raises(Refused):
        note_about(theirs, make_member().pk, "Bad.")


def test_who_may(member, facilitator):
    category = make_category()
    admin, other = make_member(role="Administrators"), make_facilitator()
    for nobody, code in (
        (make_member(), Refusal.NOT_YOURS), (make_co_facilitator(category), Refusal.NOT_YOURS),
        (None, Refusal.LOG_IN),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            sanction(nobody, member.pk, Sanction.SILENCE, 1, "Because.")
        assert refused.value.code == code
    for staff in (admin, other):
        with pytest.raises(Refused) as refused:
            sanction(facilitator, staff.pk, Sanction.SILENCE, 1, "Because.")
        assert refused.value.code == Refusal.STAFF
    with pytest.raises(Refused):
        sanction(facilitator, facilitator.pk, Sanction.SILENCE, 1, "Because.")
    sanction(admin, make_co_facilitator(category).pk, Sanction.SILENCE, 1, "Because.")
    mine = sanction(facilitator, member.pk, Sanction.SILENCE, 1, "Because.")
    with pytest.raises(Refused):
        lift_sanction(make_co_facilitator(category), mine.pk)


def test_what_cannot_be(member, facilitator):
    with pytest.raises(ValidationError):
        sanction(facilitator, member.pk, Sanction.SILENCE, 1, "  ")
    for kind, days in ((Sanction.SILENCE, 2), ("exile", 1)):
        with pytest.raises(ValueError, match="days"):
            sanction(facilitator, member.pk, kind, days, "Because.")
    assert not Sanction.objects.exists()


def test_notes_are_for_facilitators(member, facilitator):
    category = make_category()
    note_about(make_co_facilitator(category), member.pk, " Was warned by mail. ")
    assert StaffNote.objects.get().text == "Was warned by mail."
    with pytest.raises(Refused):
        note_about(make_member(), member.pk, "Me too.")
    with pytest.raises(Refused):
        note_about(facilitator, facilitator.pk, "I am good.")
    with pytest.raises(ValidationError):
        note_about(facilitator, member.pk, " ")


def test_what_they_had_written_stays(member, facilitator):
    post = make_reply(member, make_topic(make_member()))
    sanction(facilitator, member.pk, Sanction.SUSPENSION, 365, "Threats.")
    post.refresh_from_db()
    assert post.state == "published"
