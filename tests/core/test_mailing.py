"""Mail goes out from the worker, is tried again with growing pauses, and never goes out twice."""

import threading
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from cms.core.mailing import Letter, message_id, post, post_letter, register_composer, sending
from cms.core.mailing.composers import _composers
from cms.core.mailing.outbox import GONE_AFTER, KEPT
from cms.core.mailing.pauses import PAUSES, pause_after
from cms.core.mailing.sending import send_due_mails, tend_outbox, wake_worker
from cms.core.models import OutgoingMail
from cms.media.tasks import make_renditions
from tests.core.mail_servers import ScriptedServer

LETTER = Letter(to="ana@example.org", subject="Hello", text="The words.")


@pytest.fixture
def server(settings):
    """The script of a mail server; what it takes stands in `taken`."""
    settings.EMAIL_BACKEND = "tests.core.mail_servers.ScriptedServer"
    ScriptedServer.forget()
    yield ScriptedServer
    ScriptedServer.forget()


@pytest.fixture
def composer():
    """Registers a composer for the test: composer(compose, sent=…) answers its name."""
    names = []

    def register(compose, **others):
        names.append(f"test-{len(names)}")
        register_composer(names[-1], compose, **others)
        return names[-1]

    yield register
    for name in names:
        _composers.pop(name, None)


def work() -> int:
    return send_due_mails.call()


def make_due(**fields) -> None:
    OutgoingMail.objects.filter(state="waiting").update(due_at=timezone.now(), **fields)


def only() -> OutgoingMail:
    return OutgoingMail.objects.get()


