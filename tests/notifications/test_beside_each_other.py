"""Two schedulers and two workers at the same moment: each thing is mailed once. Real connections and threads."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from cms.core.mailing.sending import send_due_mails
from cms.notifications.models import Delivery, Notification
from cms.notifications.services import gather_mails
from tests.factories.documents import make_user
from tests.notifications.test_mails import NEXT_DIGEST, SOON
from tests.notifications.toys import ALERT

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number, *functions):
    """Run each function in `number` threads that start together."""
    jobs = [function for function in functions for _ in range(number)]
    start, errors = threading.Barrier(len(jobs)), []

    def run(function):
        try:
            start.wait(timeout=20)
            function()
        except Exception as error:  # noqa: BLE001 - reported below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []


def test_each_thing_is_mailed_once(site, world, tell):
    users = [make_user(name=f"member-{number}") for number in range(6)]
    for event in ("e1", "e2", "e3"):
        tell(users, event)
    at_once(4, lambda: gather_mails(SOON), send_due_mails.call)
    send_due_mails.call()
    # The immediate tasks of this run may have sent some already; what counts is that nobody heard twice.
    heard = sorted((message.to[0], event) for message in mail.outbox for event in events_in(message))
    assert heard == sorted((user.email, event) for user in users for event in ("e1", "e2", "e3"))
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_there_is_one_digest(site, world, tell):
    users = [make_user(name=f"member-{number}") for number in range(6)]
    for event in ("e1", "e2", "e3"):
        tell(users, event, kind=ALERT)
    at_once(4, lambda: gather_mails(NEXT_DIGEST), send_due_mails.call)
    gather_mails(NEXT_DIGEST + timedelta(hours=1))
    send_due_mails.call()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(user.email for user in users)
    assert Delivery.objects.count() == len(users)


def test_told_at_the_same_moment_a_person_hears_once(site, world, tell):
    users = [make_user(name=f"member-{number}") for number in range(6)]
    at_once(4, lambda: tell(users, "e1"), lambda: tell(users[::-1], "e1"))
    assert Notification.objects.count() == len(users)


def events_in(message) -> list[str]:
    return [line.split("did ")[1] for line in message.body.splitlines() if "did " in line]
