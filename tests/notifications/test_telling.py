"""Telling people, and noting that they know."""

import pytest
from django.db import transaction

from cms.notifications.models import Notification, Preference
from cms.notifications.queries import unread_count
from cms.notifications.services import forget_actor, mark_all_read, mark_read, notify, set_preference
from tests.factories.documents import make_user
from tests.notifications.toys import ALERT, NEWS

pytestmark = pytest.mark.django_db


def told(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("id").values_list("event", flat=True))


def test_of_one_event_a_person_hears_once(ana, bo, tell):
    for _ in range(2):
        tell([ana, bo, ana], "e1")
    tell(ana, "e2")
    tell(ana, "e1", about="page-2")
    tell(ana, "e1", kind=ALERT)
    assert (told(ana), told(bo)) == (["e1", "e2", "e1", "e1"], ["e1"])


def test_nobody_hears_of_their_own_doing(ana, bo, tell):
    tell([ana, bo], actor=bo)
    assert (told(ana), told(bo)) == (["e1"], [])
    assert Notification.objects.get().actor_name == "Bo"


def test_an_account_that_is_not_active_hears_nothing(ana, tell):
    ana.is_active = False
    ana.save()
    tell(ana)
    assert told(ana) == []


def test_what_is_rolled_back_was_never_told(ana, tell):
    def change_of_mind():
        with transaction.atomic():
            tell(ana)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_of_mind()
    assert told(ana) == []


def test_costs_the_same_for_few_and_for_many(site, world, tell, django_assert_num_queries):
    users = [make_user() for _ in range(60)]
    Preference.objects.create(user=users[3], kind=NEWS, frequency="weekly")
    for number in (2, 60):
        with django_assert_num_queries(2):
            tell(users[:number], f"to {number}")
    assert Notification.objects.count() == 62


@pytest.mark.parametrize("names", [{"about": ""}, {"event": ""}, {"about": "x" * 121}, {"event": "x" * 121}])
def test_a_name_that_does_not_fit_is_refused(ana, names):
    with pytest.raises(ValueError, match="characters"):
        notify([ana], NEWS, names.get("about", "page"), {}, event=names.get("event", "e"))


def test_a_kind_nobody_registered_is_refused(ana):
    with pytest.raises(KeyError):
        notify([ana], "of no app", "page", {}, event="e")


class TestWishes:
    def test_without_a_choice_the_kind_says(self, ana, tell):
        tell(ana)
        tell(ana, kind=ALERT)
        assert sorted(Notification.objects.values_list("frequency", flat=True)) == ["at_once", "daily"]

    def test_neither_by_mail_nor_on_the_site_is_not_told(self, ana, tell):
        set_preference(ana, NEWS, frequency="never", on_site=False)
        tell(ana)
        assert told(ana) == []

    def test_only_by_mail_counts_nothing_on_the_site(self, ana, tell, mails_at):
        set_preference(ana, NEWS, on_site=False)
        tell(ana)
        assert (unread_count(ana), len(mails_at())) == (0, 1)

    def test_only_on_the_site_is_no_mail(self, ana, tell, mails_at):
        set_preference(ana, NEWS, frequency="never")
        tell(ana)
        assert (unread_count(ana), mails_at()) == (1, [])

    def test_a_change_of_mind_holds_for_what_waits(self, ana, tell, mails_at):
        tell(ana)
        set_preference(ana, NEWS, frequency="never")
        assert mails_at() == []

    def test_an_unknown_frequency_is_refused(self, ana):
        with pytest.raises(ValueError, match="frequency"):
            set_preference(ana, NEWS, frequency="hourly")


class TestReading:
    def test_only_ones_own(self, ana, bo, tell):
        tell([ana, bo])
        foreign = Notification.objects.get(recipient=bo)
        assert mark_read(ana, ids=[foreign.pk]) == 0
        assert (unread_count(ana), unread_count(bo)) == (1, 1)

    def test_all_about_a_thing(self, ana, tell):
        tell(ana, "e1")
        tell(ana, "e2")
        tell(ana, "e1", about="page-2")
        assert mark_read(ana, about="page-1") == 2
        assert unread_count(ana) == 1

    def test_what_came_after_the_page_was_shown_stays_unread(self, ana, tell):
        tell(ana, "e1")
        shown = Notification.objects.get()
        tell(ana, "e2")
        mark_all_read(ana, up_to=shown.pk)
        assert Notification.objects.get(read_at=None).event == "e2"

    def test_counting_costs_one_query(self, ana, tell, django_assert_num_queries):
        for number in range(5):
            tell(ana, f"e{number}")
        with django_assert_num_queries(1):
            assert unread_count(ana) == 5


def test_a_deleted_actor_keeps_the_name_they_chose(ana, bo, tell):
    tell(ana, actor=bo)
    forget_actor(bo, "a former member")
    bo.delete()
    kept = Notification.objects.get()
    assert (kept.actor, kept.actor_name) == (None, "a former member")
