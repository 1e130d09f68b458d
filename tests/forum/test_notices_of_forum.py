"""Whom a post is told: once, under the strongest reason, and never what they may not see."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts.models import User
from cms.notifications.models import Notification
from forum.models import CategoryLevel, Member, Post, Reading, Topic
from forum.notices import posts_moved, tell_of_post, tell_what_is_left
from forum.rules import MOST_MENTIONS, Access, Level, PostState, TopicState, Trust
from forum.services import delete_post, edit_post, follow_topic, note_read, publish_held
from tests.forum.following import make_reader, mention, quote, told, unread
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said

pytestmark = pytest.mark.django_db
NOTHING: list = []


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def author(site):
    return make_member(name="ana", display_name="Ana")


@pytest.fixture
def topic(category, author):
    return make_topic(author, category)


@pytest.fixture
def writer(site):
    return make_member(name="wim", display_name="Wim")


class TestLevels:
    @pytest.mark.parametrize(
        ("of_topic", "of_category", "expected"),
        [
            (None, None, NOTHING),
            (Level.WATCHING, None, [("watched", "")]),
            (None, Level.WATCHING, [("watched", "")]),
            (Level.TRACKING, None, NOTHING),
            (None, Level.TRACKING, NOTHING),
            (Level.NORMAL, Level.WATCHING, NOTHING),
            (Level.MUTED, Level.WATCHING, NOTHING),
            (Level.WATCHING, Level.MUTED, [("watched", "")]),
        ],
    )
    def test_watching_tells_of_each_post(self, topic, category, writer, of_topic, of_category, expected):
        reader = make_reader()
        if of_topic is not None:
            Reading.objects.create(user=reader, topic=topic, level=of_topic)
        if of_category is not None:
            CategoryLevel.objects.create(user=reader, category=category, level=of_category)
        make_reply(writer, topic)
        assert told(reader) == expected

    @pytest.mark.parametrize(
        ("level", "expected"),
        [
            (Level.NORMAL, [("mentions", "mention")]),
            (Level.TRACKING, [("mentions", "mention")]),
            (Level.WATCHING, [("mentions", "mention")]),
            (Level.MUTED, NOTHING),
        ],
    )
    def test_a_mention_reaches_all_who_have_not_muted(self, topic, writer, level, expected):
        reader = make_reader(level=level, topic=topic)
        make_reply(writer, topic, f"Look, {mention(reader)}!")
        assert told(reader) == expected

    def test_a_muted_category_is_silent_but_for_a_topic_that_is_not(self, topic, category, author, writer):
        reader = make_reader(level=Level.MUTED, category=category)
        make_reply(writer, topic, mention(reader))
        assert told(reader) == NOTHING
        Reading.objects.create(user=reader, topic=topic, level=Level.NORMAL)
        make_reply(writer, topic, mention(reader))
        assert told(reader) == [("mentions", "mention")]

    def test_a_new_topic_is_told_to_who_watches_the_category(self, category, author):
        reader = make_reader(level=Level.WATCHING, category=category)
        elsewhere = make_reader(level=Level.WATCHING, category=make_category())
        make_topic(author, category)
        assert (told(reader), told(elsewhere)) == ([("watched", "")], NOTHING)

    def test_who_writes_is_told_of_what_follows_and_not_of_their_own(self, topic, author, writer):
        make_reply(writer, topic)
        assert (told(author), told(writer)) == ([("watched", "")], NOTHING)
        make_reply(author, topic)
        assert told(writer) == [("watched", "")]

    def test_following_what_one_writes_can_be_turned_off(self, topic, author, writer):
        Member.objects.filter(user=writer).update(follows_what_they_write=False)
        make_reply(writer, topic)
        make_reply(author, topic)
        assert told(writer) == NOTHING
        assert Reading.objects.get(user=writer, topic=topic).level is None


class TestTheStrongestReason:
    def test_a_post_that_mentions_answers_quotes_and_is_watched_is_told_once(self, topic, author, writer):
        make_reply(author, topic)
        first = topic.posts.get(number=1)
        make_reply(writer, topic, f"{quote(first)}Yes, {mention(author)}.", reply_to=first.pk)
        assert told(author) == [("mentions", "mention")]

    def test_an_answer_is_stronger_than_a_quotation(self, topic, author, writer):
        first = topic.posts.get(number=1)
        make_reply(writer, topic, f"{quote(first)}Yes.", reply_to=first.pk)
        make_reply(writer, topic, f"{quote(first)}Yes again.")
        assert told(author) == [("mentions", "reply"), ("mentions", "quote")]

    def test_no_more_people_than_the_most_are_told_by_mentions(self, topic, writer, author):
        many = [make_reader() for _each in range(MOST_MENTIONS + 5)]
        last = topic.posts.get(number=1)
        make_reply(writer, topic, " ".join(mention(each) for each in many), reply_to=last.pk)
        assert [told(each) for each in many[:3]] == [[("mentions", "mention")]] * 3
        assert Notification.objects.filter(kind="forum-mentions").count() == MOST_MENTIONS
        assert told(author) == [("mentions", "reply")]

    def test_it_is_told_to_nobody_twice(self, topic, writer):
        reader = make_reader(level=Level.WATCHING, topic=topic)
        post = make_reply(writer, topic)
        Post.objects.update(told_version=0)
        tell_of_post(post.pk)
        assert told(reader) == [("watched", "")]


class TestEdits:
    def test_who_is_mentioned_only_now_is_told_others_are_not(self, topic, writer):
        before, now, watching = make_reader(), make_reader(), make_reader(level=Level.WATCHING, topic=topic)
        post = make_reply(writer, topic, mention(before))
        edit_post(writer, post.pk, f"{mention(before)} {mention(now)} {mention(watching)}", "en", seen=1)
        assert (told(before), told(now)) == ([("mentions", "mention")],) * 2
        assert told(watching) == [("watched", "")]

    def test_editing_again_and_again_does_not_reach_more_people(self, topic, writer):
        first = [make_reader() for _each in range(MOST_MENTIONS)]
        post = make_reply(writer, topic, " ".join(mention(each) for each in first))
        another = make_reader()
        edit_post(writer, post.pk, f"{post.source} {mention(another)}", "en", seen=1)
        assert told(another) == NOTHING


class TestWhatMayNotBeSeen:
    def test_a_post_that_waits_is_told_when_it_is_published(self, topic, author):
        reader = make_reader(level=Level.WATCHING, topic=topic)
        named, new = make_reader(), make_member(Trust.NEW)
        held = said(new, topic, f"Hello {mention(named)}").post
        assert (told(reader), told(named), told(author)) == (NOTHING,) * 3
        tell_of_post(held.pk)
        assert told(reader) == NOTHING
        publish_held(held)
        assert (told(reader), told(named)) == ([("watched", "")], [("mentions", "mention")])

    def test_whose_post_waited_follows_the_topic_then(self, topic, author):
        new = make_member(Trust.NEW)
        note_read(new, topic.pk, 1)
        publish_held(said(new, topic).post)
        reading = Reading.objects.get(user=new, topic=topic)
        assert (reading.level, reading.reason, reading.last_read) == (Level.WATCHING, "wrote", 2)
        make_reply(author, topic)
        assert told(new) == [("watched", "")]

    def test_what_came_before_a_post_that_waited_stays_unread(self, topic, author):
        new = make_member(Trust.NEW)
        held = said(new, topic).post
        make_reply(author, topic)
        publish_held(held)
        assert Reading.objects.get(user=new, topic=topic).last_read == 0

    @pytest.mark.parametrize("state", [TopicState.HIDDEN, TopicState.MERGED, TopicState.REJECTED])
    def test_nothing_of_a_topic_that_is_not_open(self, topic, writer, state):
        reader = make_reader(level=Level.WATCHING, topic=topic)
        Topic.objects.filter(pk=topic.pk).update(state=state)
        post = Post.objects.get()
        Post.objects.filter(pk=post.pk).update(told_version=0)
        tell_of_post(post.pk)
        assert told(reader) == NOTHING

    def test_a_closed_group_hears_its_own_and_nobody_else_does(self, site):
        group = Group.objects.create(name="Preparing the workshop")
        closed = make_category(Access.GROUP, group=group)
        inside = make_member(name="inside")
        inside.groups.add(group)
        topic = make_topic(make_member(role="Facilitators"), closed)
        readers = {
            "member of the group": make_reader(level=Level.WATCHING, topic=topic),
            "facilitator": make_reader(level=Level.WATCHING, topic=topic, role="Facilitators"),
            "outside": make_reader(level=Level.WATCHING, topic=topic),
        }
        readers["member of the group"].groups.add(group)
        outside = make_reader()
        make_reply(inside, topic, mention(outside))
        assert {name: len(told(user)) for name, user in readers.items()} == {
            "member of the group": 1,
            "facilitator": 1,
            "outside": 0,
        }
        assert told(outside) == NOTHING

    def test_who_is_suspended_hears_nothing_of_members_categories(self, site, author):
        members = make_category(Access.MEMBERS)
        topic = make_topic(author, members)
        reader = make_reader(level=Level.WATCHING, topic=topic)
        Member.objects.create(user=reader, suspended_until=timezone.now() + timedelta(days=1))
        make_reply(author, topic)
        assert told(reader) == NOTHING

    def test_only_topics_in_languages_they_read_if_they_wish_so(self, category, author):
        watching = {"level": Level.WATCHING, "category": category}
        readers = {
            "reads": make_reader(languages_read=["es", "fr"], **watching),
            "reads another": make_reader(languages_read=["fr"], **watching),
            "says nothing": make_reader(languages_read=[], **watching),
            "takes all": make_reader(languages_read=["fr"], **watching),
        }
        for name in list(readers)[:3]:
            Member.objects.create(user=readers[name], only_languages_read=True)
        topic = make_topic(author, category, language="es")
        assert [name for name, user in readers.items() if told(user)] == [
            "reads",
            "says nothing",
            "takes all",
        ]
        make_reply(author, topic, " ".join(mention(each) for each in readers.values()))
        assert told(readers["reads another"]) == NOTHING

    def test_who_has_seen_a_watched_post_before_it_was_told_is_not_told(self, topic, writer, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        seen = make_reader(level=Level.WATCHING, topic=topic)
        not_yet = make_reader(level=Level.WATCHING, topic=topic)
        post = make_reply(writer, topic)
        note_read(seen, topic.pk, post.number)
        note_read(not_yet, topic.pk, post.number - 1)
        tell_of_post(post.pk)
        assert (told(seen), told(not_yet)) == (NOTHING, [("watched", "")])

    def test_an_account_that_is_closed_hears_nothing(self, topic, writer):
        reader = make_reader(level=Level.WATCHING, topic=topic)
        User.objects.filter(pk=reader.pk).update(is_active=False)
        make_reply(writer, topic, mention(reader))
        assert told(reader) == NOTHING


class TestReading:
    def test_reading_a_topic_reads_what_was_told_of_it_as_far_as_one_read(self, topic, writer):
        reader = make_reader(level=Level.WATCHING, topic=topic)
        posts = [make_reply(writer, topic) for _each in range(3)]
        note_read(reader, topic.pk, posts[1].number)
        left = Notification.objects.filter(recipient=reader, read_at=None)
        assert [each.data["post"] for each in left] == [posts[2].pk]
        assert left.get().mail_due_at is not None
        assert Notification.objects.filter(recipient=reader, read_at=None, mail_due_at=None).count() == 0

    @pytest.mark.parametrize(
        ("level", "left"),
        [(Level.MUTED, 0), (Level.NORMAL, 1), (Level.TRACKING, 1), (None, 1), (Level.WATCHING, 2)],
    )
    def test_a_lower_level_ends_what_waits_to_be_told(self, topic, writer, level, left):
        reader = make_reader(level=Level.WATCHING, topic=topic)
        make_reply(writer, topic)
        make_reply(writer, topic, mention(reader))
        follow_topic(reader, topic.pk, level)
        assert unread(reader) == left

    def test_what_was_moved_is_read_in_its_new_topic(self, topic, category, writer):
        reader = make_reader(level=Level.WATCHING, topic=topic)
        post = make_reply(writer, topic)
        other = make_topic(writer, category)
        Post.objects.filter(pk=post.pk).update(topic=other, number=2)
        Topic.objects.filter(pk=other.pk).update(highest_number=2)
        posts_moved(topic.pk, other.pk, [post.pk])
        note_read(reader, topic.pk, 9)
        assert unread(reader) == 1
        note_read(reader, other.pk, 2)
        assert unread(reader) == 0


class TestWhatWasLost:
    def test_a_job_that_never_ran_is_made_up_for(self, topic, writer, settings):
        reader, named = make_reader(level=Level.WATCHING, topic=topic), make_reader()
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        post = make_reply(writer, topic, mention(named))
        assert tell_what_is_left() == 0  # there is still time for the job
        later = timezone.now() + timedelta(minutes=5)
        assert tell_what_is_left(later) == 1
        assert (told(reader), told(named)) == ([("watched", "")], [("mentions", "mention")])
        edit_post(writer, post.pk, f"{mention(named)} {mention(make_reader())}", "en", seen=1)
        assert tell_what_is_left(later) == 1
        assert tell_what_is_left(later) == 0

    def test_what_is_not_shown_is_left_alone(self, topic, writer):
        post = make_reply(writer, topic)
        delete_post(writer, post.pk)
        Post.objects.update(told_version=0)
        Topic.objects.update(state=TopicState.HIDDEN)
        assert Post.objects.filter(state=PostState.DELETED).exists()
        assert tell_what_is_left(timezone.now() + timedelta(minutes=5)) == 0


def test_telling_costs_the_same_for_few_and_for_ten_thousand(topic, writer, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    named = make_reader()
    costs, reached = [], 0
    for number in (3, 10_000):
        start = User.objects.count()
        users = User.objects.bulk_create(
            User(username=f"w{start + each}", email=f"w{start + each}@example.org")
            for each in range(number - reached)
        )
        Reading.objects.bulk_create(Reading(user=user, topic=topic, level=Level.WATCHING) for user in users)
        reached = number
        post = make_reply(writer, topic, f"Hello {mention(named)}")
        tell_of_post(0)  # what processes keep until something changes is asked for before
        with CaptureQueriesContext(connection) as asked:
            tell_of_post(post.pk)
        costs.append(len(asked))
        assert Notification.objects.filter(event=f"post:{post.pk}").count() == number + 2
    assert costs[0] == costs[1] <= 12
