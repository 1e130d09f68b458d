"""Whom the forum tells what. The words are found in `forum.telling`, by kind.

Told in the background. What was told is noted in the same transaction, on the post, the item or the sanction: a
worker that is killed in the middle has told nobody, and `tell_what_is_left` tells them all later.
"""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cms.accounts.models import User
from cms.notifications.models import Notification
from cms.notifications.services import notify, notify_all, settle
from forum.models import Post, PostVersion, ReviewItem, Sanction
from forum.queries.categories import all_categories
from forum.queries.deciders import deciders, matter_of, others_decide
from forum.queries.looking_up import look_up_for
from forum.queries.recipients import (
    listeners,
    not_told_yet,
    watchers_of,
    who_have_not_read,
)
from forum.rendering import render
from forum.rules import MOST_MENTIONS, PostState, ReviewState, TopicState, told_directly

WATCHED, MENTIONS, REVIEW, DECISIONS = "forum-posts", "forum-mentions", "forum-review", "forum-decisions"
COPIES = "forum-copies"
MENTION = re.compile(r'<a href="/forum/m/(\d{1,12})/"[^>]*class="mention"')
OF_POSTS = (MENTIONS, WATCHED)  # the stronger first
LEFT_FOR = timedelta(minutes=3)  # a job that has not run by then was lost
LOOKED_BACK = timedelta(days=7)
IN_ONE_TICK = 100


def about_topic(topic_id: int) -> str:
    return f"forum-topic:{topic_id}"


def about_item(item_id: int) -> str:
    return f"forum-review:{item_id}"


def about_post(post_id: int) -> str:
    return f"forum-post:{post_id}"


def about_member(user_id: int) -> str:
    return f"forum-member:{user_id}"


def event_of(post_id: int) -> str:
    """A person is told of a post once, by whatever kind was the strongest then."""
    return f"post:{post_id}"


# --- Posts


@transaction.atomic
def tell_of_post(post_id: int) -> None:
    """Of a post: those it mentions, answers or quotes, and those who watch. Of one that was edited: whom it mentions now.

    The same few statements for ten readers and for ten thousand. Asked again, it tells nobody anything.
    """
    post = (
        Post.objects.select_for_update(of=("self",))
        .select_related("topic", "author")
        .filter(pk=post_id)
        .first()
    )
    if post is None or post.state != PostState.PUBLISHED or post.topic.state != TopicState.OPEN:
        return
    if post.told_version >= post.version:
        return
    category = all_categories()[post.topic.category_id]
    for how, ids in directly(post).items():
        _tell(listeners(post.topic, category).filter(pk__in=ids), MENTIONS, post, how)
    if not post.told_version:
        _tell(who_have_not_read(watchers_of(post.topic, category), post), WATCHED, post, "")
    Post.objects.filter(pk=post.pk).update(told_version=post.version)


def tell_of_edit(post_id: int, version: int) -> None:
    tell_of_post(post_id)


def _tell(people: QuerySet[User], kind: str, post: Post, how: str) -> None:
    about, event = about_topic(post.topic_id), event_of(post.pk)
    notify_all(
        not_told_yet(people, OF_POSTS, about, event),
        kind,
        about,
        {"post": post.pk, "how": how},
        event=event,
        actor=post.author,
        actor_name=post.author_name,
        at=timezone.now(),
    )


def directly(post: Post) -> dict[str, list[int]]:
    """Whom a post speaks to: {"mention": ids, "reply": …, "quote": …}, each person once.

    Of one that was told before, only whom its new text mentions and none before did: all of them together reach no
    more people than one text may.
    """
    now = render(post.source, look_up_for(None))
    if post.told_version:
        known = mentioned_until(post, post.told_version)
        room = max(0, MOST_MENTIONS - len(known))
        return {"mention": [pk for pk in now.mentioned if pk not in known][:room]}
    answered = [post.reply_to_id] if post.reply_to_id else []
    ids = {*answered, *now.quoted[:MOST_MENTIONS]}
    rows = Post.objects.filter(pk__in=ids, state=PostState.PUBLISHED) if ids else []
    authors = {each.pk: each.author_id for each in rows if each.author_id is not None}
    return told_directly(
        now.mentioned,
        [authors[pk] for pk in answered if pk in authors],
        [authors[pk] for pk in now.quoted if pk in authors],
    )


def mentioned_until(post: Post, version: int) -> set[int]:
    """Ids of those whom the texts that a post had until its `version` mention, each as it was rendered."""
    texts = PostVersion.objects.filter(post=post, version__lte=version).values_list("html", flat=True)
    return {int(pk) for html in texts.iterator() for pk in MENTION.findall(html)}


