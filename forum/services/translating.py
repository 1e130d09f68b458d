"""Translations of posts, by any member. Those of new members wait as their posts do; what is published stays meanwhile."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forum.errors import TooMany, demand
from forum.holding import Written, is_spam, posts_allowed, reasons_to_hold
from forum.models import EarlierTranslation, Post, PostFile, PostTranslation, ReviewItem, Topic
from forum.queries.looking_up import look_up_for
from forum.queries.writing import watched_words_in
from forum.rendering import Rendered, render
from forum.rules import PostState, Refusal, ReviewKind, ReviewState, may_write
from forum.services.log import decide_at_once, log_of_translation
from forum.services.pacing import take_turn
from forum.services.remembering import forget_what_was_remembered
from forum.standing import standing_of
from forum.tasks import announce_review, remember_translation, with_commit


class TranslationChanged(Exception):
    """Somebody else has improved the translation since it was opened; `translation` is as it is now."""

    def __init__(self, translation: PostTranslation):
        super().__init__(translation.version)
        self.translation = translation


@dataclass(frozen=True, slots=True)
class Translated:
    translation: PostTranslation
    held: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A translation as it was written. `post_version`: of the post it was made from. `based_on`: the version of the
    published translation that was opened for improving, 0 where there was none."""

    source: str
    language: str
    post_version: int
    based_on: int = 0
    trap: bool = False


@transaction.atomic
def translate_post(user, post_id: int, offered: Offered) -> Translated:
    """Add a translation of a post, or improve the one there is; the text before it is kept.

    Raises `Post.DoesNotExist`, `Refused`, `TooMany`, `TranslationChanged`.
    """
    standing = standing_of(user)
    visible = Post.objects.shown_to(user).only("pk").get(pk=post_id)
    take_turn(standing.user_id)
    post = Post.objects.select_for_update().get(pk=visible.pk)
    topic = Topic.objects.select_related("category").get(pk=post.topic_id)
    demand(may_write(standing, timezone.now()))
    demand("" if post.state == PostState.PUBLISHED and post.language != offered.language else Refusal.GONE)
    published = published_translation(post.pk, offered.language)
    if published and published.source == offered.source and published.post_version >= offered.post_version:
        return Translated(published, held=False)
    if published and published.version != offered.based_on:
        raise TranslationChanged(published)
    demand_pace(user)
    rendered = render(offered.source, look_up_for(user), name=f"t{post.nonce.hex[:6]}{offered.language[:2]}")
    written = Written(
        links=max(0, rendered.links - render(post.source).links),
        watched_words=watched_words_in(offered.source),
        trap=offered.trap,
    )
    category = topic.category
    reasons = reasons_to_hold(
        standing, category.pk, topic.language, category.holding, written, timezone.now()
    )
    if standing.moderates(category.pk, offered.language):
        reasons = []
    row = offered_row(user, post, offered, rendered)
    if reasons:
        wait_for_review(row, category.pk, reasons)
    else:
        row = publish_row(row, published)
    return Translated(row, bool(reasons))


def published_translation(post_id: int, language: str) -> PostTranslation | None:
    return PostTranslation.objects.filter(post=post_id, language=language, state=PostState.PUBLISHED).first()


def demand_pace(user) -> None:
    """As many translations in so long as posts; one that is improved again and again counts each time."""
    now = timezone.now()
    allowed, seconds = posts_allowed(standing_of(user), now)
    lately = {"translator": user, "written_at__gt": now - timedelta(seconds=seconds)}
    texts = [
        rows.filter(**lately).order_by("-written_at").values_list("written_at", flat=True)[:allowed]
        for rows in (PostTranslation.objects, EarlierTranslation.objects)
    ]
    moments = sorted((moment for found in texts for moment in found), reverse=True)[:allowed]
    if len(moments) >= allowed and not standing_of(user).moderates_any():
        raise TooMany(max(1, int((moments[-1] + timedelta(seconds=seconds) - now).total_seconds())))


def offered_row(user, post: Post, offered: Offered, rendered: Rendered) -> PostTranslation:
    """One's own row that waits or was refused, with this text; saved as waiting."""
    values = {
        "post_version": min(offered.post_version, post.version),
        "source": offered.source,
        "html": rendered.html,
        "state": PostState.HELD,
        "written_at": timezone.now(),
    }
    mine = PostTranslation.objects.filter(
        post=post,
        language=offered.language,
        translator=user,
        state__in=[PostState.HELD, PostState.REJECTED],
    ).first()
    row = mine or PostTranslation(post=post, language=offered.language, translator=user)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if rendered.files:
        PostFile.objects.filter(key__in=rendered.files, owner=user, post=None).update(post=post)
    return row


