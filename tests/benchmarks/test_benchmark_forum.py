"""The forum that is measured: whole, counted right, the same each time."""

from urllib.parse import parse_qsl

import pytest
from django.core.management import call_command
from django.test import Client

from cms.accounts.models import User
from cms.demo.benchmark_forum import LONGEST_SHARE, READER, WRITER, Plan
from forum.models import Category, Post, PostTranslation, Reading, Topic
from forum.rendering import render
from forum.rules import PostState
from forum.services import reply
from forum.services.posting import Message
from forum.services.repairing import repair_forum
from tests.benchmarks.__main__ import a_post
from tests.benchmarks.addresses import forum_addresses
from tests.benchmarks.catalogue import FORUM, ROWS
from tests.benchmarks.session import user_name

TOPICS, POSTS = 40, 1200


class _Silent:
    def write(self, text):
        pass


def load(**options) -> None:
    call_command("load_benchmark_data", topics=TOPICS, posts=POSTS, stdout=_Silent(), **options)


@pytest.fixture
def forum(site):
    load()


def test_it_has_as_many_posts_as_were_asked_for_one_topic_with_many(forum):
    assert (Topic.objects.count(), Post.objects.count()) == (TOPICS, POSTS)
    sizes = sorted(topic.posts.count() for topic in Topic.objects.all())
    assert sizes[-1] >= POSTS // LONGEST_SHARE
    assert sizes[0] >= 1
    assert set(Post.objects.values_list("language", flat=True)) == {"en", "fr", "es"}
    assert PostTranslation.objects.exists()
    assert Post.objects.filter(state=PostState.DELETED).exists()


def test_everything_in_it_is_counted_right(forum):
    assert list(repair_forum(False, lambda text: None)) == []
    assert sum(category.topics_count for category in Category.objects.all()) == TOPICS


def test_posts_say_what_the_renderer_makes_of_them(forum):
    for post in Post.objects.order_by("pk")[:50]:
        assert "".join(render(post.source).html.split()) == "".join(post.html.split())


def test_posts_come_in_the_order_of_time(forum):
    times = list(Post.objects.order_by("pk").values_list("published_at", flat=True))
    assert times == sorted(times)
    topic = Topic.objects.order_by("pk")[0]
    posts = list(topic.posts.order_by("number").values_list("number", "published_at"))
    assert [number for number, _at in posts] == list(range(1, len(posts) + 1))
    assert [at for _number, at in posts] == sorted(at for _number, at in posts)
    # Not one after the other in the table: others posted meanwhile.
    ids = list(topic.posts.order_by("number").values_list("pk", flat=True))
    assert ids[-1] - ids[0] > 2 * len(ids)


def test_a_member_has_read_some_of_it(forum):
    readings = Reading.objects.filter(user__username=READER)
    assert 0.7 * TOPICS < readings.count() <= TOPICS
    assert not readings.exclude(topic__in=Topic.objects.all()).exists()


def test_people_go_on_writing_there(forum):
    writer, topic = User.objects.get(username=WRITER), Topic.objects.order_by("-posts_count")[0]
    posted = reply(writer, topic.pk, Message("And more.", "en"))
    assert posted.post.number == topic.highest_number + 1
    assert not posted.held


def test_a_second_load_changes_nothing(forum):
    before = (Post.objects.count(), Topic.objects.count())
    load()
    assert (Post.objects.count(), Topic.objects.count()) == before


def test_it_is_the_same_each_time():
    first = Plan.make(30, 900)
    assert first == Plan.make(30, 900)
    assert first.sizes != Plan.make(30, 901).sizes
    assert sum(first.sizes) == 900
    assert Plan.make(1, 5).sizes == [5]
    assert sorted(Plan.make(7, 7).sizes) == [1] * 7


def test_every_row_of_the_forum_has_its_page(forum):
    places = forum_addresses()
    assert int(places["last_page"]) > 1
    for row in ROWS:
        if row.data != FORUM:
            continue
        client, address = Client(), row.path.format(**places)
        if row.visitor:
            client.force_login(User.objects.get(username=user_name(row.visitor)))
        if row.posting:
            before = Post.objects.count()
            form = dict(parse_qsl(a_post()))
            assert client.post(address, form).status_code == 302
            assert Post.objects.count() == before + 1
            continue
        answer = client.get(address)
        assert answer.status_code == 200, row.name
        assert ("private" if row.visitor else "public") in answer.headers["Cache-Control"], row.name
        assert answer.content.count(b'class="post') >= 15 or "topics" in row.name
