"""What search engines are told of the forum: what anybody may read, each topic under one address."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from cms.core.languages import open_language_codes
from forum.addresses import topic_address
from forum.models import Category, Topic
from forum.models.topic import slug_of
from forum.rules import TopicState

MOST = 20_000  # a sitemap holds fifty thousand addresses (sitemaps.org), those of the library with them


class Listed(NamedTuple):
    url: str
    changed: datetime


def public_topics() -> list[Listed]:
    """The newest first. One query."""
    codes = open_language_codes()
    fallback = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in codes else next(iter(codes), "en")
    topics = Topic.objects.visible_to(None).filter(state=TopicState.OPEN).order_by("-bumped_at", "-pk")
    rows = topics.values_list("pk", "title", "language", "bumped_at")[:MOST]
    return [
        Listed(
            topic_address(pk, slug_of(title), language=language if language in codes else fallback), bumped_at
        )
        for pk, title, language, bumped_at in rows
    ]


def public_categories() -> list[str]:
    """Their addresses' words. One query."""
    return list(Category.objects.visible_to(None).values_list("slug", flat=True))
