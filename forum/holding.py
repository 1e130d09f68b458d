"""What waits for a facilitator before others read it; whom the forum trusts, and how much of a thing they may do.

Decided on plain values. No database, no framework.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.rules import Holding, Standing, Suspicion, Trust

EDITS_ALLOWED = (20, 600)  # of one post: as many in so many seconds


@dataclass(frozen=True, slots=True)
class Written:
    """What is looked at in a text before it is published without anybody having read it."""

    links: int = 0
    repeated: bool = False  # the same text was posted lately, by the same author or by another
    watched_words: tuple[str, ...] = ()
    trap: bool = False  # the field that people do not see was filled in


YOUNG = timedelta(days=1)  # an account of that age leads nowhere else yet, and writes little at a time


def is_young(who: Standing, now: datetime) -> bool:
    return who.since is not None and now - who.since < YOUNG


def links_allowed(who: Standing, now: datetime) -> int:
    """How many links away from the site a post may hold without waiting: by trust, and by the age of the account."""
    if who.trust == Trust.NEW:
        return 0 if is_young(who, now) else 2
    return 10 if who.trust == Trust.MEMBER else 50


def reasons_to_hold(
    who: Standing, category_id: int, language: str, holding: str, written: Written, now: datetime
) -> list[str]:
    """Why a post waits for a facilitator, the strongest first; none: it is published at once."""
    if who.moderates(category_id, language):
        return []
    reasons = []
    if written.trap:
        reasons.append(Suspicion.TRAP)
    if written.watched_words:
        reasons.append(Suspicion.WORD)
    if written.repeated:
        reasons.append(Suspicion.REPEATED)
    if written.links > links_allowed(who, now):
        reasons.append(Suspicion.LINKS)
    if holding == Holding.EVERYBODY:
        reasons.append(Suspicion.CATEGORY)
    elif holding == Holding.NEW and who.trust == Trust.NEW:
        reasons.append(Suspicion.FIRST)
    return reasons


def is_spam(reasons: list[str]) -> bool:
    return bool(set(reasons) & {Suspicion.TRAP, Suspicion.WORD, Suspicion.REPEATED, Suspicion.LINKS})


# Trust: days since the account was made, and posts that stood and still stand.
MEMBER_AFTER = (1, 2)
TRUSTED_AFTER = (60, 20)


def trust(days: float, kept_posts: int, removed_posts: int = 0) -> int:
    """By time and kept posts only. What facilitators removed weighs five kept posts."""
    kept = kept_posts - 5 * removed_posts
    if days >= TRUSTED_AFTER[0] and kept >= TRUSTED_AFTER[1]:
        return Trust.TRUSTED
    if days >= MEMBER_AFTER[0] and kept >= MEMBER_AFTER[1]:
        return Trust.MEMBER
    return Trust.NEW


def posts_allowed(who: Standing, now: datetime) -> tuple[int, int]:
    """(posts, seconds), as many in so long: by trust, and by the age of the account."""
    if who.trust == Trust.NEW:
        return (3 if is_young(who, now) else 5, 600)
    return (20 if who.trust == Trust.MEMBER else 60, 600)
