"""Writing: numbers, counters, holding, and a post sent twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.errors import Refused, TooMany
from forum.models import Draft, Member, Post, Reading, ReviewItem, Topic, WatchedWord
from forum.queries.categories import all_categories
from forum.queries.writing import watched_words
from forum.rules import Access, Holding, Level, PostState, Refusal, TopicState, Trust
from forum.services import delete_post, open_topic, publish_held, reply, restore_post
from forum.standing import forget_standing
from tests.forum.talking import make_category, make_member, make_reply, make_topic, message, said

pytestmark = pytest.mark.django_db
ONE_JOB = 1  # the row that tells the worker; the tests' task backend writes none


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def author(site):
    return make_member(Trust.MEMBER)


def counters(topic: Topic) -> tuple:
    topic.refresh_from_db()
    topic.category.refresh_from_db()
    last = topic.last_post.number if topic.last_post else None
    return (
        topic.posts_count,
        topic.highest_number,
        last,
        topic.category.topics_count,
        topic.category.posts_count,
    )


def test_posts_are_numbered_in_their_topic(category, author):
    topic = make_topic(author, category)
    other = make_topic(author, category)
    for _each in range(3):
        make_reply(author, topic)
    make_reply(author, other)
    assert [post.number for post in topic.posts.order_by("pk")] == [1, 2, 3, 4]
    assert counters(topic) == (4, 4, 4, 2, 6)


def test_a_post_sent_twice_is_one(category, author):
    topic = make_topic(author, category)
    sent = message()
    first, second = reply(author, topic.pk, sent), reply(author, topic.pk, sent)
    assert first.post == second.post
    assert (first.again, second.again) == (False, True)
    opening = message()
    one, two = (open_topic(author, category.pk, "Twice", opening) for _each in range(2))
    assert one.post == two.post
    assert Topic.objects.count() == 2


def test_what_a_new_member_writes_waits_and_counts_nowhere(category, author):
    new = make_member(Trust.NEW)
    topic = make_topic(author, category)
    held = said(new, topic)
    assert held.held
    assert held.post.number is None
    assert counters(topic) == (1, 1, 1, 1, 1)
    item = ReviewItem.objects.get()
    assert (item.post, item.kind, item.why) == (held.post, "held", ["first"])
    assert not Reading.objects.filter(user=new).exists()

    make_reply(author, topic)
    published = publish_held(held.post)
    assert published.number == 3
    assert counters(topic) == (3, 3, 3, 1, 3)


def test_a_topic_opened_by_a_new_member_waits_with_its_post(category):
    new = make_member(Trust.NEW)
    posted = open_topic(new, category.pk, "My first", message())
    topic = Topic.objects.get()
    assert topic.state == TopicState.HELD
    assert not Topic.objects.visible_to(None).exists()
    assert Topic.objects.reachable_by(new).exists()
    assert counters(topic) == (0, 0, None, 0, 0)
    publish_held(posted.post)
    assert Topic.objects.visible_to(None).get().state == TopicState.OPEN
    assert counters(topic) == (1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("holding", "trust", "held"),
    [
        (Holding.NOBODY, Trust.NEW, False),
        (Holding.NEW, Trust.NEW, True),
        (Holding.NEW, Trust.MEMBER, False),
        (Holding.EVERYBODY, Trust.TRUSTED, True),
    ],
)
def test_who_waits_is_decided_by_category_and_trust(site, holding, trust, held):
    posted = open_topic(make_member(trust), make_category(holding=holding).pk, "Hello", message())
    assert posted.held is held


def test_what_may_be_spam_waits_whoever_writes_it(category, author):
    WatchedWord.objects.create(word="cheap watches")
    topic = make_topic(author, category)
    assert said(author, topic, "Buy Cheap  Watches now").held
    assert not said(author, topic, "Cheap-watchesque prose").held
    again = "The very same long sentence, which somebody sends to many places at once."
    assert not said(author, topic, again).held
    assert said(author, topic, again.upper()).held
    assert said(author, topic, "Fine words", trap=True).held


def test_facilitators_do_not_wait(category):
    facilitator = make_member(Trust.NEW, role="Facilitators")
    assert not said(facilitator, make_topic(facilitator, category)).held


def test_somebody_who_posts_too_fast_is_told_when_to_go_on(category):
    author = make_member(Trust.NEW)
    topic = make_topic(make_member(), category)
    for _each in range(3):
        said(author, topic)
    with pytest.raises(TooMany) as stopped:
        said(author, topic)
    assert 500 < stopped.value.seconds <= 600


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"closed": True}, Refusal.CLOSED),
        ({"state": TopicState.HIDDEN}, Refusal.GONE),
        ({"state": TopicState.MERGED}, Refusal.GONE),
    ],
)
def test_no_reply_where_none_is_taken(category, author, change, code):
    topic = make_topic(author, category)
    Topic.objects.filter(pk=topic.pk).update(**change)
    with pytest.raises(Refused) as refused:
        said(author, topic)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("field", "code"), [("silenced", Refusal.SILENCED), ("suspended", Refusal.SUSPENDED)]
)
def test_who_is_silenced_or_suspended_does_not_write(category, author, field, code):
    topic = make_topic(author, category)
    until = timezone.now() + timedelta(days=1)
    Member.objects.filter(user=author).update(**{f"{field}_until": until})
    forget_standing(author)
    with pytest.raises(Refused) as refused:
        said(author, topic)
    assert refused.value.code == code


def test_nobody_writes_in_a_category_they_do_not_see(site, author):
    facilitator = make_member(role="Facilitators")
    group = facilitator.groups.get()
    closed = make_category(Access.GROUP, group=group)
    topic = make_topic(facilitator, closed)
    with pytest.raises(Topic.DoesNotExist):
        said(author, topic)
    with pytest.raises(type(closed).DoesNotExist):
        open_topic(author, closed.pk, "In", message())


@pytest.mark.django_db(transaction=True)
def test_a_reply_costs_eight_queries_in_a_short_topic_and_in_a_long_one(category, author, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    topic = make_topic(author, category)
    for size in (2, 50_000):
        Topic.objects.filter(pk=topic.pk).update(highest_number=size)
        Draft.objects.create(user=author, key=f"topic:{topic.pk}", saved_at=timezone.now())
        all_categories(), watched_words()  # kept until something changes; asked once by each process
        with CaptureQueriesContext(connection) as asked:
            said(author, topic, draft=f"topic:{topic.pk}")
        statements = [each["sql"] for each in asked if not each["sql"].startswith(("BEGIN", "COMMIT"))]
        assert len(statements) + ONE_JOB <= 8, "\n".join(statements)


def test_the_author_has_read_and_follows_what_they_write(category, author):
    topic = make_topic(author, category)
    other = make_member()
    make_reply(other, topic)
    mine = Reading.objects.get(user=other, topic=topic)
    assert (mine.last_read, mine.level, mine.reason) == (2, Level.WATCHING, "wrote")
    assert Reading.objects.get(user=author, topic=topic).reason == "opened"


def test_a_deleted_post_leaves_its_number_and_counts_no_more(category, author):
    topic = make_topic(author, category)
    last = make_reply(author, topic)
    delete_post(author, last.pk)
    assert counters(topic) == (1, 2, 1, 1, 1)
    assert make_reply(author, topic).number == 3
    restore_post(author, last.pk)
    assert counters(topic) == (3, 3, 3, 1, 3)


def test_a_topic_whose_posts_are_all_deleted_is_hidden(category, author):
    topic = make_topic(author, category)
    delete_post(author, topic.posts.get().pk)
    assert counters(topic) == (0, 1, None, 0, 0)
    assert not Topic.objects.visible_to(None).exists()
    restore_post(author, topic.posts.get().pk)
    assert counters(topic) == (1, 1, 1, 1, 1)


def test_every_post_has_a_name_in_mail_for_ever(category, author):
    topic = make_topic(author, category)
    given = make_reply(author, topic, message_id="<from-mail@example.org>", origin="mail")
    assert given.message_id == "<from-mail@example.org>"
    names = set(Post.objects.values_list("message_id", flat=True))
    assert len(names) == 2
    assert all(name.startswith("<") and name.endswith(">") and "@" in name for name in names)


def test_the_same_nonce_of_two_members_is_two_posts(category, author):
    topic = make_topic(author, category)
    nonce = uuid4()
    posts = {said(who, topic, nonce=nonce).post.pk for who in (author, make_member())}
    assert len(posts) == 2
    assert Post.objects.filter(state=PostState.PUBLISHED).count() == 3