def wait_for_review(row: PostTranslation, category_id: int, reasons: list[str]) -> None:
    item, made = ReviewItem.objects.get_or_create(
        translation=row,
        state=ReviewState.WAITING,
        defaults={
            "kind": ReviewKind.SPAM if is_spam(reasons) else ReviewKind.HELD,
            "category_id": category_id,
            "language": row.language,
            "member_id": row.translator_id,
            "why": reasons,
            "created_at": timezone.now(),
        },
    )
    if made:
        with_commit(announce_review, item.pk)
    else:
        # Whoever is about to decide has looked at another text.
        ReviewItem.objects.filter(pk=item.pk).update(version=F("version") + 1)


@transaction.atomic
def publish_translation(translation_id: int) -> PostTranslation:
    """Publish one that waits or was refused: it takes the place of the published one, which is kept as an earlier text.

    Whoever decides calls this. `PostTranslation.DoesNotExist` where it is gone.
    """
    post_id = PostTranslation.objects.values_list("post_id", flat=True).get(pk=translation_id)
    Post.objects.select_for_update().get(pk=post_id)
    row = PostTranslation.objects.get(pk=translation_id)
    if row.state == PostState.PUBLISHED:
        return row
    return publish_row(row, published_translation(row.post_id, row.language))


def publish_row(row: PostTranslation, published: PostTranslation | None) -> PostTranslation:
    """`row` waits; the post's row is locked."""
    if published is None:
        row.state = PostState.PUBLISHED
        row.save(update_fields=["state"])
        with_commit(remember_translation, row.pk)
        return row
    keep_earlier(published)
    for name in ("post_version", "source", "html", "translator_id", "translator_name", "written_at"):
        setattr(published, name, getattr(row, name))
    published.version += 1
    ReviewItem.objects.filter(translation=row).update(translation=published)
    row.delete()
    published.save()
    with_commit(remember_translation, published.pk)
    return published


def keep_earlier(translation: PostTranslation) -> None:
    EarlierTranslation.objects.create(
        translation=translation,
        version=translation.version,
        post_version=translation.post_version,
        source=translation.source,
        translator_id=translation.translator_id,
        translator_name=translation.translator_name,
        written_at=translation.written_at,
    )


def refuse_translation(translation_id: int) -> None:
    """One that waits is not published; its translator still sees it, and may offer another text."""
    PostTranslation.objects.filter(pk=translation_id, state=PostState.HELD).update(state=PostState.REJECTED)


@transaction.atomic
def delete_translation(user, translation_id: int, reason: str = "") -> None:
    """Take a translation away: see `why_not_delete`. `PostTranslation.DoesNotExist`, `Refused`.

    Whose translation it was is told by whom and for which `reason` it was taken away, and can answer.
    """
    row = PostTranslation.objects.select_related("post__topic").get(pk=translation_id)
    Post.objects.select_for_update().get(pk=Post.objects.reachable_by(user).only("pk").get(pk=row.post_id).pk)
    row.refresh_from_db(fields=["state", "translator"])
    demand(why_not_delete(user, row))
    was_public = row.state == PostState.PUBLISHED
    row.state = PostState.DELETED
    row.save(update_fields=["state"])
    forget_what_was_remembered(row.post)
    if row.translator_id == user.pk:
        ReviewItem.objects.filter(translation=row, state=ReviewState.WAITING).update(
            state=ReviewState.SET_ASIDE, version=F("version") + 1, decided_at=timezone.now()
        )
        return
    decide_at_once(ReviewState.REMOVED, user, row.post.topic, row, reason)
    log_of_translation("delete-translation", user, row, reason, public=was_public)


def why_not_delete(user, row: PostTranslation) -> str:
    """A `Refusal`, or "": who moderates may, and whose work it is alone. What others began is not one's own to delete."""
    who, now, topic = standing_of(user), timezone.now(), row.post.topic
    if row.translator_id == who.user_id and not row.earlier.exclude(translator=who.user_id).exists():
        return "" if who.takes_part(now) else Refusal.SUSPENDED
    if not who.moderates(topic.category_id, topic.language, row.language):
        return Refusal.NOT_YOURS
    return may_write(who, now)
