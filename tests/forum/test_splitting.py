"""Posts that go to another topic take all along that hangs on them, and their old addresses lead on."""

import pytest
from django.core.exceptions import ValidationError

from forum.errors import Refused
from forum.models import (
    LogEntry,
    Mark,
    MovedPost,
    Post,
    PostFile,
    Reading,
    ReviewItem,
    Topic,
)
from forum.renumbering import Renumbered, joined, parsed_ranges, read_in_target
from forum.rules import Level, Refusal, TopicState
from forum.services import delete_post, follow_topic, give_mark, note_read
from forum.services.curating import hide_topic
from forum.services.splitting import split_into, split_topic
from tests.forum.moderating import counters, make_co_facilitator, make_facilitator, reported
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def facilitator(site):
    return make_facilitator()


@pytest.fixture
def topic(category):
    """Five posts, numbered from 1."""
    made = make_topic(make_member(), category, "Bread")
    for _each in range(4):
        make_reply(make_member(), made)
    return made


def numbers(topic: Topic) -> list[int]:
    return list(topic.posts.order_by("number").values_list("number", flat=True))


def test_chosen_posts_get_a_topic_of_their_own(topic, facilitator):
    went = list(topic.posts.filter(number__in=[2, 3, 5]).order_by("number"))
    made = split_topic(
        facilitator, topic.pk, parsed_ranges("2-3, 5"), "  About  ovens ", reason="Another matter"
    )
    assert list(made.posts.order_by("number")) == went
    assert (numbers(made), numbers(topic)) == ([1, 2, 3], [1, 4])
    assert (made.title, made.author, made.state) == ("About ovens", went[0].author, TopicState.OPEN)
    assert counters(made) == (3, 3, 3, 2, 5)
    assert counters(topic) == (2, 5, 4, 2, 5)
    assert make_reply(make_member(), topic).number == 6


def test_old_numbers_lead_to_where_the_posts_are(topic, facilitator, client):
    post = topic.posts.get(number=3)
    made = split_topic(facilitator, topic.pk, ((3, 3),), "Ovens")
    assert MovedPost.objects.get(topic=topic, number=3).post == post
    assert client.get(f"/forum/p/{post.pk}/").url == f"/en/forum/t/{made.pk}-ovens/#post-1"
    back = split_into(facilitator, made.pk, ((1, 1),), topic.pk) if made.posts_count > 1 else None
    assert back is None


def test_what_hangs_on_a_post_goes_along(topic, facilitator):
    post = topic.posts.get(number=4)
    reader = make_member()
    give_mark(reader, post.pk, "thanks")
    give_mark(reader, post.pk, "bookmark")
    file = PostFile.objects.create(owner=post.author, post=post, file="forum/x.txt", name="x.txt", size=1)
    item = reported(post)
    delete_post(facilitator, topic.posts.get(number=5).pk, "Off topic")
    elsewhere = make_category()
    made = split_topic(facilitator, topic.pk, ((4, 5),), "Ovens", category_id=elsewhere.pk)
    item.refresh_from_db()
    assert item.category_id == elsewhere.pk
    assert set(Mark.objects.filter(post__topic=made).values_list("kind", flat=True)) == {"thanks", "bookmark"}
    assert PostFile.objects.get(pk=file.pk).post.topic == made
    assert LogEntry.objects.get(action="delete-post").topic == made
    assert Post.objects.get(pk=post.pk).marks == {"thanks": 1}
    assert counters(made) == (1, 2, 1, 1, 1)
    assert counters(topic)[3:] == (1, 3)


@pytest.mark.parametrize(("read", "then"), [(0, None), (1, None), (2, 1), (4, 2), (5, 3)])
def test_who_had_read_them_has_read_them(topic, facilitator, read, then):
    reader = make_member()
    if read:
        note_read(reader, topic.pk, read)
    made = split_topic(facilitator, topic.pk, parsed_ranges("2 3 5"), "Ovens")
    found = Reading.objects.filter(user=reader, topic=made).values_list("last_read", flat=True).first()
    assert found == then
    if read:
        assert Reading.objects.get(user=reader, topic=topic).last_read == read


def test_who_followed_the_one_follows_the_other(topic, facilitator):
    watcher, muter = make_member(), make_member()
    follow_topic(watcher, topic.pk, Level.WATCHING)
    follow_topic(muter, topic.pk, Level.MUTED)
    made = split_topic(facilitator, topic.pk, ((5, 5),), "Ovens")
    levels = dict(Reading.objects.filter(topic=made).values_list("user", "level"))
    assert (levels[watcher.pk], levels[muter.pk]) == (Level.WATCHING, Level.MUTED)
    assert Reading.objects.get(user=watcher, topic=made).reason == "chosen"


