"""What is looked at before a text is published."""

import re
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from cms.core.page_cache.stamp import kept_until_change
from forum.models import Post, WatchedWord

MOST_LOOKED_AT = 80


class Recent(NamedTuple):
    at: datetime
    nonce: UUID
    digest: str


def recent_posts(author_id: int, since: datetime) -> list[Recent]:
    """What somebody posted lately, the newest first: for the pace, for repetition, for what is sent twice."""
    rows = Post.objects.filter(author_id=author_id, created_at__gte=since).order_by("-created_at")
    return [Recent(*row) for row in rows.values_list("created_at", "nonce", "digest")[:MOST_LOOKED_AT]]


@kept_until_change
def watched_words() -> tuple[str, ...]:
    return tuple(word.casefold() for word in WatchedWord.objects.values_list("word", flat=True))


def watched_words_in(text: str) -> tuple[str, ...]:
    """Those words to hold that stand in `text`, as whole words, whatever their case."""
    folded = " ".join(text.casefold().split())
    return tuple(
        word for word in watched_words() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) is not None
    )
