"""One click ends what makes somebody hear of a topic: by POST, without a cookie, never by GET."""

import pytest
from django.test import Client

from cms.accounts.models import User
from forum.models import CategoryLevel, Reading
from forum.rules import Level
from tests.forum.following import make_reader, mention
from tests.forum.talking import make_reply, make_topic

pytestmark = pytest.mark.django_db


def unsubscribe_address(mail) -> str:
    return mail.message()["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")


class TestUnsubscribing:
    def test_one_click_mutes_the_topic_without_a_cookie(self, topic, writer, reader, mails):
        make_reply(writer, topic)
        [mail] = mails()
        client = Client(enforce_csrf_checks=True)
        answer = client.post(unsubscribe_address(mail), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert Reading.objects.get(user=reader, topic=topic).level == Level.MUTED
        assert topic.title in answer.content.decode()
        make_reply(writer, topic, mention(reader))
        assert mails() == []
        assert client.post(unsubscribe_address(mail)).status_code == 200

    def test_get_changes_nothing(self, topic, writer, reader, mails):
        make_reply(writer, topic)
        [mail] = mails()
        for _each in range(2):
            assert Client().get(unsubscribe_address(mail)).status_code == 200
        assert Reading.objects.get(user=reader, topic=topic).level == Level.WATCHING
        make_reply(writer, topic)
        assert len(mails()) == 1

    def test_of_a_watched_category_only_the_topic_is_left(self, category, topic, writer, mails):
        CategoryLevel.objects.create(
            user=(user := make_reader("cat")), category=category, level=Level.WATCHING
        )
        make_reply(writer, topic)
        [mail] = mails()
        Client().post(unsubscribe_address(mail))
        assert Reading.objects.get(user=user).level == Level.MUTED
        make_topic(writer, category, "Another")
        [mail] = mails()
        assert "Another" in mail.subject

    def test_an_account_that_was_closed_can_still_follow_the_link(self, topic, writer, reader, mails):
        make_reply(writer, topic)
        [mail] = mails()
        User.objects.filter(pk=reader.pk).update(is_active=False)
        assert Client().post(unsubscribe_address(mail)).status_code == 200
