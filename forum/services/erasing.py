"""What becomes of a member's part in the forum when the account is closed: in small steps, again without harm.

Posts stay under "a former member", or are blanked: a tombstone stays in their place, and nothing of their words. What
waited, was refused or deleted is blanked in any case. Nobody's text names them any more.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.accounts.closing import Part
from cms.accounts.models import User
from cms.notifications.services import forget_actor
from forum.models import (
    CategoryLevel,
    Draft,
    EarlierTranslation,
    LogEntry,
    Mark,
    Member,
    Post,
    PostFile,
    PostTranslation,
    PostVersion,
    Reading,
    Report,
    ReviewItem,
    Topic,
)
from forum.rules import PostState, ReviewKind, ReviewState, TopicState
from forum.services.forgetting import FORGETTING
from forum.services.marks import counted
from forum.services.numbering import lock_topic
from forum.services.remembering import forget_what_was_remembered
from forum.services.removing import take_away

KEEP, BLANK = "keep", "blank"
AT_ONCE = 100
ROWS_AT_ONCE = 1000
NAMELESS = "–"  # the title of a topic whose only words were theirs

# (whose account, what they chose, where the step before ended) → where this one ended, None once nothing is left.
Stage = Callable[[User, str, int], int | None]


def closing_part() -> Part:
    return Part(
        "forum",
        step,
        says=[
            _(
                "In the forum nobody is shown your name any more: not at your posts, nor where others mention you."
            ),
            _("What you marked, followed and read, your drafts and your reports are deleted."),
            _("What others quoted of your posts stays in theirs."),
        ],
        question=_("My posts in the forum"),
        choices=[
            (KEEP, _("stay, under “a former member”: answers to them can still be understood")),
            (BLANK, _("are blanked: only that there was a post stays, not what it said")),
        ],
    )


def step(user: User, choice: str, progress: dict) -> dict | None:
    """`progress`: {"stage": number, "after": where it ended}."""
    if not progress and knows_nothing_of(user):
        return None
    number, after = progress.get("stage", 0), progress.get("after", 0)
    ended = STAGES[number](user, choice, after)
    if ended is not None:
        return {"stage": number, "after": ended}
    return {"stage": number + 1, "after": 0} if number + 1 < len(STAGES) else None


def knows_nothing_of(user: User) -> bool:
    """An account that was never used: nobody can have met it here. Asked before texts are looked through."""
    return (
        user.last_login is None
        and not Member.objects.filter(pk=user.pk).exists()
        and not Post.objects.filter(author=user).exists()
    )


# --- What they wrote


@transaction.atomic
def posts(user: User, choice: str, after: int) -> int | None:
    """Those of one topic, which is locked: some at a time."""
    first = Post.objects.filter(author=user).order_by("pk").values_list("topic_id", flat=True).first()
    if first is None:
        return None
    topic = lock_topic(first)
    for post in topic.posts.filter(author=user).order_by("pk")[:AT_ONCE]:
        if choice == BLANK or post.state != PostState.PUBLISHED:
            blank(topic, post)
        items_of(post)
        post.author, post.author_name = None, ""
        post.save(update_fields=["author", "author_name"])
    return after


def blank(topic: Topic, post: Post) -> None:
    """Nothing of its words stays, in whatever language or version; its place does."""
    if post.state != PostState.DELETED:
        take_away(topic, post, by_author=True)
    post.source = post.html = post.digest = ""
    post.edited_by = None
    post.marks = {}
    post.save(update_fields=["source", "html", "digest", "edited_by", "marks"])
    Mark.objects.filter(post=post).delete()
    post.versions.all().delete()
    ReviewItem.objects.filter(translation__post=post).delete()
    forget_what_was_remembered(post)
    post.translations.all().delete()
    delete_files(PostFile.objects.filter(post=post))


def items_of(post: Post) -> None:
    """What waits about a post that is gone needs no decision; what others reported of one that stays does."""
    items = ReviewItem.objects.filter(post=post)
    if post.state != PostState.PUBLISHED:
        items.filter(state=ReviewState.WAITING).update(state=ReviewState.SET_ASIDE)
    items.update(member=None, answer="")


def delete_files(rows) -> None:
    """The file first: killed in between, the row still says what is to be deleted."""
    for row in rows:
        row.file.delete(save=False)
        row.delete()


@transaction.atomic
def topics(user: User, choice: str, after: int) -> int | None:
    first = Topic.objects.filter(author=user).order_by("pk").values_list("pk", flat=True).first()
    if first is None:
        return None
    topic = lock_topic(first)
    if topic.state not in (TopicState.OPEN, TopicState.MERGED, TopicState.HIDDEN):
        topic.title = NAMELESS
    topic.author, topic.author_name = None, ""
    topic.save(update_fields=["title", "author", "author_name"])
    return after


@transaction.atomic
def translations(user: User, choice: str, after: int) -> int | None:
    """Published ones stay, as texts of the site; those that waited or were refused go."""
    unseen = PostTranslation.objects.filter(translator=user).exclude(state=PostState.PUBLISHED)
    ReviewItem.objects.filter(translation__in=unseen).delete()
    unseen.delete()
    left = 0
    for model, key, name in (
        (PostTranslation, "translator", "translator_name"),
        (EarlierTranslation, "translator", "translator_name"),
        (PostVersion, "editor", "editor_name"),
        (Post, "edited_by", ""),
    ):
        ids = list(model.objects.filter(**{key: user}).values_list("pk", flat=True)[:ROWS_AT_ONCE])
        model.objects.filter(pk__in=ids).update(**{key: None}, **({name: ""} if name else {}))
        left += len(ids)
    return after if left else None


# --- What they did


@transaction.atomic
def marks(user: User, choice: str, after: int) -> int | None:
    """Each post is locked while its marks are counted anew, in the order of their ids."""
    given = list(Mark.objects.filter(user=user).order_by("post_id", "pk")[:AT_ONCE])
    for mark in given:
        post = Post.objects.select_for_update().only("pk", "marks").get(pk=mark.post_id)
        mark.delete()
        counted(post, mark.kind)
    return after if given else None


@transaction.atomic
def reports(user: User, choice: str, after: int) -> int | None:
    """What still waits keeps the words of the report, without their name. What was said of them goes."""
    ids = list(Report.objects.filter(reporter=user).values_list("pk", flat=True)[:ROWS_AT_ONCE])
    made = Report.objects.filter(pk__in=ids)
    made.exclude(item__state=ReviewState.WAITING).update(text="")
    made.update(reporter=None)
    ReviewItem.objects.filter(member=user, kind=ReviewKind.REPORTED_MEMBER).delete()
    ReviewItem.objects.filter(member=user).update(member=None, answer="")
    ReviewItem.objects.filter(decided_by=user).update(decided_by=None, decided_by_name="")
    return after if ids else None


@transaction.atomic
def log(user: User, choice: str, after: int) -> int | None:
    entries = LogEntry.objects.filter(Q(actor=user) | Q(member=user))
    ids = list(entries.values_list("pk", flat=True)[:ROWS_AT_ONCE])
    some = LogEntry.objects.filter(pk__in=ids)
    some.filter(member=user).update(member=None)
    some.filter(actor=user).update(actor=None, actor_name="")
    return after if ids else None


@transaction.atomic
def belongings(user: User, choice: str, after: int) -> int | None:
    """Drafts, how far they read, what they follow."""
    left = 0
    for model in (Draft, Reading, CategoryLevel):
        ids = list(model.objects.filter(user=user).values_list("pk", flat=True)[:ROWS_AT_ONCE])
        model.objects.filter(pk__in=ids).delete()
        left += len(ids)
    return after if left else None


@transaction.atomic
def files(user: User, choice: str, after: int) -> int | None:
    """Those of posts that stay lose their owner; those that were never posted go, and the copy of their data."""
    export = getattr(user, "forum_export", None)
    if export is not None and export.file:
        export.file.delete(save=False)
    delete_files(PostFile.objects.filter(owner=user, post=None))
    PostFile.objects.filter(owner=user).update(owner=None)
    return None


@transaction.atomic
def told(user: User, choice: str, after: int) -> int | None:
    forget_actor(user, family="forum")
    return None


STAGES: tuple[Stage, ...] = (
    posts,
    topics,
    translations,
    marks,
    reports,
    log,
    belongings,
    files,
    told,
    *FORGETTING,
)
