"""Writing down what facilitators did, and seeing to it that whom it concerns is told."""

from django.db.models import F
from django.utils import timezone

from forum.models import LogEntry, Post, PostTranslation, ReviewItem, Topic
from forum.rules import ReviewKind, ReviewState
from forum.tasks import announce_decision, with_commit


def log(
    action: str,
    by,
    *,
    topic: Topic | None = None,
    post: Post | None = None,
    member_id: int | None = None,
    reason: str = "",
    public: bool = True,
    **data: object,
) -> LogEntry:
    """`data`: plain values for the words of `forum.log_words`; of persons none. `by` None: time did it."""
    return LogEntry.objects.create(
        action=action,
        topic=topic,
        post=post,
        member_id=member_id,
        actor=by,
        reason=reason,
        public=public,
        data=data,
        at=timezone.now(),
    )


def log_of_post(
    action: str, by, topic: Topic, post: Post, reason: str = "", *, member_id: int | None = None
) -> None:
    """Public where the post has, or had, a place that readers know. `member_id`: whom it concerns, if not its author."""
    log(
        action,
        by,
        topic=topic,
        post=post,
        member_id=member_id or post.author_id,
        reason=reason,
        public=post.number is not None,
        number=post.number,
    )


def log_of_translation(action: str, by, row: PostTranslation, reason: str, *, public: bool) -> None:
    log(
        action,
        by,
        topic=row.post.topic,
        post=row.post,
        member_id=row.translator_id,
        reason=reason,
        public=public,
        number=row.post.number,
        language=row.language,
    )


def decide_at_once(
    state: str, by, topic: Topic, about: Post | PostTranslation, reason: str, *, settles: bool = True
) -> None:
    """Whoever does something to the words of another has decided: whom it concerns is told, and can answer where
    they are gone. `settles`: what waited about the same is decided with it."""
    which, whose = (
        ({"post": about}, about.author_id)
        if isinstance(about, Post)
        else ({"translation": about}, about.translator_id)
    )
    decided = {"state": state, "decided_at": timezone.now(), "decided_by": by, "reason": reason}
    item = ReviewItem.objects.filter(**which, state=ReviewState.WAITING).first() if settles else None
    if item is None:
        item = ReviewItem.objects.create(
            kind=ReviewKind.NOTICED,
            category_id=topic.category_id,
            language=about.language,
            member_id=whose,
            created_at=timezone.now(),
            **which,
            **decided,
        )
    else:
        ReviewItem.objects.filter(pk=item.pk).update(version=F("version") + 1, **decided)
    with_commit(announce_decision, item.pk)
