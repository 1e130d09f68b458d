"""Two people at the same moment, each with a connection of their own: one does it, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from forum.deciding import Decision
from forum.errors import Decided, Refused
from forum.models import LogEntry, MovedPost, Post, Report, ReviewItem, Sanction, Topic
from forum.rules import PostState, ReviewState
from forum.services import delete_post, edit_post
from forum.services.merging_topics import merge_topic
from forum.services.reporting import report_post
from forum.services.reviewing import Verdict, decide
from forum.services.sanctioning import lift_what_is_over, sanction
from forum.services.splitting import split_into, split_topic
from tests.forum.moderating import counters, held_post, item_of, make_facilitator
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*presses) -> list:
    """What each press answered, or the error it raised. A press takes nothing."""
    ready = Barrier(len(presses))

    def press(one):
        ready.wait(timeout=30)
        try:
            return one()
        except Exception as error:  # noqa: BLE001 - looked at by the test
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


@pytest.fixture
def category(site):
    return make_category()


def deciding(who, item, decision, seen):
    return lambda: decide(who, item.pk, Verdict(decision, seen, "Because."))


@pytest.mark.parametrize(
    "decisions",
    [
        (Decision.APPROVE, Decision.REFUSE),
        (Decision.APPROVE, Decision.REMOVE),
        (Decision.APPROVE, Decision.APPROVE),
    ],
)
def test_one_decides_and_the_other_is_told(category, decisions):
    post = held_post(category)
    item = item_of(post)
    answers = at_once(*(deciding(make_facilitator(), item, one, item.version) for one in decisions))
    late = [answer for answer in answers if isinstance(answer, Decided)]
    done = [answer for answer in answers if isinstance(answer, ReviewItem)]
    assert (len(done), len(late)) == (1, 1), answers
    assert (late[0].item.state, late[0].item.decided_by) == (done[0].state, done[0].decided_by)
    post.refresh_from_db()
    approved = done[0].state == ReviewState.APPROVED
    assert (post.state == PostState.PUBLISHED) is approved
    assert counters(post.topic) == ((2, 2, 2, 1, 2) if approved else (1, 1, 1, 1, 1))
    assert LogEntry.objects.count() == 1


def test_nobody_approves_what_its_author_is_changing(category):
    post = held_post(category)
    item = item_of(post)
    answers = at_once(
        deciding(make_facilitator(), item, Decision.APPROVE, item.version),
        lambda: edit_post(post.author, post.pk, "Something else entirely.", "en", seen=1),
    )
    post.refresh_from_db()
    if isinstance(answers[0], Decided):
        assert (post.state, post.source) == (PostState.HELD, "Something else entirely.")
    else:
        # Approved first; what its author wrote then came after, and waits for somebody to read it.
        assert (post.state, post.number) == (PostState.HELD, 2)
        assert item_of(post).state == ReviewState.WAITING
        assert not post.versions.get().waited


def test_approved_while_its_author_deletes_it(category):
    post = held_post(category)
    item = item_of(post)
    at_once(
        deciding(make_facilitator(), item, Decision.APPROVE, item.version),
        lambda: delete_post(post.author, post.pk),
    )
    post.refresh_from_db()
    assert post.state == PostState.DELETED
    assert counters(post.topic)[0] == 1
    assert not ReviewItem.objects.filter(state=ReviewState.WAITING).exists()


def test_many_who_report_the_same_make_one_thing_to_decide(category):
    post = make_reply(make_member(), make_topic(make_member(), category))
    reporters = [make_member() for _each in range(4)]
    answers = at_once(*(lambda who=who: report_post(who, post.pk, "spam", "") for who in reporters))
    assert all(isinstance(answer, Report) for answer in answers), answers
    item = ReviewItem.objects.get()
    assert (item.reports.count(), item.version) == (4, 4)


def test_a_report_is_not_set_aside_by_who_has_not_seen_it(category):
    post = make_reply(make_member(), make_topic(make_member(), category))
    item = report_post(make_member(), post.pk, "spam", "").item
    reporter = make_member()
    answers = at_once(
        deciding(make_facilitator(), item, Decision.SET_ASIDE, item.version),
        lambda: report_post(reporter, post.pk, "insult", "Look closely"),
    )
    report = Report.objects.get(reporter=reporter)
    if isinstance(answers[0], Decided):
        assert report.item.state == ReviewState.WAITING
    else:
        assert report.item_id != item.pk
        assert report.item.state == ReviewState.WAITING


def test_two_split_the_same_posts(category):
    topic = make_topic(make_member(), category)
    for _each in range(4):
        make_reply(make_member(), topic)
    answers = at_once(
        *(
            lambda who=who: split_topic(who, topic.pk, ((2, 3),), "Apart")
            for who in (make_facilitator(), make_facilitator())
        )
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "Topic"], answers
    assert MovedPost.objects.count() == 2
    assert counters(topic) == (3, 5, 5, 2, 5)


def test_merged_into_each_other_one_is_left(category):
    one, other = make_topic(make_member(), category), make_topic(make_member(), category)
    first, second = make_facilitator(), make_facilitator()
    answers = at_once(
        lambda: merge_topic(first, one.pk, other.pk), lambda: merge_topic(second, other.pk, one.pk)
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["DoesNotExist", "Topic"], answers
    left = next(answer for answer in answers if isinstance(answer, Topic))
    assert counters(left) == (2, 2, 2, 1, 2)


def test_replies_arrive_while_their_topic_is_merged_and_split(category):
    one, other = make_topic(make_member(), category), make_topic(make_member(), category)
    for topic in (one, other):
        make_reply(make_member(), topic)
    writers = [make_member() for _each in range(4)]
    facilitators = [make_facilitator(), make_facilitator()]
    answers = at_once(
        *(lambda who=who, topic=topic: said(who, topic) for who, topic in zip(writers, (one, one, other, one), strict=True)),
        lambda: merge_topic(facilitators[0], one.pk, other.pk),
        lambda: split_into(facilitators[1], other.pk, ((1, 1),), one.pk),
    )  # fmt: skip
    unexpected = [
        answer
        for answer in answers
        if isinstance(answer, Exception) and not isinstance(answer, (Topic.DoesNotExist, Refused))
    ]
    assert not unexpected, unexpected
    assert Post.objects.count() == 8
    for topic in Topic.objects.exclude(state="merged"):
        numbers = list(topic.posts.order_by("number").values_list("number", flat=True))
        assert len(numbers) == len(set(numbers)) == topic.posts_count
        assert topic.highest_number >= numbers[-1]
    category.refresh_from_db()
    assert category.posts_count == 8


def test_two_schedulers_lift_a_sanction_once(category):
    member, facilitator = make_member(), make_facilitator()
    sanction(facilitator, member.pk, Sanction.SILENCE, 1, "Insults.")
    Sanction.objects.update(until="2020-01-01T00:00Z")
    assert sorted(at_once(lift_what_is_over, lift_what_is_over)) == [0, 1]
