"""The one door to the forum: `.visible_to(user)`. Views, feeds, mail, search and sitemaps go through it.

A user (or None, or AnonymousUser) is turned into a `Standing` once for each request: see `forum.standing`.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.rules import Access, PostState, Standing, TopicState
from forum.standing import standing_of


class CategoryQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CategoryQuerySet":
        return self.filter(open_categories(standing_of(user)))


class TopicQuerySet(models.QuerySet):
    def visible_to(self, user) -> "TopicQuerySet":
        """Open topics of categories they see; hidden ones for who moderates there.

        Held ones are for their author and for who moderates: never in lists, see `with_own_held`.
        """
        who = standing_of(user)
        return self.filter(open_categories(who, "category__")).filter(
            Q(state=TopicState.OPEN) | (moderated(who) & Q(state__in=TopicState.UNSEEN))
        )

    def reachable_by(self, user) -> "TopicQuerySet":
        """Besides: one's own held, refused or emptied topics, and all of them for who moderates. For single pages."""
        who = standing_of(user)
        own = Q(author_id=who.user_id) if who.known else Q(pk__in=[])
        return self.filter(open_categories(who, "category__")).filter(
            Q(state__in=[TopicState.OPEN, TopicState.MERGED])
            | moderated(who)
            | (own & Q(state__in=[TopicState.HELD, TopicState.REJECTED, TopicState.EMPTY]))
        )


class PostQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PostQuerySet":
        """Published posts of topics they see, and the tombstones of deleted ones: those have no text to show.

        Whoever shows `source` or `html` asks `shown_to` instead.
        """
        numbered = Q(state__in=PostState.NUMBERED, number__isnull=False)
        return self.filter(numbered).filter(_topic_visible(standing_of(user)))

    def shown_to(self, user) -> "PostQuerySet":
        """Published posts of topics they see: for feeds, mail, search, quotes."""
        return self.filter(state=PostState.PUBLISHED).filter(_topic_visible(standing_of(user)))

    def reachable_by(self, user) -> "PostQuerySet":
        """Besides: one's own held or refused posts, those one took back together with their topic, and everything for
        who moderates. For single posts."""
        who = standing_of(user)
        own = Q(author_id=who.user_id) if who.known else Q(pk__in=[])
        return self.filter(open_categories(who, "topic__category__")).filter(
            Q(state__in=PostState.NUMBERED, number__isnull=False, topic__state=TopicState.OPEN)
            | moderated_posts(who)
            | (own & Q(state__in=[PostState.HELD, PostState.REJECTED]))
            | (own & Q(state=PostState.DELETED, deleted_by_author=True, topic__state=TopicState.EMPTY))
        )


class ReviewItemQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReviewItemQuerySet":
        """What they may decide on: not what concerns themselves, and nothing for who does not write."""
        who = standing_of(user)
        if not who.writes(timezone.now()):
            return self.none()
        others = Q(member=None) | ~Q(member=who.user_id)
        if who.facilitator:
            return self.filter(others)
        mine = Q(pk__in=[])
        for category_id, language in who.looks_after:
            one = Q(category_id=category_id)
            if language:
                one &= (
                    Q(language=language)
                    | Q(post__topic__language=language)
                    | Q(translation__post__topic__language=language)
                )
            mine |= one
        return self.filter(mine).filter(others)


def _topic_visible(who: Standing) -> Q:
    return open_categories(who, "topic__category__") & (
        Q(topic__state=TopicState.OPEN) | (moderated(who, "topic__") & Q(topic__state__in=TopicState.UNSEEN))
    )


def open_categories(who: Standing, prefix: str = "") -> Q:
    """The categories somebody reads, as a condition; the same decision as `rules.sees_category`."""
    found = Q(**{f"{prefix}access": Access.PUBLIC})
    if not who.takes_part(timezone.now()):
        return found
    if who.facilitator:
        return Q()
    found |= Q(**{f"{prefix}access": Access.MEMBERS})
    if who.groups:
        found |= Q(**{f"{prefix}access": Access.GROUP, f"{prefix}group__in": who.groups})
    if who.looks_after:
        found |= Q(**{f"{prefix}pk__in": who.moderated_categories()})
    return found


def moderated(who: Standing, prefix: str = "") -> Q:
    """The topics that somebody moderates, as a condition; the same decision as `Standing.moderates`."""
    if who.facilitator:
        return Q(**{f"{prefix}pk__isnull": False})
    found = Q(**{f"{prefix}pk__in": []})
    for category_id, language in who.looks_after:
        one = Q(**{f"{prefix}category_id": category_id})
        found |= one & Q(**{f"{prefix}language": language}) if language else one
    return found


def moderated_posts(who: Standing, prefix: str = "") -> Q:
    """The posts that somebody moderates: by the language of the topic, or of the post itself."""
    found = moderated(who, f"{prefix}topic__")
    for category_id, language in () if who.facilitator else who.looks_after:
        if language:
            found |= Q(**{f"{prefix}topic__category_id": category_id, f"{prefix}language": language})
    return found
