"""What members think of posts, in one word; and bookmarks."""

from django.db import transaction
from django.utils import timezone

from forum.errors import demand
from forum.models import Mark, Post
from forum.rules import MarkKind, PostState, Refusal, may_write
from forum.standing import standing_of


@transaction.atomic
def give_mark(user, post_id: int, kind: str) -> dict[str, int]:
    """Returns the post's marks, {kind: how many}. Given twice, it counts once.

    `ValueError` for an unknown kind, `Post.DoesNotExist`, `Refused`: silenced members may bookmark, not judge.
    """
    post = markable(user, post_id, kind)
    Mark.objects.bulk_create([Mark(post=post, user=user, kind=kind)], ignore_conflicts=True)
    return counted(post, kind)


@transaction.atomic
def take_mark(user, post_id: int, kind: str) -> dict[str, int]:
    post = markable(user, post_id, kind)
    Mark.objects.filter(post=post, user=user, kind=kind).delete()
    return counted(post, kind)


def markable(user, post_id: int, kind: str) -> Post:
    """The post, its row locked: what it counts is counted by one at a time."""
    if kind not in MarkKind.ALL:
        raise ValueError(f"no such mark: {kind}")
    standing = standing_of(user)
    if kind == MarkKind.BOOKMARK:
        demand("" if standing.known else Refusal.LOG_IN)
    else:
        demand(may_write(standing, timezone.now()))
    visible = Post.objects.shown_to(user).only("pk").get(pk=post_id)
    return (
        Post.objects.select_for_update()
        .only("pk", "marks", "state")
        .get(pk=visible.pk, state=PostState.PUBLISHED)
    )


def counted(post: Post, kind: str) -> dict[str, int]:
    if kind == MarkKind.BOOKMARK:
        return post.marks
    count = Mark.objects.filter(post=post, kind=kind).count()
    marks = {name: number for name, number in {**post.marks, kind: count}.items() if number}
    if marks != post.marks:
        Post.objects.filter(pk=post.pk).update(marks=marks)
    return marks
