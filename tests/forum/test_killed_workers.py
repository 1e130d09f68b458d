"""A worker that is killed in the middle: nobody is told twice, nobody is forgotten. Real processes, really killed."""

import os
import signal
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connections, transaction
from django.utils import timezone

from cms.core.mailing import sending
from cms.core.mailing.outbox import GONE_AFTER
from cms.core.mailing.sending import send_due_mails, tend_outbox
from cms.core.models import OutgoingMail
from cms.notifications.models import Delivery, Notification
from cms.notifications.services import gather_mails, gathering
from forum import notices
from forum.models import Post, Reading
from forum.notices import tell_of_post, tell_what_is_left
from forum.rules import Level
from tests.forum.following import daily, make_reader, mention
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(minutes=30)
BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what Django's file backend writes after each mail


def killed_while(work, *, at, attribute: str, after: int = 0) -> None:
    """Run `work()` in a process of its own, which is killed when it calls `at.attribute` for the `after` + 1st time."""
    connections.close_all()  # a connection is not to be shared with the child
    child = os.fork()
    if child == 0:
        calls = []
        known = getattr(at, attribute)

        def deadly(*args, **kwargs):
            if len(calls) == after:
                os.kill(os.getpid(), signal.SIGKILL)
            calls.append(args)
            return known(*args, **kwargs)

        try:
            setattr(at, attribute, deadly)
            work()
        finally:
            os._exit(0)  # it came to its end: the test then fails
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the worker was not killed"
    assert os.WTERMSIG(status) == signal.SIGKILL
    with transaction.atomic():  # waits until the database server has noticed as well
        list(Notification.objects.select_for_update().values_list("pk"))


@pytest.fixture
def mailbox(tmp_path, settings):
    """Mails are files, so that those of a killed process count too; answers all mails: (address, text)."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)

    def read() -> list[tuple[str, str]]:
        found = []
        for path in tmp_path.iterdir():
            # Two mails of one second can share a file; one that was opened for a mail never handed over is empty.
            for part in path.read_bytes().split(BETWEEN):
                if part.strip():
                    mail = message_from_bytes(part.lstrip(b"\n"), policy=policy.default)
                    body = mail.get_body(("plain",))
                    found.append((str(mail["To"]), body.get_content() if body else ""))
        return found

    return read


@pytest.fixture
def no_jobs(settings):
    """Jobs are kept, and run by hand."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["default", "mail"]}
    }


@pytest.fixture
def topic(site):
    topic = make_topic(make_member(), make_category())
    Reading.objects.all().delete()  # its author does not follow it
    return topic


@pytest.fixture
def watchers(topic):
    return [make_reader(level=Level.WATCHING, topic=topic) for _each in range(6)]


def heard(user) -> int:
    return Notification.objects.filter(recipient=user).count()


@pytest.mark.parametrize("step", ["_tell", "who_have_not_read", "watchers_of"])
def test_in_the_middle_of_telling_who_follows(topic, watchers, no_jobs, step):
    named = [make_reader() for _each in range(3)]
    writer = make_member()
    before = Notification.objects.count()
    post = make_reply(writer, topic, " ".join(mention(each) for each in named))
    killed_while(
        lambda: tell_of_post(post.pk),
        at=notices,
        attribute=step,
        after=1 if step == "_tell" else 0,  # those whom the post speaks to are told already, watchers are not
    )
    assert Notification.objects.count() == before  # all of it, or nothing
    assert tell_what_is_left(timezone.now() + LATER) > 0
    tell_of_post(post.pk)  # and the job itself, should somebody run it again
    assert [heard(each) for each in (*watchers, *named)] == [1] * 9
    assert not Post.objects.filter(told_version=0, topic=topic, number=2).exists()


def test_in_the_middle_of_gathering_digests(topic, watchers, mailbox):
    for each in watchers:
        daily(each)
    make_reply(make_member(), topic, "Something new.")
    tomorrow = timezone.now() + timedelta(days=1)
    # Within the transaction of the third of six: its delivery is made, its mail is not posted yet.
    killed_while(lambda: gather_mails(tomorrow), at=gathering, attribute="post", after=2)
    assert Delivery.objects.count() == OutgoingMail.objects.count() == 2
    for hours in (0, 1, 2):
        gather_mails(tomorrow + timedelta(hours=hours))
        send_due_mails.call()
    assert sorted(to for to, _text in mailbox()) == sorted(each.email for each in watchers)
    assert all(text.count("Something new.") == 1 for _to, text in mailbox())


@pytest.mark.parametrize("step", ["deliver", "send_one"])
def test_in_the_middle_of_sending_digests(topic, watchers, mailbox, no_jobs, step):
    """Killed between two mails, or after one was taken and before the mail server was told."""
    for each in watchers:
        daily(each)
    post = make_reply(make_member(), topic, "Something new.")
    tell_of_post(post.pk)
    gather_mails(timezone.now() + timedelta(days=1))
    killed_while(send_due_mails.call, at=sending, attribute=step, after=2)
    assert len(mailbox()) == 2
    OutgoingMail.objects.filter(taken_at__isnull=False).update(taken_at=timezone.now() - 2 * GONE_AFTER)
    for _minute in range(3):
        tend_outbox()
        send_due_mails.call()
        gather_mails(timezone.now() + timedelta(days=1, hours=1))
    sent = sorted(to for to, _text in mailbox())
    if step == "deliver":
        # It was on its way when the worker died: nobody can say whether it arrived, and it is not sent again.
        assert OutgoingMail.objects.get(state="unsure")
        assert len(sent) == len(set(sent)) == len(watchers) - 1
    else:
        assert sent == sorted(each.email for each in watchers)
