"""The words in which people are told what happens to translations. Whom, and when: `cms.translations.notices`."""

from cms.notifications.kinds import register_kind

from .readable import readable_kind
from .work import mentioned_kind, review_kind, work_kind


def register() -> None:
    """Tell the site's notifications of the kinds of translations."""
    for kind in (work_kind, review_kind, mentioned_kind, readable_kind):
        register_kind(kind())
