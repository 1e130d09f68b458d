"""A topic that goes into another leads there for ever; nothing of it is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.errors import Refused
from forum.models import Draft, LogEntry, MovedPost, Post, Reading, ReviewItem, Topic
from forum.queries.topic_lists import topics_about
from forum.rules import Level, TopicState, Trust
from forum.services import delete_post, follow_topic, note_read, restore_post
from forum.services.curating import hide_topic
from forum.services.merging_topics import merge_topic
from forum.services.splitting import split_topic
from tests.factories.documents import make_document
from tests.forum.moderating import counters, decided, item_of, make_co_facilitator, make_facilitator
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def facilitator(site):
    return make_facilitator()


def topic_with(category, posts: int, title: str = "") -> Topic:
    topic = make_topic(make_member(), category, title)
    for _each in range(posts - 1):
        make_reply(make_member(), topic)
    return topic


@pytest.fixture
def pair(category):
    """Of three posts and of two, in the same category."""
    return topic_with(category, 3, "Bread"), topic_with(category, 2, "Ovens")


def test_all_posts_stand_behind_those_of_the_other(pair, facilitator):
    source, target = pair
    went = list(source.posts.order_by("number"))
    assert merge_topic(facilitator, source.pk, target.pk) == target
    assert list(target.posts.filter(number__gt=2).order_by("number")) == went
    assert counters(target) == (5, 5, 5, 1, 5)
    source.refresh_from_db()
    assert (source.state, source.merged_into, source.posts_count, source.last_post) == (
        TopicState.MERGED, target, 0, None,
    )  # fmt: skip


def test_between_categories_both_count_right(pair, facilitator):
    source, _same = pair
    target = topic_with(make_category(), 1)
    merge_topic(facilitator, source.pk, target.pk)
    assert counters(target) == (4, 4, 4, 1, 4)
    source.category.refresh_from_db()
    assert (source.category.topics_count, source.category.posts_count) == (1, 2)


def test_addresses_lead_on_in_one_step_however_often_it_is_merged(pair, facilitator, category, client):
    source, target = pair
    post = source.posts.get(number=2)
    merge_topic(facilitator, source.pk, target.pk)
    last = topic_with(category, 1, "All of it")
    merge_topic(facilitator, target.pk, last.pk)
    assert Topic.objects.get(pk=source.pk).merged_into == last
    assert MovedPost.objects.get(topic=source, number=2).post == post
    assert MovedPost.objects.get(topic=target, number=4).post == post
    post.refresh_from_db()
    assert post.number == 5
    assert client.get(f"/forum/p/{post.pk}/").url == f"/en/forum/t/{last.pk}-all-of-it/#post-5"
    assert client.get(f"/en/forum/t/{source.pk}-bread/").url == f"/en/forum/t/{last.pk}-all-of-it/"


def test_a_reply_to_the_old_topic_arrives_in_the_new_one(pair, facilitator):
    source, target = pair
    merge_topic(facilitator, source.pk, target.pk)
    assert said(make_member(), source).post.topic == target
    assert counters(target) == (6, 6, 6, 1, 6)


def test_tombstones_and_held_posts_go_along(pair, facilitator):
    source, target = pair
    deleted = source.posts.get(number=2)
    delete_post(deleted.author, deleted.pk)
    held = said(make_member(Trust.NEW), source).post
    merge_topic(facilitator, source.pk, target.pk)
    assert counters(target) == (4, 5, 5, 1, 4)
    restore_post(deleted.author, deleted.pk)
    assert counters(target) == (5, 5, 5, 1, 5)
    assert decided(facilitator, item_of(held)).topic == target
    assert counters(target) == (6, 6, 6, 1, 6)


def test_nobody_has_read_more_than_they_really_have(pair, facilitator):
    source, target = pair
    people = {}
    for name, there, here in (("all", 3, 2), ("some", 2, 2), ("source only", 3, 0), ("target only", 0, 2)):
        people[name] = make_member()
        for topic, number in ((source, there), (target, here)):
            if number:
                note_read(people[name], topic.pk, number)
    merge_topic(facilitator, source.pk, target.pk)
    read = {
        name: Reading.objects.filter(user=user, topic=target).values_list("last_read", flat=True).first()
        for name, user in people.items()
    }
    assert read == {"all": 5, "some": 4, "source only": None, "target only": 2}


@pytest.mark.parametrize(
    ("there", "here", "then"),
    [
        (Level.WATCHING, Level.TRACKING, Level.WATCHING),
        (Level.TRACKING, Level.WATCHING, Level.WATCHING),
        (None, Level.MUTED, Level.MUTED),
        (Level.TRACKING, None, Level.TRACKING),
        (Level.MUTED, Level.NORMAL, Level.NORMAL),
    ],
)
def test_the_stronger_level_holds(pair, facilitator, there, here, then):
    source, target = pair
    reader = make_member()
    for topic, level in ((source, there), (target, here)):
        if level is not None:
            follow_topic(reader, topic.pk, level)
    merge_topic(facilitator, source.pk, target.pk)
    assert Reading.objects.get(user=reader, topic=target).level == then


def test_the_log_and_what_is_being_written_follow(pair, facilitator):
    source, target = pair
    writer, busy = make_member(), make_member()
    for user, topic in ((writer, source), (busy, source), (busy, target)):
        Draft.objects.create(user=user, key=f"topic:{topic.pk}", saved_at=timezone.now())
    delete_post(facilitator, source.posts.get(number=3).pk, "Off topic")
    merge_topic(facilitator, source.pk, target.pk, "The same question")
    actions = list(LogEntry.objects.filter(topic=target).order_by("pk").values_list("action", flat=True))
    assert actions == ["delete-post", "merge"]
    assert Draft.objects.get(user=writer).key == f"topic:{target.pk}"
    assert set(Draft.objects.filter(user=busy).values_list("key", flat=True)) == {
        f"topic:{source.pk}",
        f"topic:{target.pk}",
    }


def test_a_hidden_topic_can_be_merged_and_is_read_then(pair, facilitator):
    source, target = pair
    hide_topic(facilitator, source.pk)
    assert counters(target)[3:] == (1, 2)
    merge_topic(facilitator, source.pk, target.pk)
    assert counters(target) == (5, 5, 5, 1, 5)


def test_split_and_merged_back_every_address_still_leads_there(pair, facilitator, client):
    source, _other = pair
    posts = list(source.posts.order_by("number"))
    made = split_topic(facilitator, source.pk, ((2, 3),), "Apart")
    merge_topic(facilitator, made.pk, source.pk)
    assert [Post.objects.get(pk=post.pk).number for post in posts] == [1, 4, 5]
    assert counters(source) == (3, 5, 5, 2, 5)
    assert client.get(f"/forum/p/{posts[1].pk}/").url.endswith("-bread/#post-4")
    assert {(row.topic_id, row.number, row.post_id) for row in MovedPost.objects.all()} == {
        (source.pk, 2, posts[1].pk), (source.pk, 3, posts[2].pk),
        (made.pk, 1, posts[1].pk), (made.pk, 2, posts[2].pk),
    }  # fmt: skip


def test_who_may(pair, category, facilitator):
    source, target = pair
    elsewhere = topic_with(make_category(), 1)
    theirs = make_co_facilitator(category)
    for who, into in ((make_member(), target), (theirs, elsewhere)):
        with pytest.raises(Refused):
            merge_topic(who, source.pk, into.pk)
    with pytest.raises(ValidationError):
        merge_topic(facilitator, source.pk, source.pk)
    merge_topic(theirs, source.pk, target.pk)
    for once_more in ((source.pk, target.pk), (target.pk, source.pk)):
        with pytest.raises(Topic.DoesNotExist):
            merge_topic(facilitator, *once_more)


def test_what_waits_in_it_is_for_those_of_the_new_place(category, facilitator):
    source = topic_with(category, 1)
    held = said(make_member(Trust.NEW), source).post
    target = topic_with(make_category(), 1)
    merge_topic(facilitator, source.pk, target.pk)
    assert ReviewItem.objects.visible_to(make_co_facilitator(target.category)).get().post == held
    assert not ReviewItem.objects.visible_to(make_co_facilitator(category)).exists()


def test_the_page_that_the_one_is_about_shows_the_other(category, facilitator):
    document = make_document(title="The bakery")
    source = make_topic(make_member(), category, page=document)
    target, another = topic_with(category, 1), topic_with(category, 1)
    merge_topic(facilitator, source.pk, target.pk)
    assert [row.pk for row in topics_about(document.translation_key, None)] == [target.pk]
    # One that is about something already stays so.
    merge_topic(facilitator, make_topic(make_member(), category, page=make_document()).pk, target.pk)
    target.refresh_from_db()
    assert target.page_id == document.pk
    merge_topic(facilitator, another.pk, target.pk)
    assert Topic.objects.get(pk=target.pk).page_id == document.pk
