"""Telling whom a query finds: what `notify` does, in one statement, for any number of people."""

import pytest
from django.db import transaction

from cms.accounts.models import User
from cms.notifications.models import Notification
from cms.notifications.services import notify, notify_all, set_preference
from tests.factories.documents import make_user
from tests.notifications.conftest import NOON
from tests.notifications.toys import ALERT, NEWS

pytestmark = pytest.mark.django_db
DATA = {"title": "L’économie “sociale”", "number": 3, "nested": [1, None, True]}


def rows(about: str) -> list[tuple]:
    names = ("recipient__username", "kind", "event", "actor", "actor_name", "data", "created_at")
    names += ("on_site", "frequency", "mail_due_at", "read_at", "delivery", "mailed_at")
    return list(Notification.objects.filter(about=about).order_by("recipient__username").values_list(*names))


@pytest.mark.parametrize("kind", [NEWS, ALERT])
@pytest.mark.parametrize("acting", [True, False])
def test_it_writes_what_telling_one_by_one_writes(site, world, kind, acting):
    people = [make_user(name=f"member-{number}") for number in range(8)]
    for person, frequency in zip(
        people, ("at_once", "daily", "weekly", "never", None, "never"), strict=False
    ):
        if frequency:
            set_preference(person, kind, frequency=frequency, on_site=person != people[5])
    User.objects.filter(pk=people[6].pk).update(is_active=False)
    actor = people[7] if acting else None
    for each, about, whom in ((notify, "one", people), (notify_all, "all", User.objects.all())):
        each(whom, kind, about, DATA, event="e1", actor=actor, actor_name="Somebody", at=NOON)
    assert rows("all") == rows("one")
    assert len(rows("all")) == (5 if acting else 6)


def test_nobody_is_told_twice(ana, bo, world):
    everybody = User.objects.all()
    assert notify_all(everybody.filter(pk=ana.pk), NEWS, "page-1", {}, event="e1") == 1
    assert notify_all(everybody, NEWS, "page-1", {}, event="e1") == 1
    assert notify_all(everybody, NEWS, "page-1", {}, event="e2") == 2
    assert Notification.objects.count() == 4


def test_ten_thousand_are_told_in_one_statement(site, world, django_assert_num_queries):
    User.objects.bulk_create(
        User(username=f"u{number}", email=f"u{number}@example.org") for number in range(10_000)
    )
    with django_assert_num_queries(1):
        assert notify_all(User.objects.all(), NEWS, "page-1", DATA, event="e1") == 10_000
    assert Notification.objects.count() == 10_000


def test_what_is_rolled_back_was_told_to_nobody(ana, bo):
    def change_of_mind():
        with transaction.atomic():
            notify_all(User.objects.all(), NEWS, "page-1", {}, event="e1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_of_mind()
    assert not Notification.objects.exists()


def test_a_name_that_does_not_fit_is_refused(ana):
    with pytest.raises(ValueError, match="characters"):
        notify_all(User.objects.all(), NEWS, "", {}, event="e1")
