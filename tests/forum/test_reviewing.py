"""Deciding over what waits: what becomes of a post, who may, who is told first, and what whom it concerns answers."""

import pytest
from django.core.exceptions import ValidationError

from forum.deciding import Decision
from forum.errors import Decided, Refused
from forum.models import LogEntry, Member, Post, PostVersion, Reading, ReviewItem, Topic
from forum.rules import PostState, Refusal, ReviewState, TopicState, Trust
from forum.services import delete_post, edit_post, open_topic, restore_post
from forum.services.reviewing import Verdict, answer_decision, decide
from forum.services.translating import Offered, translate_post
from forum.standing import forget_standing
from tests.forum.moderating import (
    counters,
    decided,
    held_post,
    item_of,
    make_co_facilitator,
    make_facilitator,
    reported,
)
from tests.forum.talking import make_category, make_member, make_reply, make_topic, message

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def facilitator(site):
    return make_facilitator()


def test_an_approved_post_is_published_counted_and_followed_by_its_author(category, facilitator):
    post = held_post(category)
    post = decided(facilitator, item_of(post))
    assert (post.state, post.number) == (PostState.PUBLISHED, 2)
    assert counters(post.topic) == (2, 2, 2, 1, 2)
    mine = Reading.objects.get(user=post.author, topic=post.topic)
    assert (mine.last_read, mine.reason) == (0, "wrote")
    item = item_of(post)
    assert (item.state, item.decided_by) == (ReviewState.APPROVED, facilitator)


def test_that_a_post_waited_stands_in_no_public_log(category, facilitator):
    post = decided(facilitator, item_of(held_post(category)))
    entry = LogEntry.objects.get()
    assert (entry.action, entry.public, entry.actor, entry.post) == ("approve-post", False, facilitator, post)


def test_a_refused_post_is_its_author_s_alone(category, facilitator):
    post = decided(facilitator, item_of(held_post(category)), Decision.REFUSE)
    assert (post.state, post.number) == (PostState.REJECTED, None)
    assert counters(post.topic) == (1, 1, 1, 1, 1)
    assert Post.objects.reachable_by(post.author).filter(pk=post.pk).exists()
    assert not Post.objects.reachable_by(make_member()).filter(pk=post.pk).exists()


@pytest.mark.parametrize("decision", [Decision.REFUSE, Decision.REMOVE])
def test_a_topic_that_waited_is_refused_with_its_post(category, facilitator, decision):
    posted = open_topic(make_member(Trust.NEW), category.pk, "My first", message())
    decided(facilitator, item_of(posted.post), decision)
    assert Topic.objects.get().state == TopicState.REJECTED
    assert counters(posted.post.topic) == (0, 0, None, 0, 0)


def test_a_reason_is_needed_where_something_is_taken_from_somebody(category, facilitator):
    item = item_of(held_post(category))
    for decision in (Decision.REFUSE, Decision.REMOVE):
        with pytest.raises(ValidationError):
            decided(facilitator, item, decision, reason="  ")
    assert ReviewItem.objects.get(pk=item.pk).state == ReviewState.WAITING


def test_edited_then_approved(category, facilitator):
    post = held_post(category, "With a *rude* word.")
    post = decided(facilitator, item_of(post), Decision.EDIT, source="Without it.", language="fr")
    assert (post.state, post.number, post.source, post.language) == ("published", 2, "Without it.", "fr")
    assert (post.html, post.version, post.edited_by) == ("<p>Without it.</p>", 2, facilitator)
    assert PostVersion.objects.get().source == "With a *rude* word."


def test_the_second_to_decide_is_told_what_the_first_did(category, facilitator):
    item = item_of(held_post(category))
    decided(facilitator, item)
    with pytest.raises(Decided) as late:
        decide(make_facilitator(), item.pk, Verdict(Decision.REFUSE, 1, "No."))
    assert (late.value.item.state, late.value.item.decided_by) == (ReviewState.APPROVED, facilitator)
    assert Post.objects.get(pk=item.post_id).state == PostState.PUBLISHED


