"""Nothing that may not be seen when a mail goes out, however it was when it was told."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from cms.accounts.models import User
from cms.core.mailing.sending import send_due_mails
from cms.core.models import OutgoingMail
from cms.notifications.models import Notification
from cms.notifications.services import gather_mails
from forum.models import CategoryLevel, Member, Topic
from forum.rules import Access, Level, TopicState
from forum.services import delete_post, edit_post, follow_topic, note_read
from tests.forum.following import make_reader
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db


def html(mail) -> str:
    return mail.alternatives[0][0]


class TestNeverWhatMayNotBeSeen:
    """Asked again when the mail is written: after it was told, and after the mails were gathered."""

    CHANGES = {
        "deleted": lambda post, reader, group: delete_post(post.author, post.pk),
        "held again": lambda post, reader, group: type(post).objects.update(state="held"),
        "hidden": lambda post, reader, group: Topic.objects.update(state=TopicState.HIDDEN),
        "left the group": lambda post, reader, group: reader.groups.remove(group),
        "muted": lambda post, reader, group: follow_topic(reader, post.topic_id, Level.MUTED),
        "muted category": lambda post, reader, group: CategoryLevel.objects.update(level=Level.MUTED),
        "languages": lambda post, reader, group: (
            Member.objects.update_or_create(user=reader, defaults={"only_languages_read": True}),
            User.objects.filter(pk=reader.pk).update(languages_read=["fr"]),
        ),
        "read": lambda post, reader, group: note_read(reader, post.topic_id, post.number),
        "suspended": lambda post, reader, group: Member.objects.update_or_create(
            user=reader, defaults={"suspended_until": timezone.now() + timedelta(days=1)}
        ),
    }

    @pytest.mark.parametrize("gathered", [False, True])
    @pytest.mark.parametrize("change", CHANGES)
    def test_what_became_unseen_meanwhile_is_not_sent(self, site, mailoutbox, change, gathered):
        group = Group.objects.create(name="Preparing")
        closed = make_category(Access.GROUP, group=group)
        writer = make_member()
        reader = make_reader(level=Level.WATCHING, category=closed, languages_read=["en"])
        for user in (writer, reader):
            user.groups.add(group)
        post = make_topic(writer, closed).posts.get()
        assert Notification.objects.filter(recipient=reader).count() == 1
        if gathered:
            gather_mails(timezone.now() + timedelta(minutes=30))
            assert OutgoingMail.objects.filter(state="waiting").count() == 1
        self.CHANGES[change](post, reader, group)
        gather_mails(timezone.now() + timedelta(minutes=30))
        send_due_mails.call()
        assert mailoutbox == []

    def test_only_what_can_be_seen_still_is_in_the_mail(self, topic, writer, reader, mails):
        gone = make_reply(writer, topic, "This goes away.")
        make_reply(writer, topic, "This stays.")
        delete_post(writer, gone.pk)
        [mail] = mails()
        assert "This stays." in mail.body
        assert "This goes away." not in mail.body + html(mail)

    def test_an_edited_post_is_mailed_as_it_is_now(self, topic, writer, reader, mails):
        post = make_reply(writer, topic, "The first text.")
        edit_post(writer, post.pk, "The second text.", "en", seen=1)
        [mail] = mails()
        assert "The second text." in mail.body
        assert "The first text." not in mail.body + html(mail)
