"""Members say that something is wrong: once each, not too often, and nobody learns who it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.accounts.models import User
from forum.deciding import Decision
from forum.errors import Refused, TooMany
from forum.models import Member, Post, Report, ReviewItem
from forum.rules import Access, Refusal, ReviewKind, Trust
from forum.services import edit_post
from forum.services.reporting import report_member, report_post
from forum.services.reviewing import Verdict, decide
from forum.standing import forget_standing
from tests.forum.moderating import decided, held_post, make_co_facilitator, make_facilitator, reported
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def post(category):
    return make_reply(make_member(), make_topic(make_member(), category))


def test_reports_about_a_post_are_one_thing_to_decide(post):
    first, second = make_member(), make_member()
    item = reported(post, first, "insult", "  Rude.  ")
    assert reported(post, second, "spam") == item
    assert reported(post, first, "other") == item
    assert list(item.reports.order_by("pk").values_list("reporter", "reason", "text")) == [
        (first.pk, "insult", "Rude."),
        (second.pk, "spam", "Look at this."),
    ]
    item.refresh_from_db()
    assert (item.kind, item.member, item.category, item.version) == (
        ReviewKind.REPORTED_POST, post.author, post.topic.category, 2,
    )  # fmt: skip


def test_what_was_looked_at_is_not_reported_again_by_the_same(post):
    reporter, facilitator = make_member(), make_facilitator()
    decided(facilitator, reported(post, reporter), Decision.SET_ASIDE)
    with pytest.raises(Refused) as refused:
        reported(post, reporter)
    assert refused.value.code == Refusal.REPORTED_BEFORE
    assert reported(post, make_member()).state == "waiting"
    decided(facilitator, ReviewItem.objects.get(state="waiting"), Decision.SET_ASIDE)
    edit_post(post.author, post.pk, "Now it is worse.", "en", seen=1)
    assert reported(post, reporter).reports.count() == 1


def test_a_member_is_reported_to_facilitators_of_all_of_the_forum(post):
    reporter = make_member()
    item = report_member(reporter, post.author_id, "insult", "Writes to me all day.").item
    assert report_member(make_member(), post.author_id, "spam", "").item == item
    assert not ReviewItem.objects.visible_to(make_co_facilitator(post.topic.category)).exists()
    facilitator = make_facilitator()
    item.refresh_from_db()
    decide(facilitator, item.pk, Verdict(Decision.SET_ASIDE, item.version))
    with pytest.raises(Refused):
        report_member(reporter, post.author_id, "insult", "Still.")
    ReviewItem.objects.update(decided_at=timezone.now() - timedelta(days=2))
    assert report_member(reporter, post.author_id, "insult", "Still.").item != item


def test_a_reported_member_is_silenced_from_there(post):
    item = report_member(make_member(), post.author_id, "insult", "").item
    verdict = Verdict(Decision.SANCTION, item.version, "Insults.", sanction="silence", days=3)
    decide(make_facilitator(), item.pk, verdict)
    assert Member.objects.get(user=post.author).silenced_until > timezone.now() + timedelta(days=2)
    other = report_member(make_member(), post.topic.author_id, "insult", "").item
    with pytest.raises(ValueError, match="sanction"):
        decide(make_facilitator(), other.pk, Verdict(Decision.SANCTION, other.version, "Insults."))


@pytest.mark.parametrize(("trust", "allowed"), [(Trust.NEW, 5), (Trust.MEMBER, 20)])
def test_not_too_often(category, trust, allowed):
    reporter, topic = make_member(trust), make_topic(make_member(), category)
    for _each in range(allowed):
        author = make_member()
        reported(make_reply(author, topic), reporter)
    with pytest.raises(TooMany) as stopped:
        reported(make_reply(make_member(), topic), reporter)
    assert 0 < stopped.value.seconds <= 24 * 60 * 60
    Report.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
    reported(make_reply(make_member(), topic), reporter)


def test_who_may(post):
    with pytest.raises(Refused) as refused:
        report_post(post.author, post.pk, "spam", "")
    assert refused.value.code == Refusal.YOUR_OWN
    with pytest.raises(Refused) as refused:
        report_post(None, post.pk, "spam", "")
    assert refused.value.code == Refusal.LOG_IN
    until = timezone.now() + timedelta(days=1)
    silenced, suspended = make_member(), make_member()
    Member.objects.filter(user=silenced).update(silenced_until=until)
    Member.objects.filter(user=suspended).update(suspended_until=until)
    for user in (silenced, suspended):
        forget_standing(user)
    report_post(silenced, post.pk, "spam", "")
    with pytest.raises(Refused) as refused:
        report_post(suspended, post.pk, "spam", "")
    assert refused.value.code == Refusal.SUSPENDED


def test_only_what_they_read(category):
    facilitator = make_facilitator()
    closed = make_category(Access.GROUP, group=facilitator.groups.get())
    secret = make_topic(facilitator, closed).posts.get()
    held = held_post(category)
    for post in (secret, held):
        with pytest.raises(Post.DoesNotExist):
            report_post(make_member(), post.pk, "spam", "")
    with pytest.raises(User.DoesNotExist):
        report_member(make_member(), held.author_id, "spam", "")
    with pytest.raises(ValueError, match="whim"):
        report_post(facilitator, make_topic(make_member(), category).posts.get().pk, "whim", "")
