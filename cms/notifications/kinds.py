"""What people can be told of. Apps register their kinds in `ready()`.

A kind finds the words. It is given what happened to one thing, oldest first, for one person, with the language of
that person active, and asks the database as little as it can: what it needs stands in `data`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from cms.accounts.models import User
from cms.notifications.models import Notification
from cms.notifications.rules import AT_ONCE, FREQUENCIES


@dataclass(frozen=True, slots=True)
class Line:
    """One event: a sentence, where to look, and what there is to read of it. Plain text, all but `whole_html`."""

    text: str
    address: str = ""  # on the site, from "/"
    quote: str = ""  # lines of an excerpt, of a reason, of a diff in words
    quote_lang: str = ""
    note: str = ""  # on what is to be read: that it is a translation
    # All of it instead of an excerpt, for a mail that goes at once. `whole_html`: sanitised, with full addresses.
    whole: str = ""
    whole_html: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What happened to one thing. `lang` is the language of `title`, "" for the reader's."""

    subject: str  # of a mail about this alone
    title: str  # the thing
    lines: Sequence[Line]
    address: str = ""  # of the thing on the site, from "/"
    lang: str = ""
    # For mail: the discussion it belongs to, oldest first, and its own name, as full Message-IDs.
    references: Sequence[str] = ()
    message_id: str = ""
    list_name: str = ""  # letters, digits, hyphens: for List-Id, instead of the kind's code


def all_visible(user: User, notifications: Sequence[Notification]) -> Iterable[Notification]:
    return notifications


def for_everybody(user: User) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """`code` is stable, and made of letters, digits and hyphens. `label` says it in the settings.

    `still_visible(user, notifications)` answers those of them that may be shown to `user` now; it is asked each
    time something is shown or sent. `leave(user, about)` ends what makes this person hear of that thing, where
    there is such a choice (a watched page, a followed topic), and answers the thing's name, or "" where there
    was nothing to end. `offered_to(user)` says who finds the kind in the settings.
    """

    code: str
    label: str | Promise  # translated when it is shown
    render: Callable[[Sequence[Notification]], Words]
    default_frequency: str = AT_ONCE
    still_visible: Callable[[User, Sequence[Notification]], Iterable[Notification]] = all_visible
    leave: Callable[[User, str], str] | None = None
    offered_to: Callable[[User], bool] = for_everybody


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Registering a code again replaces it."""
    if kind.default_frequency not in FREQUENCIES:
        raise ValueError(f"{kind.code}: no such frequency: {kind.default_frequency}")
    _kinds[kind.code] = kind


def forget_kind(code: str) -> None:
    """For tests."""
    _kinds.pop(code, None)


def kind_of(code: str) -> Kind:
    """`KeyError` for a code nobody registered."""
    return _kinds[code]


def known_kinds() -> dict[str, Kind]:
    """By code, in the order of registration."""
    return dict(_kinds)
