"""`manage.py repair_forum`: each counter is made wrong on purpose, found, and mended; nothing else is touched."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.accounts.models import User
from forum.models import Category, LogEntry, Mark, Member, Post, Reading, Sanction, Topic
from forum.rules import MarkKind, PostState, TopicState
from forum.services import delete_post, edit_post, give_mark, repairing
from forum.services.sanctioning import sanction
from forum.services.trusting import recount_trust
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_member()


@pytest.fixture
def topic(author):
    topic = make_topic(author)
    other = make_member()
    last = make_reply(other, topic)
    give_mark(other, last.pk, MarkKind.THANKS)
    give_mark(author, last.pk, MarkKind.THANKS)
    give_mark(author, last.pk, MarkKind.BOOKMARK)
    deleted = make_reply(author, topic)
    delete_post(author, deleted.pk)
    make_topic(author, make_category())
    topic.refresh_from_db()
    return topic


def run(*options) -> str:
    out = StringIO()
    call_command("repair_forum", *options, stdout=out, verbosity=0)
    return out.getvalue()


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Category, Topic, Post, Reading, Mark)]


def test_a_forum_that_counts_right_is_left_alone(topic):
    before = everything()
    assert run() == run("--check") == "The forum counts right.\n"
    assert everything() == before


WRONG = {
    "posts_count": lambda topic: Topic.objects.filter(pk=topic.pk).update(posts_count=7),
    "highest_number": lambda topic: Topic.objects.filter(pk=topic.pk).update(highest_number=1),
    "last_post_id": lambda topic: Topic.objects.filter(pk=topic.pk).update(last_post=None),
    "bumped_at": lambda topic: Topic.objects.filter(pk=topic.pk).update(bumped_at=timezone.now()),
    "state": lambda topic: Topic.objects.filter(pk=topic.pk).update(state=TopicState.EMPTY),
    "topics_count": lambda topic: Category.objects.filter(pk=topic.category_id).update(topics_count=0),
    "posts_count ": lambda topic: Category.objects.filter(pk=topic.category_id).update(posts_count=0),
    "marks": lambda topic: Post.objects.filter(number=2).update(marks={"agree": 1, "thanks": 2}),
    "marks ": lambda topic: Post.objects.filter(number=1).update(marks={"thanks": 1}),
    "last_read": lambda topic: Reading.objects.filter(topic=topic).update(last_read=90),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_counted_wrong_is_found_and_mended(topic, wrong):
    right = everything()
    WRONG[wrong](topic)
    spoilt = everything()
    assert spoilt != right
    with pytest.raises(CommandError) as found:
        run("--check")
    assert found.value.returncode == 1
    assert f"{wrong.strip()}: " in str(found.value)
    assert everything() == spoilt
    said = run()
    assert f": {wrong.strip()} was " in said
    assert run("--check") == "The forum counts right.\n"
    if wrong != "last_read":
        assert everything() == right


def test_a_mark_that_was_lost_is_not_counted(topic):
    Mark.objects.filter(kind=MarkKind.THANKS).first().delete()
    assert "marks was {'thanks': 2}, is {'thanks': 1}" in run()


def test_a_topic_left_without_posts_is_shown_to_nobody(topic):
    Post.objects.filter(topic=topic).update(state=PostState.DELETED)
    assert "state was open, is empty" in run()
    assert not Topic.objects.visible_to(None).filter(pk=topic.pk).exists()
    topic.category.refresh_from_db()
    assert (topic.category.topics_count, topic.category.posts_count) == (0, 0)


def test_somebody_has_read_to_the_end_of_what_there_is(topic, author):
    Reading.objects.filter(topic=topic, user=author).update(last_read=90)
    run()
    assert Reading.objects.get(topic=topic, user=author).last_read == topic.highest_number == 3


def test_it_works_in_small_steps(topic, monkeypatch):
    for name in ("TOPICS_AT_ONCE", "POSTS_AT_ONCE", "READINGS_AT_ONCE"):
        monkeypatch.setattr(repairing, name, 1)
    Post.objects.filter(number=2).update(marks={})
    Topic.objects.update(posts_count=9)
    said: list[str] = []
    found = list(repairing.repair_forum(True, said.append))
    assert len(found) == 3
    highest = Topic.objects.order_by("pk").last().pk
    assert f"topics: {highest} of {highest}" in said
    assert run("--check") == "The forum counts right.\n"


def test_what_is_written_meanwhile_is_no_fault(topic, author, monkeypatch):
    """Between the look and the second look somebody writes: the first found a topic that was off for a moment."""
    rows = repairing.right_topics

    def then_somebody_writes():
        monkeypatch.setattr(repairing, "right_topics", rows)
        found = list(rows().order_by("pk"))
        for each in found:
            each.posts_count += 1

        class Found:
            def filter(self, **where):
                return self

            def order_by(self, *by):
                return found

        return Found()

    monkeypatch.setattr(repairing, "right_topics", then_somebody_writes)
    assert run("--check") == "The forum counts right.\n"


# --- members


@pytest.fixture
def counted(author, topic):
    """A member who has been counted, with posts that stand, and one that facilitators took away."""
    long_ago = timezone.now() - timedelta(days=9)
    User.objects.update(date_joined=long_ago)
    for _each in range(3):
        make_reply(author, topic)
    facilitator = make_member(role="Facilitators")
    delete_post(facilitator, make_reply(author, topic).pk, "no")
    Post.objects.update(created_at=long_ago, published_at=long_ago)
    Post.objects.filter(state=PostState.DELETED).update(deleted_at=long_ago)
    LogEntry.objects.update(at=long_ago)
    list(repairing.repair_forum(True, lambda text: None))  # the newest posts have other days now
    recount_trust(Member.objects.values_list("pk", flat=True))
    found = Member.objects.get(user=author)
    assert (found.kept_posts, found.removed_posts) == (5, 1)
    assert run("--check") == "The forum counts right.\n"
    return found


@pytest.mark.parametrize(
    ("field", "value"),
    [("kept_posts", 9), ("kept_posts", 1), ("removed_posts", 0), ("removed_posts", 3), ("trust", 2)],
)
def test_what_trust_is_made_of_is_found_wrong_and_mended(counted, field, value):
    Member.objects.filter(pk=counted.pk).update(**{field: value})
    with pytest.raises(CommandError):
        run("--check")
    assert f": {field} was {value}, is " in run()
    after = Member.objects.get(pk=counted.pk)
    assert (after.kept_posts, after.removed_posts, after.trust) == (
        counted.kept_posts,
        counted.removed_posts,
        counted.trust,
    )


def test_a_sanction_that_is_not_in_force_and_one_that_is_lost_are_mended(counted):
    facilitator = make_member(role="Facilitators")
    sanction(facilitator, counted.pk, Sanction.SILENCE, 7, "a pause")
    assert run("--check") == "The forum counts right.\n"
    tomorrow = timezone.now() + timedelta(days=1)
    Member.objects.filter(pk=counted.pk).update(silenced_until=None, suspended_until=tomorrow)
    said = run()
    assert "silenced_until was None" in said
    assert "suspended_until was" in said
    after = Member.objects.get(pk=counted.pk)
    assert after.suspended_until is None
    assert after.silenced_until == Sanction.objects.get().until


def test_what_happened_since_a_member_was_counted_is_no_fault(counted, author, topic):
    kept = list(topic.posts.filter(author=author, state=PostState.PUBLISHED).order_by("pk"))
    delete_post(author, kept[1].pk)
    delete_post(make_member(role="Facilitators"), kept[2].pk, "no")
    edit_post(author, make_reply(author, topic).pk, "Better.", "en", seen=1)
    assert run("--check") == "The forum counts right.\n"


def test_a_sanction_that_is_over_waits_for_the_tick(counted):
    sanction(make_member(role="Facilitators"), counted.pk, Sanction.SILENCE, 1, "a pause")
    over = timezone.now() - timedelta(minutes=1)
    Sanction.objects.update(until=over)
    Member.objects.filter(pk=counted.pk).update(silenced_until=over)
    assert run("--check") == "The forum counts right.\n"