def test_to_a_topic_there_is_already(topic, facilitator, category):
    target = make_topic(make_member(), make_category(), "Ovens")
    make_reply(make_member(), target)
    all_read, half_read = make_member(), make_member()
    for reader, here in ((all_read, 2), (half_read, 1)):
        note_read(reader, target.pk, here)
        note_read(reader, topic.pk, 4)
    split_into(facilitator, topic.pk, ((3, 5),), target.pk)
    assert numbers(target) == [1, 2, 3, 4, 5]
    assert counters(target) == (5, 5, 5, 1, 5)
    assert counters(topic) == (2, 5, 2, 1, 2)
    assert Reading.objects.get(user=all_read, topic=target).last_read == 4
    assert Reading.objects.get(user=half_read, topic=target).last_read == 1


def test_the_log_of_both_says_so_without_texts(topic, facilitator):
    made = split_topic(facilitator, topic.pk, ((2, 3),), "Ovens", reason="Another matter")
    left, came = LogEntry.objects.get(topic=topic), LogEntry.objects.get(topic=made)
    assert (left.action, left.data, left.reason) == (
        "split",
        {"to": made.pk, "numbers": "2–3", "count": 2},
        "Another matter",
    )
    assert (came.action, came.data["source"], came.public) == ("came", topic.pk, True)


def test_out_of_a_hidden_topic_comes_a_hidden_one(topic, facilitator):
    hide_topic(facilitator, topic.pk)
    made = split_topic(facilitator, topic.pk, ((2, 3),), "Ovens")
    assert made.state == TopicState.HIDDEN
    assert counters(made)[3:] == (0, 0)


@pytest.mark.parametrize(
    ("chosen", "code"), [(((1, 5),), Refusal.ALL_POSTS), (((9, 12),), Refusal.GONE), ((), Refusal.GONE)]
)
def test_something_goes_and_something_stays(topic, facilitator, chosen, code):
    with pytest.raises(Refused) as refused:
        split_topic(facilitator, topic.pk, chosen, "Ovens")
    assert refused.value.code == code
    assert Topic.objects.count() == 1


def test_who_may(topic, category, facilitator):
    target = make_topic(make_member(), make_category())
    for nobody in (make_member(), topic.author, make_co_facilitator(make_category())):
        with pytest.raises(Refused):
            split_topic(nobody, topic.pk, ((2, 2),), "Ovens")
    theirs = make_co_facilitator(category)
    with pytest.raises(Refused):
        split_into(theirs, topic.pk, ((2, 2),), target.pk)
    with pytest.raises(Refused):
        split_topic(theirs, topic.pk, ((2, 2),), "Ovens", category_id=target.category_id)
    split_topic(theirs, topic.pk, ((2, 2),), "Ovens")
    with pytest.raises(ValidationError):
        split_into(facilitator, topic.pk, ((3, 3),), topic.pk)
    with pytest.raises(Topic.DoesNotExist):
        split_into(facilitator, topic.pk, ((3, 3),), 10**9)


def test_a_post_that_waits_for_its_second_look_keeps_waiting_in_the_new_place(topic, facilitator):
    from forum.models import WatchedWord
    from forum.services import edit_post

    WatchedWord.objects.create(word="casino")
    post = topic.posts.get(number=3)
    edit_post(post.author, post.pk, "My casino.", "en", seen=1)
    made = split_topic(facilitator, topic.pk, ((2, 3),), "Ovens")
    assert counters(made) == (1, 2, 1, 2, 4)
    assert ReviewItem.objects.visible_to(facilitator).get().post.topic == made


def test_ranges_as_people_write_them():
    assert parsed_ranges(" 4-9, 12;13  20 – 22 ") == ((4, 9), (12, 13), (20, 22))
    assert joined([(5, 9), (1, 3), (4, 4)]) == ((1, 9),)
    for wrong in ("a", "9-4", "0", "-3", "1-2-3", "9999999999"):
        with pytest.raises(ValueError, match=r".*"):
            parsed_ranges(wrong)
    with pytest.raises(ValueError, match="ranges"):
        joined((number, number) for number in range(1, 1000, 2))


def test_numbers_are_mapped_in_their_order():
    went = Renumbered((2, 3, 7), 11)
    assert [went.new(number) for number in (2, 3, 7)] == [11, 12, 13]
    assert [went.read(number) for number in (0, 1, 2, 5, 7, 99)] == [0, 0, 11, 12, 13, 13]
    with pytest.raises(KeyError):
        went.new(5)
    assert read_in_target(went, last_before=10, read_here=9, read_there=99) == 9
    assert read_in_target(went, last_before=10, read_here=10, read_there=3) == 12
