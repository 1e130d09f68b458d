"""Mails of moderation: to who decides without the text, to the author with the reason."""

import pytest
from django.utils import timezone

from cms.notifications.models import Notification
from forum.models import ReviewItem
from forum.notices import tell_of_decision
from forum.rules import ReviewState, Trust
from tests.forum.talking import make_member, said
from tests.wiki.mail_tools import by_reader

pytestmark = pytest.mark.django_db


class TestModeration:
    @pytest.fixture
    def facilitator(self, site):
        return make_member(name="fac", display_name="Fac", role="Facilitators", interface_language="en")

    def test_who_decides_is_told_that_something_waits_without_its_text(self, topic, facilitator, mails):
        new = make_member(Trust.NEW, name="new", display_name="Newcomer")
        said(new, topic, "A secret until it is approved.")
        found = by_reader(mails())
        assert set(found) == {"fac"}
        item = ReviewItem.objects.get()
        assert "A post by Newcomer waits to be published. Category: After Workshop 7." in found["fac"]
        assert f"http://testserver/en/forum/review/{item.pk}/" in found["fac"]
        assert "secret" not in found["fac"]

    def test_what_was_decided_meanwhile_is_not_mailed_and_counts_no_more(self, topic, facilitator, mails):
        new = make_member(Trust.NEW, name="new")
        said(new, topic)
        item = ReviewItem.objects.get()
        self.decide(item, ReviewState.REFUSED, facilitator, "Off topic.")
        assert set(by_reader(mails())) == {"new"}
        assert not Notification.objects.filter(recipient=facilitator, read_at=None).exists()

    def decide(self, item, state, by, reason=""):
        ReviewItem.objects.filter(pk=item.pk).update(
            state=state, decided_by=by, decided_at=timezone.now(), reason=reason, version=item.version + 1
        )
        tell_of_decision(item.pk)

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            (ReviewState.APPROVED, "is published"),
            (ReviewState.REFUSED, "did not publish it"),
            (ReviewState.REMOVED, "has taken away what you wrote"),
        ],
    )
    def test_the_author_learns_what_became_of_their_post_and_why(
        self, topic, facilitator, mails, state, words
    ):
        new = make_member(Trust.NEW, name="new", interface_language="en")
        post = said(new, topic).post
        if state == ReviewState.APPROVED:
            type(post).objects.filter(pk=post.pk).update(state="published", number=2)
        self.decide(ReviewItem.objects.get(), state, facilitator, "Because of this.")
        self.decide(ReviewItem.objects.get(), state, facilitator, "Because of this.")
        [mail] = mails()
        assert mail.to == ["new@example.org"]
        assert words in mail.body
        own = f"http://testserver/en/forum/me/decision/{ReviewItem.objects.get().pk}/"
        assert (own in mail.body) is (state != ReviewState.APPROVED)
        assert "Because of this." in mail.body

    def test_of_a_report_that_led_to_nothing_nobody_is_told(self, topic, writer, facilitator, mails):
        item = ReviewItem.objects.create(
            kind="post",
            category=topic.category,
            post=topic.posts.get(),
            member=writer,
            created_at=timezone.now(),
        )
        self.decide(item, ReviewState.SET_ASIDE, facilitator)
        assert mails() == []
