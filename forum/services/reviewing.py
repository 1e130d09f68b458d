"""Deciding over what waits: once, by one person, who has seen all there was to see."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forum.deciding import Decision, led_to, may_answer, may_decide
from forum.errors import Decided, demand
from forum.models import Post, PostTranslation, ReviewItem, Topic
from forum.queries.deciders import matter_of, offered_for, others_decide
from forum.queries.looking_up import look_up_for
from forum.rendering import render
from forum.rules import PostState, Refusal, ReviewState
from forum.services.editing import give_text
from forum.services.log import log, log_of_post, log_of_translation
from forum.services.numbering import lock_topic, publish_in
from forum.services.removing import shut_unopened, take_away
from forum.services.sanctioning import required, sanction
from forum.services.translating import publish_translation, refuse_translation
from forum.services.trusting import recount_trust
from forum.standing import standing_of
from forum.tasks import announce_decision, announce_edit, announce_review, with_commit


@dataclass(frozen=True, slots=True)
class Verdict:
    """`seen`: the version of the item that was looked at. `source`, `language`: the text instead, for an edit.

    `sanction` (with `days`) silences or suspends the author besides, "" for no such thing.
    """

    decision: str
    seen: int
    reason: str = ""
    source: str = ""
    language: str = ""
    sanction: str = ""
    days: int = 0


@transaction.atomic
def decide(by, item_id: int, verdict: Verdict) -> ReviewItem:
    """Decide over what waits. Whom it concerns is told.

    Raises `ReviewItem.DoesNotExist`, `Refused`, `Decided` (somebody was first, or there is more to see),
    `ValidationError` (by field) where a reason is missing, `ValueError` for what cannot be decided of it.
    """
    item, topic = locked_item(by, item_id)
    if item.state != ReviewState.WAITING or item.version != verdict.seen:
        raise Decided(item)
    if verdict.decision not in offered_for(item) or (
        verdict.decision == Decision.SANCTION and not verdict.sanction
    ):
        raise ValueError(verdict.decision)
    needed = verdict.decision in Decision.NEED_A_REASON or verdict.sanction
    reason = required(verdict.reason) if needed else verdict.reason.strip()
    about = item.post or item.translation
    close(item, led_to(verdict.decision, about.state if about else ""), by, reason)
    if item.post is not None and topic is not None:
        _EFFECTS[verdict.decision](topic, item.post, by, verdict, reason)
    elif item.translation is not None:
        decide_translation(item.translation, by, verdict.decision, reason)
    else:
        log(verdict.decision, by, member_id=item.member_id, reason=reason, public=False)
    if verdict.sanction and item.member_id:
        sanction(by, item.member_id, verdict.sanction, verdict.days, reason)
    if item.member_id and verdict.decision in (Decision.REFUSE, Decision.REMOVE):
        recount_trust([item.member_id])
    with_commit(announce_decision, item.pk)
    return item


def locked_item(by, item_id: int) -> tuple[ReviewItem, Topic | None]:
    """An item that is theirs to decide, with what it is about as it is now. Locked: the topic, or the post that is
    translated, then the item."""
    found = ReviewItem.objects.visible_to(by).select_related("post", "translation").get(pk=item_id)
    topic = lock_topic(found.post.topic_id) if found.post else None
    if found.translation is not None:
        Post.objects.select_for_update().only("pk").get(pk=found.translation.post_id)
    item = ReviewItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if item.post_id is not None and topic is not None:
        item.post = Post.objects.get(pk=item.post_id)
        if item.post.topic_id != topic.pk:  # it was moved meanwhile
            raise Decided(item)
        item.post.topic = topic
    matter, now = matter_of(item), timezone.now()
    others = matter.decided_before != by.pk or others_decide(matter, by.pk)
    demand(may_decide(standing_of(by), matter, now, others_can=others))
    return item, topic


def close(item: ReviewItem, state: str, by, reason: str) -> None:
    """One statement says who was first, whatever was locked or not. Raises `Decided`."""
    item.decided_at = timezone.now()
    changed = ReviewItem.objects.filter(pk=item.pk, state=ReviewState.WAITING, version=item.version).update(
        state=state, version=F("version") + 1, decided_at=item.decided_at, decided_by=by, reason=reason
    )
    if not changed:
        raise Decided(ReviewItem.objects.get(pk=item.pk))
    item.state, item.decided_by, item.reason, item.version = state, by, reason, item.version + 1


def approve(topic: Topic, post: Post, by, verdict: Verdict, reason: str) -> None:
    known, was = post.number is not None, post.state
    publish_in(topic, post)
    if known and was != PostState.HELD:
        log_of_post("restore-post", by, topic, post, reason)
    else:
        # That a post had to wait is between its author and the facilitators.
        log("approve-post", by, topic=topic, post=post, member_id=post.author_id, reason=reason, public=False)


def edit(topic: Topic, post: Post, by, verdict: Verdict, reason: str) -> None:
    if (verdict.source, verdict.language) != (post.source, post.language):
        rendered = render(verdict.source, look_up_for(by), name=post.nonce.hex[:8])
        give_text(post, by, verdict.source, verdict.language, rendered)
        log_of_post("edit-post", by, topic, post, reason)
        if post.state == PostState.PUBLISHED:
            with_commit(announce_edit, post.pk, post.version)
    if post.state != PostState.PUBLISHED:
        approve(topic, post, by, verdict, reason)


def refuse(topic: Topic, post: Post, by, verdict: Verdict, reason: str) -> None:
    post.state = PostState.REJECTED
    post.save(update_fields=["state"])
    shut_unopened(topic)
    log_of_post("refuse-post", by, topic, post, reason)


def remove(topic: Topic, post: Post, by, verdict: Verdict, reason: str) -> None:
    take_away(topic, post, by_author=False)
    log_of_post("delete-post", by, topic, post, reason)


def leave(topic: Topic, post: Post, by, verdict: Verdict, reason: str) -> None:
    """Nothing becomes of it; that somebody reported it is nobody's business but the facilitators'."""
    log("set-aside", by, topic=topic, post=post, member_id=post.author_id, reason=reason, public=False)


_EFFECTS = {
    Decision.APPROVE: approve,
    Decision.EDIT: edit,
    Decision.REFUSE: refuse,
    Decision.REMOVE: remove,
    Decision.SET_ASIDE: leave,
}


def decide_translation(row: PostTranslation, by, decision: str, reason: str) -> None:
    """What was public before, and comes back, does so in public."""
    back = decision == Decision.APPROVE and row.state == PostState.DELETED
    if decision == Decision.APPROVE:
        publish_translation(row.pk)
    elif decision == Decision.REFUSE:
        refuse_translation(row.pk)
    log_of_translation(
        "restore-translation" if back else f"{decision}-translation", by, row, reason, public=back
    )


@transaction.atomic
def answer_decision(user, item_id: int, text: str) -> ReviewItem:
    """Whom a decision concerns says something to it, once: it waits again, for other eyes.

    Raises `ReviewItem.DoesNotExist`, `Refused`, `ValidationError` (by field).
    """
    item = ReviewItem.objects.select_for_update(of=("self",)).get(pk=item_id, member=user)
    demand("" if can_be_answered(item, user) else Refusal.GONE)
    item.answer = required(text, "text")[:2000]
    item.answered_at, item.state, item.version = timezone.now(), ReviewState.WAITING, item.version + 1
    item.save(update_fields=["answer", "answered_at", "state", "version"])
    with_commit(announce_review, item.pk)
    return item


def can_be_answered(item: ReviewItem, user) -> bool:
    """By `user`, now. One query, where nothing else speaks against it."""
    about = item.post or item.translation
    state = about.state if about else ""
    may = may_answer(item.state, state, item.member_id, item.answered_at is not None, user.pk)
    return may and not waits_already(item)


def waits_already(item: ReviewItem) -> bool:
    """Whether something else about the same waits, which then is the place to look."""
    waiting = ReviewItem.objects.filter(state=ReviewState.WAITING)
    if item.post_id or item.translation_id:
        return waiting.filter(post=item.post_id, translation=item.translation_id).exists()
    return waiting.filter(kind=item.kind, member=item.member_id).exists()
