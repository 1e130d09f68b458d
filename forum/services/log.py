"""Writing down what facilitators did."""

from django.utils import timezone

from forum.models import LogEntry, Post, Topic


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
