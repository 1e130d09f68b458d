"""Taking posts away and bringing them back. A deleted post leaves a tombstone; its text stays for who may bring it back."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forum.errors import demand
from forum.models import Post, ReviewItem, Topic
from forum.rules import (
    PostState,
    Refusal,
    ReviewKind,
    ReviewState,
    TopicState,
    may_delete,
    may_restore,
    moderates_place,
)
from forum.services.editing import locked
from forum.services.log import decide_at_once, log_of_post
from forum.services.numbering import note_hidden, note_shown_again
from forum.services.remembering import forget_what_was_remembered
from forum.standing import standing_of


@transaction.atomic
def delete_post(user, post_id: int, reason: str = "") -> Post:
    """Take a post away: a tombstone stays where it had a number. By its author, or by who moderates, with a reason.

    Raises `Post.DoesNotExist`, `Refused`. A post that is deleted already stays so.
    """
    topic, post, place = locked(user, post_id)
    if post.state == PostState.DELETED:
        return post
    demand(may_delete(standing_of(user), place, post.author_id, post.state, timezone.now()))
    own = post.author_id == user.pk
    take_away(topic, post, by_author=own)
    if own:
        ReviewItem.objects.filter(
            post=post, state=ReviewState.WAITING, kind__in=[ReviewKind.HELD, ReviewKind.SPAM]
        ).update(state=ReviewState.SET_ASIDE, version=F("version") + 1, decided_at=post.deleted_at)
    else:
        decide_at_once(ReviewState.REMOVED, user, topic, post, reason)
        log_of_post("delete-post", user, topic, post, reason)
    return post


def take_away(topic: Topic, post: Post, *, by_author: bool) -> None:
    """A locked post becomes a tombstone; a topic that waited with it is not opened any more."""
    was_published = post.state == PostState.PUBLISHED
    post.state, post.deleted_at, post.deleted_by_author = PostState.DELETED, timezone.now(), by_author
    post.save(update_fields=["state", "deleted_at", "deleted_by_author"])
    if was_published:
        note_hidden(topic, post)
        forget_what_was_remembered(post)
    shut_unopened(topic)


def shut_unopened(topic: Topic) -> None:
    """After the post that a topic waited with was refused or taken away."""
    if topic.state == TopicState.HELD:
        topic.state = TopicState.REJECTED
        topic.save(update_fields=["state"])


@transaction.atomic
def restore_post(user, post_id: int, reason: str = "") -> Post:
    """Bring a deleted post back: see `rules.may_restore`. One that is not deleted stays as it is.

    What waited for a facilitator when its author deleted it waits again. Raises `Post.DoesNotExist`, `Refused`.
    """
    topic, post, place = locked(user, post_id)
    if post.state != PostState.DELETED:
        return post
    standing, now = standing_of(user), timezone.now()
    demand(may_restore(standing, place, post.author_id, post.state, post.deleted_by_author, now))
    demand("" if post.number is not None else Refusal.GONE)
    own = post.author_id == standing.user_id
    if own and not moderates_place(standing, place) and (item := set_aside_with(post)) is not None:
        item.state, item.decided_at = ReviewState.WAITING, None
        item.version += 1
        item.save(update_fields=["state", "decided_at", "version"])
        post.state, post.deleted_at, post.deleted_by_author = PostState.HELD, None, False
        post.save(update_fields=["state", "deleted_at", "deleted_by_author"])
        return post
    post.state, post.deleted_at, post.deleted_by_author = PostState.PUBLISHED, None, False
    post.save(update_fields=["state", "deleted_at", "deleted_by_author"])
    note_shown_again(topic, post)
    if not own:
        decide_at_once(ReviewState.RESTORED, user, topic, post, reason)
        log_of_post("restore-post", user, topic, post, reason)
    return post


def set_aside_with(post: Post) -> ReviewItem | None:
    """What its author set aside by deleting a post that waited."""
    return ReviewItem.objects.filter(
        post=post, state=ReviewState.SET_ASIDE, decided_by=None, decided_at=post.deleted_at
    ).first()