def posts_moved(old_topic_id: int, new_topic_id: int, post_ids: QuerySet[Post] | list[int]) -> None:
    """After a split or a merge, in its transaction: what was told of these posts belongs to the new topic."""
    ids = post_ids if isinstance(post_ids, list) else list(post_ids.values_list("pk", flat=True))
    told = Notification.objects.filter(kind__in=OF_POSTS, about=about_topic(old_topic_id))
    for start in range(0, len(ids), 500):
        events = [event_of(pk) for pk in ids[start : start + 500]]
        told.filter(event__in=events).update(about=about_topic(new_topic_id))


# --- Moderation


@transaction.atomic
def tell_of_review(item_id: int) -> None:
    """Of something that waits for a decision, or waits again because its author answered: those who decide."""
    item = _untold(item_id)
    if item is None or item.state != ReviewState.WAITING:
        return
    matter = matter_of(item)
    people = deciders(matter)
    if matter.decided_before and others_decide(matter, matter.decided_before):
        people = people.exclude(pk=matter.decided_before)
    notify_all(
        people,
        REVIEW,
        about_item(item.pk),
        {"item": item.pk, "said": "answered" if item.answered_at else "waiting"},
        event=f"waiting:{item.version}",
    )
    _note_told(item)


@transaction.atomic
def tell_of_decision(item_id: int) -> None:
    """Nobody has to decide any more; and whom the decision concerns learns of it, with its reason."""
    item = _untold(item_id)
    if item is None or item.state == ReviewState.WAITING:
        return
    settle(REVIEW, about_item(item.pk))
    if item.member_id and item.decided_by_id and decision_is_told(item):
        about = about_post(item.post_id) if item.post_id else about_member(item.member_id)
        notify(
            [item.member_id],
            DECISIONS,
            about,
            {"item": item.pk, "said": item.state, "reason": item.reason},
            event=f"decided:{item.pk}:{item.version}",
        )
    _note_told(item)


def decision_is_told(item: ReviewItem) -> bool:
    """A report that led to nothing is not told to whom it was about. A sanction is told by itself."""
    return item.state not in (ReviewState.SET_ASIDE, ReviewState.SANCTIONED)


def _untold(item_id: int) -> ReviewItem | None:
    """The item, locked, where its state is not told yet."""
    found = ReviewItem.objects.select_for_update(of=("self",)).select_related(
        "post__topic", "translation__post__topic"
    )
    return found.exclude(told=F("state")).filter(pk=item_id).first()


def _note_told(item: ReviewItem) -> None:
    ReviewItem.objects.filter(pk=item.pk).update(told=item.state)


@transaction.atomic
def tell_of_sanction(sanction_id: int) -> None:
    """To the member: that they are silenced or suspended, until when and why; later, that it is over."""
    sanction = Sanction.objects.select_for_update(of=("self",)).filter(pk=sanction_id).first()
    if sanction is None:
        return
    said = sanction_said(sanction)
    if said == sanction.told:
        return
    notify(
        [sanction.user_id],
        DECISIONS,
        about_member(sanction.user_id),
        {"sanction": sanction.pk, "said": said},
        event=f"sanction:{sanction.pk}:{said}",
    )
    Sanction.objects.filter(pk=sanction.pk).update(told=said)


def sanction_said(sanction: Sanction) -> str:
    return "lifted" if sanction.lifted_at else "given"


def tell_of_copy(user_id: int, asked_at: datetime) -> None:
    """Whoever asked for a copy of their data: it is there."""
    notify([user_id], COPIES, about_member(user_id), {}, event=f"copy:{asked_at.isoformat()}")


# --- What was lost on the way


def tell_what_is_left(now: datetime | None = None) -> int:
    """Every minute: tell what a job should have told and did not, because its worker was killed. Returns how much."""
    now = now or timezone.now()
    late = now - LEFT_FOR
    since = now - LOOKED_BACK
    posts = Post.objects.filter(
        Q(published_at__gt=since) | Q(edited_at__gt=since),
        state=PostState.PUBLISHED,
        told_version__lt=F("version"),
        published_at__lt=late,
        topic__state=TopicState.OPEN,
    )
    items = ReviewItem.objects.exclude(told=F("state")).filter(created_at__lt=late)
    sanctions = Sanction.objects.filter(
        Q(told="") | Q(told="given", lifted_at__isnull=False), created_at__lt=late
    )
    left = 0
    for pk in list(posts.order_by("published_at").values_list("pk", flat=True)[:IN_ONE_TICK]):
        tell_of_post(pk)
        left += 1
    for pk, state in list(items.order_by("created_at").values_list("pk", "state")[:IN_ONE_TICK]):
        (tell_of_review if state == ReviewState.WAITING else tell_of_decision)(pk)
        left += 1
    for pk in list(sanctions.values_list("pk", flat=True)[:IN_ONE_TICK]):
        tell_of_sanction(pk)
        left += 1
    return left
