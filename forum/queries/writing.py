"""What is looked at before a text is published."""

import re
import unicodedata
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Case, Q, When

from cms.core.page_cache.stamp import kept_until_change
from forum.models import Post, WatchedWord

MOST_LOOKED_AT = 80  # more than anybody may post in the time in which the pace is counted
UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


class Recent(NamedTuple):
    at: datetime
    nonce: UUID
    digest: str
    own: bool


def recent_posts(author_id: int, since: datetime, digest: str = "") -> list[Recent]:
    """What somebody posted lately, the newest first: for the pace, for repetition, for what is sent twice. Then what
    others posted with the same `digest`. One query, by two indexes."""
    lately = Q(author_id=author_id, created_at__gte=since)
    if digest:
        lately |= Q(digest=digest, created_at__gte=since)
    own = Case(When(author_id=author_id, then=True), default=False, output_field=BooleanField())
    rows = Post.objects.filter(lately).annotate(own=own).order_by("-own", "-created_at")
    return [Recent(*row) for row in rows.values_list("created_at", "nonce", "digest", "own")[:MOST_LOOKED_AT]]


@kept_until_change
def watched_words() -> tuple[str, ...]:
    words = (plainly(word) for word in WatchedWord.objects.values_list("word", flat=True))
    return tuple(word for word in words if word)


def plainly(text: str) -> str:
    """As a reader sees it: without letters that take no room, one form for each letter, no capitals, one space."""
    return " ".join(unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold().split())


def watched_words_in(text: str) -> tuple[str, ...]:
    """Those words to hold that stand in `text`, as whole words, whatever their case, width or hidden letters."""
    folded = plainly(text)
    return tuple(
        word for word in watched_words() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) is not None
    )
