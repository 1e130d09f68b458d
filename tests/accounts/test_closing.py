"""Closing one's account: who may, what ends at once, and that the work goes on where a worker was killed."""

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts import closing, leaving
from cms.accounts.closing import Part, register_part
from cms.accounts.leaving import LastAdministrator, close_account, wake_closings, work_on
from cms.accounts.models import Closing, User
from cms.core.mailing import Letter, post_letter
from cms.core.models import OutgoingMail
from cms.notifications.models import Notification
from tests.factories.documents import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
NOBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
SOMEBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}


@pytest.fixture
def no_worker(settings):
    """Jobs are kept, and nobody does them."""
    settings.TASKS = NOBODY_WORKS


@pytest.fixture
def member(site):
    return make_user(name="ana", display_name="Anahita")


@pytest.fixture
def steps(monkeypatch):
    """A part that counts to five, one step at a time, in place of all others; the list of what it was asked."""
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(closing, "_parts", {})

    def step(user, choice, progress):
        asked.append((choice, progress.get("at", 0)))
        at = progress.get("at", 0) + 1
        return {"at": at} if at < 5 else None

    register_part(Part("counting", step, choices=[("a", "A"), ("b", "B")], question="Which?"))
    return asked


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(**fields) -> dict:
    return {"credit": "former", "part-forum": "keep", "password": PASSWORD, **fields}


def test_closed_by_its_owner_with_the_password(member):
    client = logged_in(member)
    page = client.get("/en/me/close/")
    assert "My posts in the forum" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    answer = client.post("/en/me/close/", form())
    assert answer.url == "/en/me/closed/"
    assert not User.objects.filter(pk=member.pk).exists()
    assert not Closing.objects.exists()
    assert "Your account is closed" in client.get(answer.url).text
    assert client.get("/en/me/").status_code == 302
    assert OutgoingMail.objects.get().data["to"] == member.email


@pytest.mark.parametrize(
    "fields", [{"password": "not this one"}, {"password": ""}, {"credit": "nobody"}, {"part-forum": "burn"}]
)
def test_nothing_is_closed_by_half(member, fields):
    answer = logged_in(member).post("/en/me/close/", form(**fields))
    assert answer.status_code == 422
    member.refresh_from_db()
    assert member.is_active


def test_passwords_are_not_guessed_here(member):
    client = logged_in(member)
    answers = [client.post("/en/me/close/", form(password="guess")).status_code for _each in range(8)]
    assert 429 in answers
    assert client.post("/en/me/close/", form()).status_code == 429
    member.refresh_from_db()
    assert member.is_active


def test_who_is_not_logged_in_logs_in_first(site):
    assert Client().get("/en/me/close/").url.startswith("/accounts/login/")
    assert Client().post("/en/me/close/", form()).status_code == 302


def test_the_last_administrator_stays(site):
    admin = make_user("Administrators")
    client = logged_in(admin)
    assert "only administrator" in client.get("/en/me/close/").text
    client.post("/en/me/close/", form())
    with pytest.raises(LastAdministrator):
        close_account(admin, {})
    make_user("Administrators")
    client.post("/en/me/close/", form())
    assert not User.objects.filter(pk=admin.pk).exists()


def test_what_ends_at_once(member, steps, no_worker):
    other_device = logged_in(member)
    post_letter(
        Letter(to=member.email, subject="Later", text="…"),
        due_at=timezone.now() + timezone.timedelta(hours=1),
    )
    close_account(member, {"counting": "b"})
    member.refresh_from_db()
    assert not member.is_active
    assert other_device.get("/en/me/").status_code == 302
    waiting = OutgoingMail.objects.filter(state="waiting")
    assert [row.data["subject"] for row in waiting] == ["Your account is closed"]
    assert close_account(member, {"counting": "a"}).choices == {"counting": "b"}


def test_a_worker_that_is_killed_half_way_is_followed_by_another(member, steps, no_worker):
    close_account(member, {"counting": "b"})
    assert work_on(member.pk, seconds=-1)
    assert steps == []
    for part in closing.parts():
        leaving.one_step(Closing.objects.get(), part)
    # Killed now: it has said that it works on it, and nobody else does until that is over.
    assert not work_on(member.pk)
    assert steps == [("b", 0)]
    Closing.objects.update(busy_until=timezone.now() - timezone.timedelta(seconds=1))
    assert not work_on(member.pk)
    assert steps == [("b", number) for number in range(5)]
    assert not User.objects.filter(pk=member.pk).exists()
    assert not work_on(member.pk)


def test_a_job_that_was_lost_is_asked_for_again(member, steps, settings):
    settings.TASKS = NOBODY_WORKS
    close_account(member, {})
    settings.TASKS = SOMEBODY_WORKS
    assert wake_closings() == 1
    assert not User.objects.filter(pk=member.pk).exists()
    assert wake_closings() == 0


def test_deleted_by_another_road_the_same_is_done(member, steps):
    member.delete()
    assert steps == [("a", number) for number in range(5)]


def test_begun_and_then_deleted_it_goes_on(member, steps, no_worker):
    close_account(member, {"counting": "b"})
    leaving.one_step(Closing.objects.get(), closing.parts()[0])
    User.objects.get(pk=member.pk).delete()
    assert steps == [("b", number) for number in range(5)]


def test_what_they_were_told_goes(member):
    other = make_user()
    rows = [(member, other), (other, member)]
    for number, (recipient, actor) in enumerate(rows):
        Notification.objects.create(
            recipient=recipient, actor=actor, actor_name=actor.shown_name, kind="other", about=f"a:{number}",
            event="e", created_at=timezone.now(), frequency="never",
        )  # fmt: skip
    close_account(member, {})
    left = Notification.objects.get()
    assert (left.recipient, left.actor, left.actor_name) == (other, None, "")
