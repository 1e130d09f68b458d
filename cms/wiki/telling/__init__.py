"""The words in which people are told what happens in the wiki. Whom, and when: `cms.wiki.notices`."""

from cms.notifications.kinds import register_kind

from .deciding import suggested_kind, waiting_kind
from .texts import texts_kind
from .watched import watched_kind


def register() -> None:
    """Tell the site's notifications of the wiki's kinds."""
    for kind in (texts_kind, watched_kind, waiting_kind, suggested_kind):
        register_kind(kind())
