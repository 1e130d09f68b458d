"""What is unread, where it begins, and how far somebody has read: only ever further, in few queries at any length."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.notifications.models import Notification
from forum.models import Category, CategoryLevel, Post, Reading, Topic
from forum.queries.unread import (
    COUNTED,
    followed,
    not_read_to_the_end,
    without_muted,
)
from forum.rules import NOBODY, Access, Level, PostState, level_of
from forum.services import delete_post, mark_all_read, note_read
from forum.standing import co_facilitators
from tests.forum.following import Unread, make_reader, unread, unread_of
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db
LEVELS = (Level.MUTED, Level.NORMAL, Level.TRACKING, Level.WATCHING)


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def author(site):
    return make_member()


@pytest.fixture
def topic(category, author):
    return make_topic(author, category)


@pytest.fixture
def reader(site):
    return make_reader("rea")


def add_posts(topic: Topic, author, number: int) -> None:
    """In bulk, as an import would."""
    now = timezone.now()
    start = topic.highest_number
    posts = Post.objects.bulk_create(
        Post(
            topic=topic,
            author=author,
            number=start + each,
            language="en",
            source="x",
            html="<p>x</p>",
            told_version=1,
            message_id=f"<{topic.pk}.{start + each}@testserver>",
            created_at=now,
            published_at=now,
        )
        for each in range(1, number + 1)
    )
    topic.highest_number = start + number
    topic.posts_count += number
    topic.last_post, topic.bumped_at = posts[-1], now
    topic.save()
    Category.objects.filter(pk=topic.category_id).update(posts_count=F("posts_count") + number)


def follow(user, level, *, topic=None, category=None, last_read=0) -> None:
    if topic is not None:
        Reading.objects.create(user=user, topic=topic, level=level, last_read=last_read)
    else:
        CategoryLevel.objects.create(user=user, category=category, level=level)


class TestHowManyAndWhere:
    def test_all_of_a_topic_that_was_never_opened(self, topic, author, reader):
        add_posts(topic, author, 4)
        follow(reader, Level.TRACKING, topic=topic)
        assert unread_of([topic], reader) == {topic.pk: Unread(Level.TRACKING, 0, 1, 5)}

    def test_what_came_after_the_last_that_was_read(self, topic, author, reader):
        add_posts(topic, author, 4)
        follow(reader, Level.WATCHING, topic=topic, last_read=3)
        assert unread_of([topic.pk], reader)[topic.pk] == Unread(Level.WATCHING, 3, 4, 2)

    def test_deleted_posts_do_not_count_and_nobody_is_led_to_one(self, topic, author, reader):
        add_posts(topic, author, 4)
        follow(reader, Level.TRACKING, topic=topic, last_read=2)
        delete_post(author, topic.posts.get(number=3).pk)
        assert unread_of([topic], reader)[topic.pk] == Unread(Level.TRACKING, 2, 4, 2)
        for number in (4, 5):
            delete_post(author, topic.posts.get(number=number).pk)
        assert unread_of([topic], reader)[topic.pk] == Unread(Level.TRACKING, 2, None, 0)

    def test_posts_that_wait_do_not_count(self, topic, author, reader):
        follow(reader, Level.TRACKING, topic=topic, last_read=1)
        Post.objects.create(
            topic=topic,
            author=author,
            language="en",
            state=PostState.HELD,
            message_id="<held@testserver>",
            created_at=timezone.now(),
        )
        assert unread_of([topic], reader)[topic.pk].first is None

    @pytest.mark.parametrize(
        ("level", "count"), [(None, 0), (Level.NORMAL, 0), (Level.TRACKING, 1), (Level.WATCHING, 1)]
    )
    def test_it_is_counted_where_one_tracks_or_watches(self, topic, author, reader, level, count):
        follow(reader, level, topic=topic, last_read=1)
        add_posts(topic, author, 1)
        found = unread_of([topic], reader)[topic.pk]
        assert (found.first, found.how_many) == (2, count)

    def test_very_many_are_not_counted_on(self, topic, author, reader):
        follow(reader, Level.TRACKING, topic=topic)
        add_posts(topic, author, COUNTED + 20)
        assert unread_of([topic], reader)[topic.pk].how_many == COUNTED

    def test_nobody_has_nothing_unread(self, topic, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert unread_of([topic], NOBODY) == unread_of([topic], None) == {}

    def test_one_query_for_a_page_of_topics_of_any_length(self, category, author, reader):
        topics = [make_topic(author, category) for _each in range(12)]
        for topic in topics:
            follow(reader, Level.TRACKING, topic=topic, last_read=1)
        co_facilitators()  # kept until something changes
        costs = []
        for length in (0, 3_000):
            add_posts(topics[0], author, length) if length else None
            with CaptureQueriesContext(connection) as asked:
                assert len(unread_of(topics, reader)) == 12
            costs.append(len(asked))
        assert costs == [2, 1]  # the first time also who they are


class TestLevels:
    @pytest.mark.parametrize("own", [None, *LEVELS])
    @pytest.mark.parametrize("of_category", [None, *LEVELS])
    def test_the_query_says_what_the_rule_says(self, topic, category, reader, own, of_category):
        if own is not None:
            follow(reader, own, topic=topic)
        if of_category is not None:
            follow(reader, of_category, category=category)
        level = level_of(own, of_category)
        topics = Topic.objects.visible_to(reader)
        assert unread_of([topic], reader)[topic.pk].level == level
        assert without_muted(topics, reader).exists() is (level != Level.MUTED)
        assert followed(topics, reader).exists() is (level >= Level.TRACKING)
        assert not_read_to_the_end(topics, reader).exists() is (level >= Level.TRACKING)

    def test_a_muted_category_is_shown_where_it_is_asked_for_a_muted_topic_is_not(
        self, topic, category, author, reader
    ):
        follow(reader, Level.MUTED, category=category)
        muted = make_topic(author, category)
        follow(reader, Level.MUTED, topic=muted)
        topics = Topic.objects.visible_to(reader)
        assert list(without_muted(topics, reader)) == []
        assert list(without_muted(topics, reader, asked_category=category.pk)) == [topic]

    def test_lists_of_nobody(self, topic):
        topics = Topic.objects.visible_to(None)
        assert without_muted(topics, None).get() == topic
        assert not followed(topics, None).exists()
        assert not not_read_to_the_end(topics, None).exists()

    def test_unread_are_topics_one_has_opened_or_follows(self, category, author, reader):
        names = {
            "never opened": {},
            "opened": {"last_read": 1, "level": None},
            "opened and muted": {"last_read": 1, "level": Level.MUTED},
            "read": {"last_read": 2, "level": Level.WATCHING},
            "followed": {"level": Level.TRACKING},
        }
        for name, fields in names.items():
            topic = make_topic(author, category, name)
            make_reply(author, topic)
            if fields:
                follow(reader, topic=topic, **fields)
        found = not_read_to_the_end(Topic.objects.visible_to(reader), reader)
        assert set(found.values_list("title", flat=True)) == {"opened", "followed"}


class TestReadingOn:
    def test_it_never_goes_backwards(self, topic, author, reader):
        add_posts(topic, author, 9)
        assert [note_read(reader, topic.pk, number) for number in (4, 2, 7, 1)] == [4, 2, 7, 1]
        assert Reading.objects.get(user=reader).last_read == 7

    def test_it_goes_no_further_than_the_topic(self, topic, author, reader):
        assert note_read(reader, topic.pk, 999) == 1
        assert Reading.objects.get(user=reader).last_read == 1

    def test_it_leaves_the_level_alone(self, topic, reader):
        follow(reader, Level.MUTED, topic=topic)
        note_read(reader, topic.pk, 1)
        assert Reading.objects.get(user=reader).level == Level.MUTED

    def test_not_what_one_may_not_read(self, author, reader, site):
        group_only = make_topic(author, make_category(Access.MEMBERS))
        with pytest.raises(Topic.DoesNotExist):
            note_read(NOBODY, group_only.pk, 1)
        assert not Reading.objects.filter(user=reader).exists()


class TestMarkingAllRead:
    def test_what_one_follows_or_has_opened_and_nothing_else(self, category, author, reader):
        follow(reader, Level.TRACKING, category=(tracked := make_category()))
        opened, new, other = (make_topic(author, category) for _each in range(3))
        in_tracked = make_topic(author, tracked)
        follow(reader, Level.MUTED, topic=other, last_read=0)
        note_read(reader, opened.pk, 1)
        for topic in (opened, new, other, in_tracked):
            make_reply(author, topic)
        assert mark_all_read(reader, timezone.now()) == 2
        found = dict(Reading.objects.filter(user=reader).values_list("topic_id", "last_read"))
        assert found == {opened.pk: 2, in_tracked.pk: 2, other.pk: 0}

    def test_in_one_category(self, category, author, reader):
        elsewhere = make_category()
        for each in (category, elsewhere):
            follow(reader, Level.WATCHING, category=each)
            make_topic(author, each)
        assert unread(reader) == 2
        assert mark_all_read(reader, timezone.now(), category.pk) == 1
        assert unread(reader) == 1
        assert (
            Notification.objects.get(read_at=None).data["post"]
            == Post.objects.get(topic__category=elsewhere).pk
        )

    def test_not_what_came_after_the_list_was_shown(self, topic, author, reader):
        follow(reader, Level.WATCHING, topic=topic, last_read=1)
        make_reply(author, topic)
        assert mark_all_read(reader, timezone.now() - timedelta(minutes=1)) == 0
        assert unread_of([topic], reader)[topic.pk].first == 2
        assert unread(reader) == 1

    def test_it_costs_the_same_for_few_and_for_many(self, category, author, reader):
        follow(reader, Level.TRACKING, category=category)
        unread_of([1], reader)
        costs = []
        for number in (2, 20):
            facilitator = make_member(role="Facilitators")
            for _each in range(number):
                make_topic(facilitator, category)
            with CaptureQueriesContext(connection) as asked:
                assert mark_all_read(reader, timezone.now()) == number
            costs.append(len(asked))
        assert costs[0] == costs[1] <= 4
