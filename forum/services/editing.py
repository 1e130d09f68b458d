"""Changing what was said. Earlier texts are kept."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forum.errors import TooMany, demand
from forum.holding import EDITS_ALLOWED, Written, is_spam, reasons_to_hold
from forum.models import Post, PostFile, PostVersion, ReviewItem, Topic
from forum.queries.looking_up import look_up_for
from forum.queries.mentions import with_mentions
from forum.queries.writing import watched_words_in
from forum.rendering import Rendered, render
from forum.rules import (
    Place,
    PostState,
    ReviewKind,
    ReviewState,
    may_edit,
)
from forum.services.log import decide_at_once, log_of_post
from forum.services.numbering import lock_topic, note_hidden
from forum.services.posting import digest
from forum.standing import standing_of
from forum.tasks import announce_edit, announce_review, with_commit


class Changed(Exception):
    """The post was changed by another since it was opened for editing; `post` is as it is now."""

    def __init__(self, post: Post):
        super().__init__(post.version)
        self.post = post


def locked(user, post_id: int) -> tuple[Topic, Post, Place]:
    """A post they reach, its topic locked; `Post.DoesNotExist`."""
    found = Post.objects.reachable_by(user).only("topic_id").get(pk=post_id)
    topic = lock_topic(found.topic_id)
    post = Post.objects.get(pk=post_id)
    if post.topic_id != topic.pk:  # moved while we waited
        raise Post.DoesNotExist
    place = Place(topic.category_id, topic.language, topic.state, topic.closed, post.language)
    return topic, post, place


@transaction.atomic
def edit_post(editor, post_id: int, source: str, language: str, *, seen: int, reason: str = "") -> Post:
    """Give a post another text; the one before is kept. `seen`: the version that was opened for editing. `reason`: of
    who changes the words of another, who is told.

    Saved without a change, or twice, nothing happens. A text that would have had to wait as a new post makes the post wait: what
    was approved was another. Raises `Post.DoesNotExist`, `Refused`, `TooMany`, `Changed`.
    """
    topic, post, place = locked(editor, post_id)
    written_at, now = post.published_at or post.created_at, timezone.now()
    minutes = topic.category.edit_minutes
    demand(may_edit(standing_of(editor), place, post.author_id, post.state, written_at, minutes, now))
    source = with_mentions(source, topic.pk, editor)
    if (source, language) == (post.source, post.language):
        return post
    if post.version != seen:
        raise Changed(post)
    demand_pace(editor, post, now)
    rendered = render(source, look_up_for(editor), name=post.nonce.hex[:8])
    reasons = why_hold_again(editor, topic, source, language, rendered)
    held_again = post.state == PostState.PUBLISHED and bool(reasons)
    give_text(post, editor, source, language, rendered, PostState.HELD if held_again else post.state)
    look_again(post)
    if post.author_id != editor.pk:
        decide_at_once(ReviewState.CHANGED, editor, topic, post, reason, settles=False)
        log_of_post("edit-post", editor, topic, post, reason)
    if held_again:
        note_hidden(topic, post)
        wait_for_review(post, topic, reasons)
    elif post.state == PostState.PUBLISHED:
        with_commit(announce_edit, post.pk, post.version)
    return post


def demand_pace(editor, post: Post, now: datetime) -> None:
    """Each text is kept, and told to whom it mentions: raises `TooMany` for who gives one post a new one all the time."""
    if standing_of(editor).moderates_any():
        return
    allowed, seconds = EDITS_ALLOWED
    lately = PostVersion.objects.filter(post=post, written_at__gt=now - timedelta(seconds=seconds))
    moments = list(lately.order_by("-version").values_list("written_at", flat=True)[:allowed])
    if len(moments) >= allowed:
        raise TooMany(max(1, int((moments[-1] + timedelta(seconds=seconds) - now).total_seconds())))


def why_hold_again(editor, topic: Topic, source: str, language: str, rendered: Rendered) -> list[str]:
    written = Written(links=rendered.links, watched_words=watched_words_in(source))
    category, standing = topic.category, standing_of(editor)
    return reasons_to_hold(standing, category.pk, language, category.holding, written, timezone.now())


def give_text(
    post: Post, editor, source: str, language: str, rendered: Rendered, state: str | None = None
) -> None:
    """Keep the text that a locked post has, and save it with another, and with `state` if one is given."""
    keep_version(post, waited=post.state != PostState.PUBLISHED)
    post.state = state or post.state
    post.source, post.language, post.html = source, language, rendered.html
    post.digest = digest(source)
    post.version += 1
    post.edited_at = timezone.now()
    post.edited_by = None if post.author_id == editor.pk else editor
    post.save(
        update_fields=[
            *("source", "language", "html", "digest", "version", "edited_at", "edited_by", "state"),
        ]
    )
    if rendered.files:
        PostFile.objects.filter(key__in=rendered.files, owner=editor, post=None).update(post=post)


def keep_version(post: Post, *, waited: bool) -> None:
    """Before a post gets another text: keep this one, with who wrote it; nobody named is its author."""
    PostVersion.objects.create(
        post=post,
        version=post.version,
        waited=waited,
        language=post.language,
        source=post.source,
        html=post.html,
        written_at=post.edited_at or post.published_at or post.created_at,
        editor_id=post.edited_by_id,
    )


def look_again(post: Post) -> None:
    """Whoever is about to decide on the text as it was before is told that it changed."""
    ReviewItem.objects.filter(post=post, state=ReviewState.WAITING).update(
        version=F("version") + 1, language=post.language
    )


def wait_for_review(post: Post, topic: Topic, reasons: list[str]) -> None:
    item, made = ReviewItem.objects.get_or_create(
        post=post,
        state=ReviewState.WAITING,
        defaults={
            "kind": ReviewKind.SPAM if is_spam(reasons) else ReviewKind.HELD,
            "category_id": topic.category_id,
            "language": post.language,
            "member_id": post.author_id,
            "why": reasons,
            "created_at": timezone.now(),
        },
    )
    if made:
        with_commit(announce_review, item.pk)
