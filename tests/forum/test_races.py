"""Many people at the same moment, each with a connection of their own, on the real database."""

from collections import Counter
from uuid import uuid4

import pytest
from django.db import transaction

from forum.errors import Refused
from forum.models import (
    DataExport,
    Draft,
    Mark,
    Post,
    Reading,
    Report,
    ReviewItem,
    Sanction,
    Topic,
)
from forum.rules import MarkKind, PostState, Refusal, Trust
from forum.services import (
    delete_post,
    edit_post,
    give_mark,
    note_read,
    open_topic,
    publish_held,
    reply,
    restore_post,
    take_mark,
)
from forum.services.curating import close_topic
from forum.services.drafts import save_draft
from forum.services.editing import Changed
from forum.services.exporting import ask_for_copy
from forum.services.reporting import report_post
from forum.services.sanctioning import sanction
from tests.forum.racing import counts_right, members, told
from tests.forum.talking import make_category, make_member, make_reply, make_topic, message, said

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 50


@pytest.fixture
def author(site):
    return make_member()


@pytest.fixture
def topic(author):
    return make_topic(author)


def test_two_windows_that_begin_the_same_draft_are_told_of_each_other(author, at_once):
    writes = [
        lambda name=name: save_draft(author, "topic:1", {"text": name}, sequence=0, window=name)
        for name in "abcd"
    ]
    saved = at_once(*writes)
    kept = Draft.objects.get()
    assert [each.other for each in saved].count(None) == 1
    assert {each.other.data["text"] for each in saved if each.other} == {kept.data["text"]}


