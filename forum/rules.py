"""What may be done in the forum, decided on plain values. No database, no framework."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


class Access:
    PUBLIC, MEMBERS, GROUP = "public", "members", "group"


class Holding:
    NOBODY, NEW, EVERYBODY = "nobody", "new", "everybody"


class TopicState:
    """`HIDDEN` by facilitators; `EMPTY`: nothing of it is left to read. Who moderates sees both, nobody else."""

    HELD, OPEN, HIDDEN, EMPTY, REJECTED, MERGED = "held", "open", "hidden", "empty", "rejected", "merged"
    UNSEEN = (HIDDEN, EMPTY)
    OPENED_BY_A_POST = (HELD, REJECTED, EMPTY)  # a post that is published there opens it to its readers


def state_with(state: str, posts: int) -> str:
    """The state of a topic in which so many posts are published."""
    if state == TopicState.OPEN and not posts:
        return TopicState.EMPTY
    return TopicState.OPEN if posts and state in TopicState.OPENED_BY_A_POST else state


class PostState:
    HELD, PUBLISHED, DELETED, REJECTED = "held", "published", "deleted", "rejected"
    NUMBERED = (PUBLISHED, DELETED)  # a deleted post leaves a tombstone in its place


class Level:
    MUTED, NORMAL, TRACKING, WATCHING = 0, 1, 2, 3


def level_of(own: int | None, of_category: int | None) -> int:
    """The level that holds for a topic: its own, else that of its category, else normal."""
    if own is not None:
        return own
    return Level.NORMAL if of_category is None else of_category


class Trust:
    NEW, MEMBER, TRUSTED = 0, 1, 2


class MarkKind:
    AGREE, THANKS, INSIGHT, BOOKMARK = "agree", "thanks", "insight", "bookmark"
    SHOWN = (AGREE, THANKS, INSIGHT)
    ALL = (*SHOWN, BOOKMARK)


class ReviewKind:
    HELD, SPAM, REPORTED_POST, REPORTED_MEMBER = "held", "spam", "post", "member"
    NOTICED = "noticed"  # by a facilitator, who decided at once


class ReviewState:
    WAITING, APPROVED, REFUSED, SET_ASIDE = "waiting", "approved", "refused", "set-aside"
    REMOVED, SANCTIONED = "removed", "sanctioned"
    CHANGED, RESTORED = "changed", "restored"  # words of another: given another text, brought back
    ANSWERABLE = (REFUSED, REMOVED, SANCTIONED, CHANGED)  # by whom it concerns, once


class Suspicion:
    """Why a post waits."""

    FIRST, CATEGORY, LINKS, REPEATED, WORD, TRAP = "first", "category", "links", "repeated", "word", "trap"


POSTS_PER_PAGE = 20
LONGEST_POST = 40_000  # characters of Markdown
MOST_MENTIONS = 20  # people told by one post


@dataclass(frozen=True, slots=True)
class Standing:
    """Who asks, as far as the forum is concerned. `user_id` 0: nobody.

    `looks_after`: pairs of (category id, language, "" for all) for which they are a co-facilitator.
    """

    user_id: int = 0
    trust: int = Trust.NEW
    facilitator: bool = False  # of all of the forum; administrators too
    groups: frozenset[int] = frozenset()
    looks_after: frozenset[tuple[int, str]] = frozenset()
    since: datetime | None = None  # when the account was made
    silenced_until: datetime | None = None
    suspended_until: datetime | None = None
    languages_read: frozenset[str] = frozenset()
    follows_what_they_write: bool = True
    only_languages_read: bool = False

    @property
    def known(self) -> bool:
        return bool(self.user_id)

    def takes_part(self, now: datetime) -> bool:
        """A suspended member sees what everybody sees, and no more."""
        return self.known and not (self.suspended_until and self.suspended_until > now)

    def writes(self, now: datetime) -> bool:
        return self.takes_part(now) and not (self.silenced_until and self.silenced_until > now)

    def moderates(self, category_id: int, *languages: str) -> bool:
        """`languages`: that of the topic, and of the post in it where it is about one."""
        return self.facilitator or not self.looks_after.isdisjoint(
            {(category_id, ""), *((category_id, language) for language in languages)}
        )

    def moderates_any(self) -> bool:
        return self.facilitator or bool(self.looks_after)

    def wants_to_hear_of(self, language: str) -> bool:
        """Whether they are told of topics in `language`. Who names no language they read is told of all."""
        return not self.only_languages_read or not self.languages_read or language in self.languages_read

    def moderated_categories(self) -> frozenset[int]:
        """Ids of the categories of which they look after at least one language."""
        return frozenset(category_id for category_id, _language in self.looks_after)


NOBODY = Standing()


def translation_shown(original: str, available: frozenset[str], read: frozenset[str], interface: str) -> str:
    """The language of the translation that somebody is shown of a text in `original`; "" for the text itself.

    Those who read the original, or say of no language that they read it, get the original.
    """
    if not read or original in read:
        return ""
    wanted = sorted(available & read, key=lambda language: (language != interface, language))
    return wanted[0] if wanted else ""


def sees_category(access: str, group_id: int | None, category_id: int, who: Standing, now: datetime) -> bool:
    if access == Access.PUBLIC:
        return True
    if not who.takes_part(now):
        return False
    if who.facilitator or category_id in who.moderated_categories():
        return True
    return access == Access.MEMBERS or (access == Access.GROUP and group_id in who.groups)


class Refusal:
    """Why somebody may not do something; the words for each stand in `forum.errors`."""

    LOG_IN, SUSPENDED, SILENCED = "log-in", "suspended", "silenced"
    YOUR_OWN, OTHER_EYES, STAFF, REPORTED_BEFORE, ALL_POSTS = (
        "your-own",
        "other-eyes",
        "staff",
        "reported-before",
        "all-posts",
    )
    FACILITATORS_ONLY, CLOSED, NOT_YOURS, TOO_LATE, GONE = (
        "facilitators-only",
        "closed",
        "not-yours",
        "too-late",
        "gone",
    )


def may_write(who: Standing, now: datetime) -> str:
    """Each of these answers a `Refusal`, or "" for yes."""
    if not who.known:
        return Refusal.LOG_IN
    if not who.takes_part(now):
        return Refusal.SUSPENDED
    return "" if who.writes(now) else Refusal.SILENCED


def may_open_topic(who: Standing, category_id: int, opening: str, language: str, now: datetime) -> str:
    if refusal := may_write(who, now):
        return refusal
    if opening == "facilitators" and not who.moderates(category_id, language):
        return Refusal.FACILITATORS_ONLY
    return ""


@dataclass(frozen=True, slots=True)
class Place:
    """What decides of a topic over what may be done in it."""

    category_id: int
    language: str
    state: str = TopicState.OPEN
    closed: bool = False
    post_language: str = ""  # of the post that it is about


def moderates_place(who: Standing, place: Place) -> bool:
    return who.moderates(place.category_id, place.language, place.post_language)


def may_reply(who: Standing, place: Place, now: datetime) -> str:
    if refusal := may_write(who, now):
        return refusal
    moderates = who.moderates(place.category_id, place.language)
    if place.state != TopicState.OPEN and not (moderates and place.state in TopicState.UNSEEN):
        return Refusal.GONE
    return Refusal.CLOSED if place.closed and not moderates else ""


def may_edit(
    who: Standing,
    place: Place,
    author_id: int | None,
    post_state: str,
    written_at: datetime,
    edit_minutes: int | None,
    now: datetime,
) -> str:
    """Facilitators always; authors within the minutes of the category (None: without end), and while it is held."""
    if refusal := may_write(who, now):
        return refusal
    if post_state not in (PostState.PUBLISHED, PostState.HELD):
        return Refusal.GONE
    if moderates_place(who, place):
        return ""
    if author_id != who.user_id:
        return Refusal.NOT_YOURS
    if place.closed:
        return Refusal.CLOSED
    if post_state == PostState.PUBLISHED and edit_minutes is not None:
        return Refusal.TOO_LATE if now > written_at + timedelta(minutes=edit_minutes) else ""
    return ""


def may_delete(who: Standing, place: Place, author_id: int | None, post_state: str, now: datetime) -> str:
    """Their own at any time, also in a closed topic: nobody is kept from taking words back."""
    if not who.takes_part(now):
        return Refusal.LOG_IN if not who.known else Refusal.SUSPENDED
    if post_state not in (PostState.PUBLISHED, PostState.HELD):
        return Refusal.GONE
    if author_id == who.user_id:
        return ""
    return may_write(who, now) if moderates_place(who, place) else Refusal.NOT_YOURS


def may_restore(
    who: Standing,
    place: Place,
    author_id: int | None,
    post_state: str,
    deleted_by_author: bool,
    now: datetime,
) -> str:
    """What its author took back is theirs alone; what was taken away from them, for who moderates and is not its author.
    Of who left there is nothing to bring back: their words went with them."""
    if refusal := may_write(who, now):
        return refusal
    if post_state != PostState.DELETED or author_id is None:
        return Refusal.GONE
    if author_id == who.user_id:
        return "" if deleted_by_author else Refusal.YOUR_OWN
    return "" if moderates_place(who, place) and not deleted_by_author else Refusal.NOT_YOURS


def told_directly(
    mentioned: Sequence[int], answered: Sequence[int], quoted: Sequence[int]
) -> dict[str, list[int]]:
    """Whom a post speaks to, each once and under the strongest: {"mention": ids, "reply": …, "quote": …}.

    At most `MOST_MENTIONS` people: whom it answers first, then in the order in which they are named.
    """
    most = list(dict.fromkeys([*answered, *mentioned, *quoted]))[:MOST_MENTIONS]
    named: dict[str, Sequence[int]] = {"mention": mentioned, "reply": answered, "quote": quoted}
    told: dict[str, list[int]] = {}
    for how, ids in named.items():
        before = {pk for others in told.values() for pk in others}
        told[how] = [pk for pk in most if pk in ids and pk not in before]
    return told


def page_of_number(number: int) -> int:
    """On which page of its topic a post stands: pages hold fixed ranges of numbers, so that no address ever moves."""
    return max(1, -(-number // POSTS_PER_PAGE))


def numbers_on_page(page: int) -> range:
    return range((page - 1) * POSTS_PER_PAGE + 1, page * POSTS_PER_PAGE + 1)
