"""Whatever is done, in whatever order: what is counted is what there is, and every old number leads to its post."""

import contextlib
from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from forum.deciding import Decision
from forum.errors import Refused
from forum.models import Category, MovedPost, Post, Reading, ReviewItem, Topic, WatchedWord
from forum.rules import PostState, ReviewState, TopicState, Trust
from forum.services import delete_post, edit_post, note_read, open_topic, restore_post
from forum.services.curating import hide_topic, move_topic, show_topic
from forum.services.merging_topics import merge_topic
from forum.services.posting import reply
from forum.services.reviewing import Verdict, decide
from forum.services.splitting import split_into, split_topic
from home.services import set_up_site
from tests.forum.moderating import make_facilitator
from tests.forum.talking import make_category, make_member, message

PICK = st.integers(0, 1_000_000)
VERBS = (
    "open", "open held", "post", "hold", "post", "suspect", "approve", "refuse", "remove", "delete", "restore", "split",
    "split into", "merge", "move", "hide", "show", "read",
)  # fmt: skip


class World:
    """Two categories, somebody who decides, somebody trusted and somebody new."""

    def __init__(self):
        self.categories = [make_category(edit_minutes=None), make_category(edit_minutes=None)]
        WatchedWord.objects.create(word="casino")
        self.facilitator = make_facilitator()
        self.member, self.new = make_member(Trust.TRUSTED), make_member(Trust.NEW)
        self.places: dict[tuple[int, int], int] = {}  # (topic, number) → the post that had it
        self.seen: set[int] = set()  # posts the member has read, wherever they are now

    def act(self, verb: str, one: int, other: int) -> None:
        with contextlib.suppress(Refused, Topic.DoesNotExist, Post.DoesNotExist):
            getattr(self, f"do_{verb.replace(' ', '_')}")(one, other)
        for topic_id, number, pk in Post.objects.exclude(number=None).values_list("topic_id", "number", "pk"):
            assert self.places.setdefault((topic_id, number), pk) == pk, "a number was given twice"

    @staticmethod
    def pick(rows, at: int):
        found = list(rows.order_by("pk"))
        if not found:
            raise Topic.DoesNotExist
        return found[at % len(found)]

    def topic(self, at: int) -> Topic:
        return self.pick(Topic.objects.exclude(state__in=[TopicState.HELD, TopicState.REJECTED]), at)

    def do_open(self, one, other):
        open_topic(self.facilitator, self.categories[one % 2].pk, f"Topic {other}", message())

    def do_open_held(self, one, other):
        open_topic(self.new, self.categories[one % 2].pk, f"Topic {other}", message())
        self.forget_pace()

    def do_post(self, one, other):
        author = (self.facilitator, self.member)[other % 2]
        post = reply(author, self.topic(one).pk, message()).post
        self.forget_pace()
        if author == self.member:  # who posts has read what stands before
            self.note_seen(post.topic, post.number)

    def do_suspect(self, one, other):
        """A post that stood is edited into what may be spam, and waits with its number."""
        post = self.pick(Post.objects.filter(author=self.member, state=PostState.PUBLISHED), one)
        edit_post(self.member, post.pk, f"My casino, number {other}.", "en", seen=post.version)

    def do_hold(self, one, other):
        reply(self.new, self.topic(one).pk, message())
        self.forget_pace()

    @staticmethod
    def forget_pace():
        Post.objects.update(created_at=timezone.now() - timezone.timedelta(days=3))

    def decision(self, one, decision):
        item = self.pick(ReviewItem.objects.filter(state=ReviewState.WAITING), one)
        decide(self.facilitator, item.pk, Verdict(decision, item.version, "Because."))

    def do_approve(self, one, other):
        self.decision(one, Decision.APPROVE)

    def do_refuse(self, one, other):
        self.decision(one, Decision.REFUSE)

    def do_remove(self, one, other):
        self.decision(one, Decision.REMOVE)

    def do_delete(self, one, other):
        delete_post(self.facilitator, self.pick(Post.objects.all(), one).pk, "Because.")

    def do_restore(self, one, other):
        restore_post(self.facilitator, self.pick(Post.objects.filter(state=PostState.DELETED), one).pk)

    def do_split(self, one, other):
        topic = self.topic(one)
        first = 1 + other % max(1, topic.highest_number)
        split_topic(self.facilitator, topic.pk, ((first, first + 2),), f"Out of {topic.pk}")

    def do_split_into(self, one, other):
        topic, target = self.topic(one), self.topic(other)
        if topic != target:
            first = 1 + (one + other) % max(1, topic.highest_number)
            split_into(self.facilitator, topic.pk, ((first, first + 1),), target.pk)

    def do_merge(self, one, other):
        source, target = self.topic(one), self.topic(other)
        if source != target:
            merge_topic(self.facilitator, source.pk, target.pk)

    def do_move(self, one, other):
        move_topic(self.facilitator, self.topic(one).pk, self.categories[other % 2].pk)

    def do_hide(self, one, other):
        hide_topic(self.facilitator, self.topic(one).pk)

    def do_show(self, one, other):
        show_topic(self.facilitator, self.topic(one).pk)

    def do_read(self, one, other):
        topic = self.topic(one)
        reached = note_read(self.member, topic.pk, other % (topic.highest_number + 1))
        self.note_seen(topic, reached)

    def note_seen(self, topic, number):
        self.seen |= set(topic.posts.filter(number__lte=number).values_list("pk", flat=True))


def check(world: World) -> None:
    of_category: Counter = Counter()
    for topic in Topic.objects.select_related("last_post"):
        numbers = dict(topic.posts.exclude(number=None).values_list("number", "state"))
        published = [number for number, state in numbers.items() if state == PostState.PUBLISHED]
        last = topic.last_post.number if topic.last_post else None
        assert (topic.posts_count, last) == (len(published), max(published, default=None)), topic.state
        assert topic.highest_number >= max(numbers, default=0)
        assert (topic.state == TopicState.OPEN) <= (len(published) > 0), "an open topic without a post"
        assert (topic.state == TopicState.EMPTY) <= (not published), "an empty topic with posts"
        if topic.state == TopicState.MERGED:
            assert topic.merged_into.state != TopicState.MERGED
            assert not topic.posts.exists()
        if topic.state == TopicState.OPEN:
            of_category[topic.category_id, "topics"] += 1
            of_category[topic.category_id, "posts"] += len(published)
    for category in Category.objects.all():
        assert category.topics_count == of_category[category.pk, "topics"]
        assert category.posts_count == of_category[category.pk, "posts"]
    for (topic_id, number), pk in world.places.items():
        post = Post.objects.get(pk=pk)
        if (post.topic_id, post.number) != (topic_id, number):
            assert MovedPost.objects.get(topic=topic_id, number=number).post_id == pk
    for reading in Reading.objects.filter(user=world.member):
        up_to = Post.objects.filter(
            topic=reading.topic, number__lte=reading.last_read, state=PostState.PUBLISHED
        )
        published_since = set(up_to.values_list("pk", flat=True)) - world.seen
        assert not published_since, "read further than they really have"


@pytest.mark.django_db
class CountersLaw(TestCase):
    """Hypothesis' own test case: each example in a transaction of its own."""

    @classmethod
    def setUpTestData(cls):
        set_up_site(("en", "fr", "es"))

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(VERBS), PICK, PICK), min_size=5, max_size=30))
    def test_what_is_counted_is_what_there_is(self, steps):
        world = World()
        for start in (0, 1):
            world.act("open", start, start)
        for verb, one, other in steps:
            world.act(verb, one, other)
        check(world)
