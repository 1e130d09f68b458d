"""One post, for who does something with it or looks at how it came about."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from forum.models import Category, EarlierTranslation, Post, PostTranslation, PostVersion
from forum.queries.categories import all_categories
from forum.queries.topic_lists import name_of
from forum.rules import (
    Place,
    PostState,
    Refusal,
    TopicState,
    may_delete,
    may_edit,
    may_restore,
)
from forum.standing import standing_of


class Allowed(NamedTuple):
    edit: bool
    delete: bool


class ReachedPost(NamedTuple):
    """A post with its topic."""

    post: Post
    category: Category

    def place(self) -> Place:
        topic = self.post.topic
        return Place(topic.category_id, topic.language, topic.state, topic.closed, self.post.language)

    def why_not_edit(self, user) -> str:
        """A `Refusal`, or ""."""
        post = self.post
        return may_edit(
            standing_of(user),
            self.place(),
            post.author_id,
            post.state,
            post.published_at or post.created_at,
            self.category.edit_minutes,
            timezone.now(),
        )

    def goes_with_topic(self) -> bool:
        """Whether nothing of its topic is left to read without it."""
        topic, own = self.post.topic, int(self.post.state == PostState.PUBLISHED)
        return topic.state == TopicState.EMPTY or (
            topic.state == TopicState.OPEN and topic.posts_count == own
        )

    def why_not_restore(self, user) -> str:
        """A `Refusal`, or ""."""
        post = self.post
        if post.number is None:
            return Refusal.GONE
        return may_restore(
            standing_of(user),
            self.place(),
            post.author_id,
            post.state,
            post.deleted_by_author,
            timezone.now(),
        )

    def may(self, user) -> Allowed:
        post = self.post
        delete = may_delete(standing_of(user), self.place(), post.author_id, post.state, timezone.now())
        return Allowed(not self.why_not_edit(user), not delete)


def reached_post(post_id: int, user) -> ReachedPost | None:
    """None where it is not theirs to see. One query."""
    post = Post.objects.reachable_by(user).select_related("topic", "author").filter(pk=post_id).first()
    return post and ReachedPost(post, all_categories()[post.topic.category_id])


class Text(NamedTuple):
    """A text that a post has, or had. `by`: whoever wrote it, "" for a former member."""

    version: int
    language: str
    source: str
    written_at: datetime
    by: str


def sees_what_waited(post: Post, user) -> bool:
    """Texts of a post that were never published are for its author, and for who moderates there."""
    who = standing_of(user)
    own = who.known and post.author_id == who.user_id
    return own or who.moderates(post.topic.category_id, post.topic.language, post.language)


def texts_of(post: Post, user) -> list[Text]:
    """The texts of a post that one sees, as far as they may be read, the newest first. Two queries at most."""
    author = post.author.shown_name if post.author else post.author_name
    rows = PostVersion.objects.filter(post=post.pk).order_by("-version")
    if not sees_what_waited(post, user):
        rows = rows.filter(waited=False)
    columns = ("version", "language", "source", "written_at", "editor_id")
    names = ("editor__display_name", "editor__username", "editor_name")
    earlier = [
        Text(version, language, source, at, name_of(*by) if editor_id or by[2] else author)
        for version, language, source, at, editor_id, *by in rows.values_list(*columns, *names)
    ]
    at = post.edited_at or post.published_at or post.created_at
    editor = post.edited_by.shown_name if post.edited_by_id and post.edited_by else author
    return [Text(post.version, post.language, post.source, at, editor), *earlier]


def published_translation_of(post: Post, language: str) -> PostTranslation | None:
    """Of a post that one sees. One query."""
    return PostTranslation.objects.filter(post=post.pk, language=language, state=PostState.PUBLISHED).first()


def own_offer(post: Post, language: str, user) -> PostTranslation | None:
    """One's own translation that waits, or was refused. One query."""
    return PostTranslation.objects.filter(
        post=post.pk,
        language=language,
        translator=user,
        state__in=[PostState.HELD, PostState.REJECTED],
    ).first()


def source_at(post: Post, version: int) -> str:
    """The text that a post had as `version`; "" where it is not kept, or was never published. At most one query."""
    if version == post.version:
        return post.source
    rows = PostVersion.objects.filter(post=post.pk, version=version, waited=False)
    return rows.values_list("source", flat=True).first() or ""


def earlier_translations(translation: PostTranslation) -> list[Text]:
    """Texts it had before, the newest first. One query."""
    rows = EarlierTranslation.objects.filter(translation=translation.pk).order_by("-version")
    columns = ("version", "source", "written_at")
    names = ("translator__display_name", "translator__username", "translator_name")
    return [
        Text(version, translation.language, source, at, name_of(*by))
        for version, source, at, *by in rows.values_list(*columns, *names)
    ]