def test_a_copy_that_is_asked_for_twice_at_once_is_one(author, at_once, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    assert [each.pk for each in at_once(*[lambda: ask_for_copy(author)] * 4)] == [author.pk] * 4
    assert DataExport.objects.get().ready_at


def test_a_double_click_saves_an_edit_reports_and_silences_once(author, topic, at_once):
    post, reader, facilitator = topic.posts.get(), make_member(), make_member(role="Facilitators")
    text = f"Thank you, @{author.shown_name}."
    assert not told(at_once(*[lambda: edit_post(author, post.pk, text, "en", seen=1)] * 3))
    assert Post.objects.get(pk=post.pk).version == 2
    at_once(*[lambda: report_post(reader, post.pk, "other", "Look.")] * 3)
    assert (Report.objects.count(), ReviewItem.objects.count()) == (1, 1)
    at_once(*[lambda: sanction(facilitator, author.pk, "silence", 1, "A day off.")] * 3)
    assert Sanction.objects.count() == 1


def numbers(topic: Topic) -> list[int]:
    return list(topic.posts.exclude(number=None).order_by("number").values_list("number", flat=True))


def test_fifty_who_post_in_one_topic_are_all_heard(topic, at_once):
    texts = [f"What number {each} has to say." for each in range(MANY)]
    results = at_once(
        *(
            lambda who=who, text=text: said(who, topic, text)
            for who, text in zip(members(MANY), texts, strict=True)
        )
    )
    assert told(results) == []
    assert numbers(topic) == list(range(1, MANY + 2))
    assert set(topic.posts.filter(number__gt=1).values_list("source", flat=True)) == set(texts)
    topic.refresh_from_db()
    assert (topic.posts_count, topic.highest_number, topic.last_post.number) == (MANY + 1,) * 3
    assert counts_right()


def test_topics_of_one_category_do_not_lose_each_other_s_posts(author, at_once):
    category = make_category()
    topics = [make_topic(author, category) for _each in range(4)]
    verbs = [lambda who=who, topic=topics[at % 4]: said(who, topic) for at, who in enumerate(members(12))]
    verbs += [lambda who=who: open_topic(who, category.pk, "One more", message()) for who in members(4)]
    assert told(at_once(*verbs)) == []
    category.refresh_from_db()
    assert (category.topics_count, category.posts_count) == (8, 4 + 12 + 4)
    assert all(numbers(each) == [1, 2, 3, 4] for each in topics)
    assert counts_right()


def test_a_double_click_posts_once(topic, author, at_once):
    sent = message()
    results = at_once(*[lambda: reply(author, topic.pk, sent)] * 5)
    assert Counter(each.again for each in results) == {False: 1, True: 4}
    assert len({each.post.pk for each in results}) == 1
    assert numbers(topic) == [1, 2]


def test_a_double_click_opens_one_topic(author, at_once):
    category, sent = make_category(), message()
    results = at_once(*[lambda: open_topic(author, category.pk, "Once", sent)] * 5)
    assert len({each.post.pk for each in results}) == 1
    assert Topic.objects.count() == Post.objects.count() == 1
    assert counts_right()


def test_what_is_sent_to_two_topics_under_one_name_is_one_post(topic, author, at_once):
    other, nonce = make_topic(author), uuid4()
    results = at_once(*(lambda to=to: said(author, to, nonce=nonce) for to in (topic, other)))
    assert len({each.post.pk for each in results}) == 1
    assert Post.objects.count() == 3
    assert counts_right()


def test_an_answer_to_a_post_that_is_deleted_meanwhile_is_kept(topic, author, at_once):
    post = make_reply(author, topic)
    at_once(
        lambda: delete_post(author, post.pk),
        *(lambda who=who: said(who, topic, reply_to=post.pk) for who in members(3)),
    )
    assert numbers(topic) == [1, 2, 3, 4, 5]
    assert topic.posts.get(number=2).state == PostState.DELETED
    assert topic.posts.filter(number__gt=2, state=PostState.PUBLISHED).count() == 3
    assert counts_right()


def test_the_last_post_is_deleted_while_another_comes(topic, author, at_once):
    post = make_reply(author, topic)
    other = make_member()
    at_once(lambda: delete_post(author, post.pk), lambda: said(other, topic))
    assert numbers(topic) == [1, 2, 3]
    assert counts_right()


def test_a_topic_is_closed_while_people_reply(topic, at_once):
    facilitator = make_member(role="Facilitators")
    results = at_once(
        *(lambda who=who: said(who, topic) for who in members(4)),
        lambda: close_topic(facilitator, topic.pk, True),
        *(lambda who=who: said(who, topic) for who in members(4)),
    )
    refused = told(results)
    assert all(isinstance(each, Refused) and each.code == Refusal.CLOSED for each in refused)
    assert numbers(topic) == list(range(1, 10 - len(refused)))
    assert counts_right()


def test_of_two_who_edit_the_same_text_one_is_told(topic, author, at_once):
    post, facilitator = make_reply(author, topic), make_member(role="Facilitators")
    results = at_once(
        lambda: edit_post(author, post.pk, "Mine, again.", "en", seen=1),
        lambda: edit_post(facilitator, post.pk, "Put right.", "en", seen=1),
    )
    (refused,) = told(results)
    post.refresh_from_db()
    assert isinstance(refused, Changed)
    assert (post.version, post.versions.count()) == (2, 1)
    assert refused.post.source == post.source in ("Mine, again.", "Put right.")


def test_an_edit_and_a_deletion_come_one_by_one(topic, author, at_once):
    post = make_reply(author, topic)
    at_once(lambda: edit_post(author, post.pk, "Better.", "en", seen=1), lambda: delete_post(author, post.pk))
    post.refresh_from_db()
    assert post.state == PostState.DELETED
    assert counts_right()


def test_deleted_and_brought_back_at_once_it_counts_as_what_it_is(topic, author, at_once):
    post = make_reply(author, topic)
    at_once(*[lambda: delete_post(author, post.pk), lambda: restore_post(author, post.pk)] * 3)
    assert counts_right()


def test_marks_given_and_taken_at_once_are_counted(topic, at_once):
    post = topic.posts.get()
    people = members(12)
    give_mark(people[0], post.pk, MarkKind.AGREE)
    verbs = [lambda who=who: give_mark(who, post.pk, MarkKind.AGREE) for who in people[1:]]
    verbs += [lambda: take_mark(people[0], post.pk, MarkKind.AGREE)]
    verbs += [lambda who=who: give_mark(who, post.pk, MarkKind.INSIGHT) for who in people[:3]]
    verbs += [lambda: give_mark(people[5], post.pk, MarkKind.THANKS)] * 2
    assert told(at_once(*verbs)) == []
    post.refresh_from_db()
    assert post.marks == {"agree": 11, "insight": 3, "thanks": 1}
    assert Mark.objects.count() == 15
    assert counts_right()


def test_a_post_approved_twice_has_one_number(topic, at_once):
    held = said(make_member(Trust.NEW), topic).post
    at_once(*[lambda: transaction.atomic(publish_held)(held)] * 3, lambda: said(held.author, topic))
    assert sorted(numbers(topic))[:2] == [1, 2]
    assert Post.objects.filter(pk=held.pk, state=PostState.PUBLISHED).count() == 1
    assert ReviewItem.objects.count() == 2
    assert counts_right()


def test_how_far_somebody_read_only_rises_whichever_window_tells_last(topic, author, at_once):
    for _each in range(5):
        make_reply(author, topic)
    reader = make_member()
    at_once(*(lambda number=number: note_read(reader, topic.pk, number) for number in (3, 6, 1, 5, 2)))
    assert Reading.objects.get(user=reader, topic=topic).last_read == 6