def test_nobody_decides_on_a_text_that_they_have_not_seen(category, facilitator):
    post = held_post(category)
    seen = item_of(post).version
    edit_post(post.author, post.pk, "Something else entirely.", "en", seen=1)
    with pytest.raises(Decided):
        decide(facilitator, item_of(post).pk, Verdict(Decision.APPROVE, seen))
    reply = make_reply(make_member(), post.topic)
    item = reported(reply)
    seen = item.version
    reported(reply)
    with pytest.raises(Decided):
        decide(facilitator, item.pk, Verdict(Decision.SET_ASIDE, seen))


def test_nobody_decides_on_their_own(category, facilitator):
    post = make_reply(facilitator, make_topic(make_member(), category))
    item = reported(post)
    assert not ReviewItem.objects.visible_to(facilitator).exists()
    with pytest.raises(ReviewItem.DoesNotExist):
        decided(facilitator, item, Decision.SET_ASIDE)
    decided(make_facilitator(), item, Decision.SET_ASIDE)


def test_co_facilitators_decide_in_their_category_and_language(category, facilitator):
    in_spanish = held_post(category, "Hola, buenos días a todas.", language="es")
    topic_of_theirs = make_topic(make_member(), category, language="es")
    in_their_topic = make_reply(make_member(), topic_of_theirs)
    items = {item_of(in_spanish), reported(in_their_topic)}
    elsewhere, english = make_category(), held_post(category)
    of = lambda user: set(ReviewItem.objects.visible_to(user))  # noqa: E731
    assert of(make_co_facilitator(category, "es")) == items
    assert of(make_co_facilitator(category)) == items | {item_of(english)}
    assert of(make_co_facilitator(category, "fr")) == set()
    assert of(make_co_facilitator(elsewhere)) == set()
    assert of(make_member()) == of(None) == set()
    decided(make_co_facilitator(category, "es"), item_of(in_spanish))


def test_who_is_silenced_decides_on_nothing(category, facilitator):
    item = item_of(held_post(category))
    co_facilitator = make_co_facilitator(category)
    Member.objects.filter(user=co_facilitator).update(silenced_until="2999-01-01T00:00Z")
    forget_standing(co_facilitator)
    assert not ReviewItem.objects.visible_to(co_facilitator).exists()
    with pytest.raises(ReviewItem.DoesNotExist):
        decided(co_facilitator, item)


# --- Reported posts


def test_reports_that_are_set_aside_leave_the_post(category, facilitator):
    post = make_reply(make_member(), make_topic(make_member(), category))
    item = reported(post)
    assert decided(facilitator, item, Decision.SET_ASIDE).state == PostState.PUBLISHED
    assert not LogEntry.objects.filter(public=True).exists()
    assert item.state == ReviewState.SET_ASIDE


def test_a_reported_post_that_is_taken_away_leaves_a_tombstone(category, facilitator):
    post = make_reply(make_member(), make_topic(make_member(), category))
    post = decided(facilitator, reported(post), Decision.REMOVE)
    assert (post.state, post.deleted_by_author, post.number) == (PostState.DELETED, False, 2)
    assert counters(post.topic) == (1, 2, 1, 1, 1)
    assert LogEntry.objects.get(action="delete-post").public


def test_what_is_not_offered_cannot_be_decided(category, facilitator):
    post = make_reply(make_member(), make_topic(make_member(), category))
    item = reported(post)
    for decision in (Decision.APPROVE, Decision.REFUSE, Decision.SANCTION, "publish"):
        with pytest.raises(ValueError, match=decision):
            decided(facilitator, item, decision)


def test_the_author_can_be_silenced_at_the_same_time(category, facilitator):
    post = held_post(category)
    decided(facilitator, item_of(post), Decision.REMOVE, sanction="silence", days=7)
    assert Member.objects.get(user=post.author).silenced_until is not None


# --- Taken away from the topic itself


def test_taken_away_by_a_facilitator_it_is_a_decision_that_can_be_answered(category, facilitator):
    post = make_reply(make_member(), make_topic(make_member(), category))
    delete_post(facilitator, post.pk, "It names somebody.")
    item = item_of(post)
    assert (item.kind, item.state, item.reason) == ("noticed", ReviewState.REMOVED, "It names somebody.")
    assert answer_decision(post.author, item.pk, "They agreed.").state == ReviewState.WAITING


