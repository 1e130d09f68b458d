"""Why the forum does not do what it was asked, in words for whoever asked."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from forum.rules import Refusal

if TYPE_CHECKING:
    from django.utils.functional import Promise

WORDS: "dict[str, str | Promise]" = {
    Refusal.LOG_IN: _("Please log in to take part."),
    Refusal.SUSPENDED: _("Your account does not take part in the forum for the time being."),
    Refusal.SILENCED: _("You can read, but not write, for the time being."),
    Refusal.FACILITATORS_ONLY: _("Only facilitators open topics here. You can reply in theirs."),
    Refusal.CLOSED: _("This topic is closed: no more replies are taken."),
    Refusal.NOT_YOURS: _("This is somebody else's post."),
    Refusal.TOO_LATE: _(
        "The time for editing this post is over. Write a reply, or ask a facilitator to change it."
    ),
    Refusal.GONE: _("What you wanted to answer or change is no longer there."),
    Refusal.YOUR_OWN: _("This is yours: somebody else looks at it."),
    Refusal.OTHER_EYES: _(
        "You decided on it before. Now that there is an answer, somebody else looks at it."
    ),
    Refusal.STAFF: _("Facilitators and administrators are not silenced here. Talk to them."),
    Refusal.REPORTED_BEFORE: _(
        "You reported this before, and facilitators have looked at it. Nothing changed since."
    ),
    Refusal.ALL_POSTS: _("At least one post must stay. To take all of them along, merge the topic instead."),
}


class Refused(Exception):
    """`code` is a `rules.Refusal`; `str()` says it in the active language."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)

    def __str__(self) -> str:
        return str(WORDS[self.code])


class TooMany(Exception):
    """Too many posts in too short a time; `seconds` until the next one is taken."""

    def __init__(self, seconds: int):
        self.seconds = seconds
        super().__init__(seconds)


class Decided(Exception):
    """Somebody else has decided meanwhile, or there is more to it than was looked at. Nothing was done.

    `item` is the `ReviewItem` as it is now.
    """

    def __init__(self, item):
        super().__init__(item.state)
        self.item = item


def demand(refusal: str) -> None:
    """Raise `Refused` unless `refusal` is ""."""
    if refusal:
        raise Refused(refusal)
