"""What facilitators do to a topic as a whole, and what follows for those who read it."""

import pytest
from django.core.exceptions import ValidationError

from forum.errors import Refused
from forum.models import Category, LogEntry, ReviewItem, Topic
from forum.rules import Access, TopicState
from forum.services import delete_post, restore_post
from forum.services.curating import (
    close_topic,
    hide_topic,
    move_topic,
    pin_topic,
    rename_topic,
    set_topic_language,
    show_topic,
)
from tests.forum.moderating import counters, make_co_facilitator, make_facilitator, reported
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def facilitator(site):
    return make_facilitator()


@pytest.fixture
def topic(category):
    made = make_topic(make_member(), category, "Bread")
    make_reply(make_member(), made)
    return made


def actions(topic) -> list[str]:
    return list(LogEntry.objects.filter(topic=topic).order_by("pk").values_list("action", flat=True))


def test_done_twice_is_done_once(topic, facilitator):
    for _twice in range(2):
        pin_topic(facilitator, topic.pk, True)
        close_topic(facilitator, topic.pk, True, "Said all")
        rename_topic(facilitator, topic.pk, "Bread and ovens")
        set_topic_language(facilitator, topic.pk, "fr")
        hide_topic(facilitator, topic.pk)
    topic.refresh_from_db()
    assert (topic.pinned, topic.closed, topic.title, topic.language) == (True, True, "Bread and ovens", "fr")
    assert actions(topic) == ["pin", "close", "rename", "language", "hide"]
    pin_topic(facilitator, topic.pk, False)
    close_topic(facilitator, topic.pk, False)
    show_topic(facilitator, topic.pk)
    assert actions(topic)[5:] == ["unpin", "reopen", "show"]


def test_a_hidden_topic_is_seen_and_counted_by_nobody_else(topic, facilitator):
    hide_topic(facilitator, topic.pk)
    assert counters(topic) == (2, 2, 2, 0, 0)
    assert not Topic.objects.visible_to(topic.author).exists()
    assert Topic.objects.visible_to(facilitator).exists()
    said(facilitator, topic)
    assert counters(topic) == (3, 3, 3, 0, 0)
    show_topic(facilitator, topic.pk)
    assert counters(topic) == (3, 3, 3, 1, 3)


def test_a_hidden_topic_stays_hidden_whatever_becomes_of_its_posts(topic, facilitator):
    hide_topic(facilitator, topic.pk)
    posts = list(topic.posts.all())
    for post in posts:
        delete_post(facilitator, post.pk, "No.")
    restore_post(facilitator, posts[0].pk)
    topic.refresh_from_db()
    assert topic.state == TopicState.HIDDEN
    delete_post(facilitator, posts[0].pk, "No.")
    show_topic(facilitator, topic.pk)
    assert counters(topic) == (0, 2, None, 0, 0)
    restore_post(facilitator, posts[0].pk)
    assert counters(topic) == (1, 2, 1, 1, 1)


def test_moved_it_counts_and_waits_elsewhere(topic, facilitator):
    item = reported(topic.posts.get(number=2))
    elsewhere = make_category()
    move_topic(facilitator, topic.pk, elsewhere.pk, "Fits better")
    assert counters(topic) == (2, 2, 2, 1, 2)
    category = Category.objects.exclude(pk=elsewhere.pk).get()
    assert (category.topics_count, category.posts_count) == (0, 0)
    assert ReviewItem.objects.visible_to(make_co_facilitator(elsewhere)).get() == item
    assert LogEntry.objects.get(topic=topic).data == {"before": category.pk, "after": elsewhere.pk}


def test_moved_into_a_closed_group_it_is_gone_for_others(topic, facilitator):
    closed = make_category(Access.GROUP, group=facilitator.groups.get())
    move_topic(facilitator, topic.pk, closed.pk)
    assert not Topic.objects.reachable_by(topic.author).exists()
    with pytest.raises(Topic.DoesNotExist):
        said(topic.author, topic)


def test_who_may(topic, category, facilitator):
    elsewhere = make_category()
    theirs, spanish = make_co_facilitator(category, "en"), make_co_facilitator(category, "es")
    verbs = (
        lambda who: pin_topic(who, topic.pk, True),
        lambda who: close_topic(who, topic.pk, True),
        lambda who: hide_topic(who, topic.pk),
        lambda who: rename_topic(who, topic.pk, "Mine"),
        lambda who: set_topic_language(who, topic.pk, "es"),
        lambda who: move_topic(who, topic.pk, elsewhere.pk),
    )
    for verb in verbs:
        for nobody in (topic.author, spanish, make_co_facilitator(elsewhere), make_member()):
            with pytest.raises(Refused):
                verb(nobody)
    with pytest.raises(Refused):
        move_topic(theirs, topic.pk, elsewhere.pk)
    for verb in verbs[:4]:
        verb(theirs)


def test_what_cannot_be(topic, facilitator):
    for title in ("", "   ", "x" * 161):
        with pytest.raises(ValidationError):
            rename_topic(facilitator, topic.pk, title)
    with pytest.raises(ValueError, match="tlh"):
        set_topic_language(facilitator, topic.pk, "tlh")
    with pytest.raises(Category.DoesNotExist):
        move_topic(facilitator, topic.pk, 10**9)


def test_titles_in_the_texts_of_others_follow(topic, facilitator, category):
    post = topic.posts.get(number=2)
    other = make_reply(
        make_member(), make_topic(make_member(), category), f"See /forum/p/{post.pk}/ and more."
    )
    other.source = f"See http://testserver/forum/p/{post.pk}/ and more."
    from forum.services import edit_post

    edited = edit_post(other.author, other.pk, other.source, "en", seen=1)
    assert "Bread (2)" in edited.html
    rename_topic(facilitator, topic.pk, "Ovens")
    other.refresh_from_db()
    assert "Ovens (2)" in other.html
    assert other.version == 2
    closed = make_category(Access.GROUP, group=facilitator.groups.get())
    move_topic(facilitator, topic.pk, closed.pk)
    other.refresh_from_db()
    assert "Ovens" not in other.html
    assert f"/forum/p/{post.pk}/" in other.html