def test_taken_away_it_need_not_be_decided_any_more(category, facilitator):
    post = make_reply(make_member(), make_topic(make_member(), category))
    item = reported(post)
    delete_post(facilitator, post.pk, "Insult.")
    item.refresh_from_db()
    assert (item.state, item.decided_by) == (ReviewState.REMOVED, facilitator)
    restore_post(facilitator, post.pk)
    assert not ReviewItem.objects.filter(state=ReviewState.WAITING).exists()


def test_an_author_cannot_free_a_post_that_waits_by_deleting_and_restoring_it(category, facilitator):
    from forum.models import WatchedWord

    WatchedWord.objects.create(word="casino")
    author = make_member()
    post = make_reply(author, make_topic(make_member(), category))
    edit_post(author, post.pk, "Come to my casino.", "en", seen=1)
    assert item_of(post).kind == "spam"
    delete_post(author, post.pk)
    assert item_of(post).state == ReviewState.SET_ASIDE
    assert restore_post(author, post.pk).state == PostState.HELD
    assert item_of(post).state == ReviewState.WAITING
    assert counters(post.topic) == (1, 2, 1, 1, 1)
    assert decided(facilitator, item_of(post)).number == 2
    assert counters(post.topic) == (2, 2, 2, 1, 2)


# --- Answers


def test_an_answer_brings_it_before_other_eyes_once(category, facilitator):
    post = held_post(category)
    item = item_of(post)
    decided(facilitator, item, Decision.REFUSE)
    answer_decision(post.author, item.pk, "Please read it again.")
    with pytest.raises(Refused) as refused:
        answer_decision(post.author, item.pk, "And again.")
    assert refused.value.code == Refusal.GONE
    other = make_facilitator()
    with pytest.raises(Refused) as refused:
        decided(facilitator, item)
    assert refused.value.code == Refusal.OTHER_EYES
    assert decided(other, item).state == PostState.PUBLISHED
    assert item.answer == "Please read it again."


def test_where_there_are_no_other_eyes_the_same_decide(category, facilitator):
    post = held_post(category)
    item = item_of(post)
    decided(facilitator, item, Decision.REFUSE)
    answer_decision(post.author, item.pk, "Please.")
    assert decided(facilitator, item, Decision.SET_ASIDE).state == PostState.REJECTED


def test_only_whom_it_concerns_answers(category, facilitator):
    post = held_post(category)
    item = item_of(post)
    with pytest.raises(Refused):
        answer_decision(post.author, item.pk, "Not decided yet.")
    decided(facilitator, item, Decision.REFUSE)
    with pytest.raises(ReviewItem.DoesNotExist):
        answer_decision(make_member(), item.pk, "Me too.")
    with pytest.raises(ValidationError):
        answer_decision(post.author, item.pk, " ")


def test_a_post_that_is_back_already_needs_no_answer(category, facilitator):
    post = make_reply(make_member(), make_topic(make_member(), category))
    delete_post(facilitator, post.pk, "Oh.")
    restore_post(facilitator, post.pk)
    with pytest.raises(Refused):
        answer_decision(post.author, item_of(post).pk, "Why?")


# --- Translations


def test_a_translation_that_waits_is_decided_on_like_a_post(category, facilitator):
    post = make_topic(make_member(), category).posts.get()
    new = make_member(Trust.NEW)
    offered = translate_post(new, post.pk, Offered("Lo que digo.", "es", post.version))
    assert offered.held
    item = ReviewItem.objects.get()
    assert set(ReviewItem.objects.visible_to(make_co_facilitator(category, "es"))) == {item}
    seen = item.version
    translate_post(new, post.pk, Offered("Lo que yo digo.", "es", post.version))
    with pytest.raises(Decided):
        decide(facilitator, item.pk, Verdict(Decision.APPROVE, seen))
    item.refresh_from_db()
    decide(facilitator, item.pk, Verdict(Decision.APPROVE, item.version))
    assert post.translations.get().state == PostState.PUBLISHED