@pytest.mark.django_db
class TestSending:
    def test_goes_out_once_and_leaves_no_words_behind(self, server):
        post_letter(LETTER, key="hello")
        assert [work(), work()] == [1, 0]
        [message] = server.taken
        assert (message.to, message.subject, message.body) == (["ana@example.org"], "Hello", "The words.")
        assert (only().state, only().data, only().tries) == ("sent", {}, 1)

    def test_what_is_handed_in_twice_goes_out_once(self, server):
        post_letter(LETTER, key="hello")
        work()
        post_letter(LETTER, key="hello")
        work()
        assert len(server.taken) == 1

    def test_what_is_rolled_back_was_never_asked_for(self, server):
        def change_of_mind():
            with transaction.atomic():
                post_letter(LETTER)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            change_of_mind()
        assert work() == 0

    def test_the_worker_is_woken_by_the_commit(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            post_letter(LETTER)
        assert len(mail.outbox) == 1

    def test_has_its_headers(self, server):
        letter = Letter(
            to="a@example.org",
            subject="A\ntitle",
            text="t",
            html="<p>t</p>",
            headers={"List-Id": "x\r\nBcc: y"},
        )
        post_letter(letter, key="k/1")
        work()
        message = server.taken[0].message()
        assert message["Subject"] == "A title"
        assert (message["List-Id"], message["Bcc"]) == ("x Bcc: y", None)
        assert message["Message-ID"] == message_id("mail", "k/1") == "<mail.k-1@testserver>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]

    def test_urgent_ones_first_and_none_before_its_time(self, server):
        post_letter(Letter(to="later@example.org", subject="", text=""), due_at=timezone.now() + PAUSES[0])
        post_letter(LETTER)
        post_letter(Letter(to="urgent@example.org", subject="", text=""), urgent=True)
        assert work() == 2
        assert [message.to[0] for message in server.taken] == ["urgent@example.org", "ana@example.org"]

    def test_each_mail_of_one_job_costs_the_same(self, server, django_assert_num_queries):
        for _ in range(5):
            post_letter(LETTER)
        with django_assert_num_queries(5 * 7 + 1):
            work()


@pytest.mark.django_db
class TestComposing:
    def test_words_are_found_when_the_mail_is_sent(self, server, composer):
        words = ["old"]
        name = composer(lambda data: Letter(to=data["to"], subject=words[0], text=""))
        post(name, {"to": "ana@example.org"})
        words[0] = "new"
        work()
        assert [message.subject for message in server.taken] == ["new"]

    def test_nothing_to_say_any_more_is_no_mail(self, server, composer):
        post(composer(lambda data: None), {})
        assert (work(), server.taken, only().state) == (0, [], "dropped")

    def test_who_posted_it_is_told_that_it_went_out(self, server, composer):
        told = []
        server.sending[:] = [SMTPDataError(451, b"later")]
        post(composer(lambda data: LETTER, sent=told.append), {"n": 1})
        work()
        assert told == []
        make_due()
        work()
        assert told == [{"n": 1}]

    def test_one_that_fails_to_be_written_keeps_no_other_back(self, server, composer):
        def fail(data):
            raise ValueError

        post(composer(fail), {"of": "no use"})
        post("of an app that is gone", {})
        post_letter(LETTER)
        assert work() == 1
        assert OutgoingMail.objects.filter(state="waiting", tries=1).count() == 2


@pytest.mark.django_db
class TestFailing:
    def test_a_refusal_is_tried_again_after_a_pause_with_the_same_message_id(self, server):
        server.sending[:] = [SMTPDataError(451, b"ana@example.org: try later")]
        post_letter(LETTER)
        work()
        kept = only()
        assert (kept.state, kept.error) == ("waiting", "SMTPDataError 451")
        assert timedelta(0) < kept.due_at - timezone.now() <= PAUSES[0]
        assert work() == 0
        make_due()
        assert work() == 1
        assert len(server.taken) == 1

    def test_given_up_after_the_last_pause(self, server):
        post_letter(LETTER)
        for _ in range(len(PAUSES) + 1):
            server.sending[:] = [OSError("disk full")]
            make_due()
            work()
        assert (only().state, only().tries, only().data) == ("failed", len(PAUSES) + 1, {})

    def test_no_such_person_is_not_tried_again(self, server):
        server.sending[:] = [SMTPRecipientsRefused({"ana@example.org": (550, b"no such user")})]
        post_letter(LETTER)
        work()
        assert (only().state, only().error) == ("failed", "SMTPRecipientsRefused 550")

    def test_a_full_mailbox_is_tried_again(self, server):
        server.sending[:] = [SMTPRecipientsRefused({"ana@example.org": (452, b"full")})]
        post_letter(LETTER)
        work()
        assert only().state == "waiting"

    def test_without_a_server_one_mail_is_tried_and_the_others_keep_their_tries(self, server):
        server.opening[:] = [ConnectionRefusedError()]
        for _ in range(3):
            post_letter(LETTER)
        assert work() == 0
        assert sorted(OutgoingMail.objects.values_list("tries", flat=True)) == [0, 0, 1]
        make_due()
        assert work() == 3

    @pytest.mark.parametrize(
        "error", [SMTPServerDisconnected("gone"), TimeoutError(), ConnectionResetError()]
    )
    def test_one_that_may_have_arrived_is_not_sent_again(self, server, error):
        server.sending[:] = [error]
        post_letter(LETTER)
        work()
        make_due()
        assert (work(), only().state) == (0, "unsure")

    @pytest.mark.parametrize(("state", "after"), [("taken", "waiting"), ("handed", "unsure")])
    def test_what_a_dead_worker_left(self, server, state, after):
        post_letter(LETTER)
        OutgoingMail.objects.update(state=state, taken_at=timezone.now() - GONE_AFTER / 2)
        tend_outbox()
        assert only().state == state
        OutgoingMail.objects.update(taken_at=timezone.now() - GONE_AFTER * 2, due_at=timezone.now() + KEPT)
        tend_outbox()
        assert only().state == after
        assert server.taken == []

    def test_a_worker_thought_dead_does_not_send_what_another_took(self, server, composer):
        def slow(data):
            OutgoingMail.objects.update(taken_at=timezone.now())
            return LETTER

        post(composer(slow), {})
        assert (work(), server.taken) == (0, [])

    def test_the_tick_wakes_the_worker_for_what_is_due_again(self, server):
        server.sending[:] = [SMTPDataError(451, b"")]
        post_letter(LETTER)
        work()
        make_due()
        tend_outbox()
        assert len(server.taken) == 1

    def test_ended_ones_are_forgotten_in_the_end(self):
        post_letter(LETTER, key="old")
        work()
        OutgoingMail.objects.update(ended_at=timezone.now() - KEPT * 2)
        tend_outbox()
        assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_workers_beside_each_other_send_each_mail_once(server):
    """Real connections, one per thread, on the real database."""
    addresses = [f"m{number}@example.org" for number in range(24)]
    OutgoingMail.objects.bulk_create(
        OutgoingMail(key=to, composer="letter", data=Letter(to=to, subject="", text="").as_data())
        for to in addresses
    )
    start, errors = threading.Barrier(4), []

    def run():
        try:
            start.wait(timeout=20)
            send_due_mails.call()
        except Exception as error:  # noqa: BLE001 - reported below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert sorted(message.to[0] for message in server.taken) == sorted(addresses)
    assert set(OutgoingMail.objects.values_list("state", "tries")) == {("sent", 1)}


@pytest.mark.django_db
class TestTurns:
    """Among the jobs of the worker."""

    @pytest.fixture
    def jobs(self, settings):
        settings.TASKS = {
            "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
        }

        def jobs() -> list[str]:
            return [job.task_path.rpartition(".")[2] for job in DBTaskResult.objects.ready()]

        return jobs

    def test_mail_that_somebody_waits_for_goes_before_the_sizes_of_uploads(self, jobs):
        for number in range(3):
            make_renditions.enqueue(number)
        wake_worker()
        assert jobs()[0] == "send_due_mails"

    def test_after_a_full_batch_the_others_have_their_turn(self, jobs, server, monkeypatch):
        monkeypatch.setattr(sending, "AT_ONCE", 2)
        make_renditions.enqueue(1)
        OutgoingMail.objects.bulk_create(
            OutgoingMail(key=str(number), composer="letter", data=LETTER.as_data()) for number in range(5)
        )
        assert work() == 2
        assert jobs() == ["make_renditions", "send_due_mails"]


@given(st.integers(1, 20))
def test_pauses_grow_and_end(tries):
    pause, longer = pause_after(tries), pause_after(tries + 1)
    assert longer is None or (pause is not None and longer > pause)
