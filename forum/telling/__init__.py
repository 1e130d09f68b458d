"""The words in which people are told what happens in the forum. Whom, and when: `forum.notices`."""

from cms.notifications.kinds import register_kind

from .copies import copies_kind
from .moderation import decisions_kind, review_kind
from .posts import mentions_kind, watched_kind


def register() -> None:
    """Tell the site's notifications of the forum's kinds."""
    for kind in (mentions_kind, watched_kind, decisions_kind, review_kind, copies_kind):
        register_kind(kind())
