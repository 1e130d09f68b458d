"""What people are told of, as they may see it now: asked when it is shown and when a mail is written."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from forum.models import Post, PostTranslation
from forum.models.topic import slug_of
from forum.rules import Level, PostState, translation_shown
from forum.standing import standing_of


class Text(NamedTuple):
    """`behind`: the post has changed since it was translated. `translator`: "" for the post itself, or nobody known."""

    html: str
    language: str
    is_translation: bool = False
    translator: str = ""
    behind: bool = False


class ToldPost(NamedTuple):
    pk: int
    number: int
    topic_id: int
    title: str
    topic_language: str
    category_id: int
    language: str
    version: int
    html: str
    author: str  # "" for a former member
    message_id: str
    references: tuple[str, ...]  # message ids of what came before, the oldest first
    translations: tuple[tuple[str, str, str, int], ...] = ()  # (language, html, translator, of which version)

    @property
    def slug(self) -> str:
        return slug_of(self.title)

    def text_for(self, read: frozenset[str], interface: str) -> Text:
        """The post, or its translation for those who do not read its language."""
        wanted = translation_shown(
            self.language, frozenset(row[0] for row in self.translations), read, interface
        )
        for language, html, translator, version in self.translations:
            if language == wanted:
                return Text(html, language, True, translator, version < self.version)
        return Text(self.html, self.language)


_AUTHOR = ("author__display_name", "author__username", "author_name")
_COLUMNS = (
    *("pk", "number", "topic_id", "topic__title", "topic__language", "topic__category_id"),
    *("language", "version", "html", "message_id", "reply_to__message_id", "opening_id"),
    *_AUTHOR,
)


def told_posts(user, ids: Collection[int]) -> dict[int, ToldPost]:
    """Those of the posts `ids` that `user` may be told of: read by them now, not muted, in a language they want.

    Two queries, one without any translation to look for, and one for who they are.
    """
    who = standing_of(user)
    opening = Post.objects.filter(topic=OuterRef("topic"), number__isnull=False).order_by("number")
    rows: QuerySet = (
        Post.objects.shown_to(user)
        .filter(pk__in=ids)
        .alias(
            mine=FilteredRelation("topic__readings", condition=Q(topic__readings__user=who.user_id)),
            of_category=FilteredRelation(
                "topic__category__levels", condition=Q(topic__category__levels__user=who.user_id)
            ),
        )
        .alias(level=Coalesce("mine__level", "of_category__level", Value(Level.NORMAL)))
        .exclude(level=Level.MUTED)
        .annotate(opening_id=Subquery(opening.values("message_id")[:1]))
        .values_list(*_COLUMNS)
    )
    found = {row[0]: _told(row) for row in rows if who.wants_to_hear_of(row[4])}
    foreign = {
        pk for pk, post in found.items() if who.languages_read and post.language not in who.languages_read
    }
    if not foreign:
        return found
    translations = _translations(foreign, who.languages_read)
    return {pk: post._replace(translations=translations.get(pk, ())) for pk, post in found.items()}


def _told(row: tuple) -> ToldPost:
    message_id, answered_id, opening_id, display_name, username, kept = row[9:]
    before = tuple(dict.fromkeys(each for each in (opening_id, answered_id) if each and each != message_id))
    return ToldPost._make((*row[:9], display_name or username or kept or "", message_id, before, ()))


def _translations(ids: Collection[int], languages: Collection[str]) -> dict[int, tuple]:
    rows = PostTranslation.objects.filter(
        post__in=ids, language__in=languages, state=PostState.PUBLISHED
    ).values_list(
        "post_id",
        "language",
        "html",
        "post_version",
        *(F(f"translator__{name}") for name in ("display_name", "username")),
        "translator_name",
    )
    found: dict[int, tuple] = {}
    for post_id, language, html, version, display_name, username, kept in rows:
        translation = (language, html, display_name or username or kept or "", version)
        found[post_id] = (*found.get(post_id, ()), translation)
    return found
