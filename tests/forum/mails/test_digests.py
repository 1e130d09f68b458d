"""Digests: without what was read, skipped when empty, at the same cost for many; and a mail that is tried again."""

from datetime import timedelta
from smtplib import SMTPDataError

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.languages import open_language_codes
from cms.core.mailing.sending import send_due_mails
from cms.core.models import OutgoingMail
from cms.notifications.mails import compose
from cms.notifications.models import Delivery
from cms.notifications.services import gather_mails
from forum.queries.categories import all_categories
from forum.rules import Level
from forum.services import note_read
from forum.standing import co_facilitators
from tests.core.mail_servers import ScriptedServer
from tests.forum.following import daily, make_reader
from tests.forum.talking import make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db


class TestDigests:
    def test_a_digest_leaves_out_what_was_read_on_the_site(self, topic, writer, reader, mails):
        daily(reader)
        posts = [make_reply(writer, topic, f"Thing number {number}.") for number in range(3)]
        note_read(reader, topic.pk, posts[1].number)
        [mail] = mails(days=1)
        assert "Thing number 2." in mail.body
        assert "Thing number 1." not in mail.body

    def test_a_digest_with_nothing_left_is_not_sent(self, topic, writer, reader, mails):
        daily(reader)
        post = make_reply(writer, topic)
        note_read(reader, topic.pk, post.number)
        assert mails(days=1) == []
        assert not Delivery.objects.exists()

    def test_a_long_post_is_cut_in_a_digest(self, topic, writer, reader, mails):
        daily(reader)
        make_reply(writer, topic, "word " * 1000)
        [mail] = mails(days=1)
        assert "word …" in mail.body
        assert mail.body.count("word") < 200

    def test_it_costs_the_same_for_few_posts_and_for_many(self, category, writer, mails):
        facilitator = make_member(role="Facilitators")
        costs = []
        for topics in (2, 20):
            reader = make_reader(level=Level.WATCHING, category=category, languages_read=["fr"])
            daily(reader)
            for _each in range(topics):
                make_reply(facilitator, make_topic(facilitator, category))
            gather_mails(timezone.now() + timedelta(days=1))
            delivery = Delivery.objects.get(recipient=reader)
            open_language_codes(), all_categories(), co_facilitators()  # kept until something changes
            with CaptureQueriesContext(connection) as asked:
                letter = compose({"delivery": delivery.pk})
            assert letter.text.count(" writes:") == topics
            costs.append(len(asked))
        # delivery, address, notifications, who they are, posts, translations
        assert costs == [6, 6]


def test_a_mail_that_was_refused_is_tried_again_and_goes_once(topic, writer, reader, settings):
    settings.EMAIL_BACKEND = "tests.core.mail_servers.ScriptedServer"
    ScriptedServer.forget()
    ScriptedServer.sending[:] = [SMTPDataError(451, b"later")] * 2
    make_reply(writer, topic)
    gather_mails(timezone.now() + timedelta(minutes=30))
    for _each in range(4):
        OutgoingMail.objects.filter(state="waiting").update(due_at=timezone.now())
        send_due_mails.call()
    assert len(ScriptedServer.taken) == 1
