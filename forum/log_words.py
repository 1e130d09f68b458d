"""The log of the forum in words: for readers of a topic without texts or names of members, for facilitators with more.

What a line says of other topics and categories depends on what who reads it may see: those are looked up at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.addresses import post_address, topic_address
from forum.models import LogEntry, Topic
from forum.review_words import days_in_words, moment_in_words

# What was done to posts says why to their authors only.
OF_POSTS = frozenset(
    [
        *("delete-post", "restore-post", "edit-post", "refuse-post", "approve-post", "set-aside"),
        *("delete-translation", "restore-translation"),
    ]
)
WORDS: Mapping[str, str | Promise] = {
    "pin": gettext_lazy("pinned the topic"),
    "unpin": gettext_lazy("no longer pins the topic"),
    "close": gettext_lazy("closed the topic"),
    "reopen": gettext_lazy("opened the topic again"),
    "hide": gettext_lazy("hid the topic"),
    "show": gettext_lazy("showed the topic again"),
    "rename": gettext_lazy("changed the title"),
    "language": gettext_lazy("changed the language from %(before)s to %(after)s"),
    "move": gettext_lazy("moved the topic from “%(before)s” to “%(after)s”"),
    "split": gettext_lazy("moved posts %(numbers)s to another topic"),
    "came": gettext_lazy("moved posts here from another topic"),
    "merge": gettext_lazy("merged another topic into this one"),
    "delete-post": gettext_lazy("took post %(number)s away"),
    "restore-post": gettext_lazy("brought post %(number)s back"),
    "edit-post": gettext_lazy("changed the text of post %(number)s"),
    "refuse-post": gettext_lazy("did not publish post %(number)s"),
    "approve-post": gettext_lazy("published a post that waited"),
    "set-aside": gettext_lazy("left something as it is"),
    "approve-translation": gettext_lazy("published a translation that waited"),
    "refuse-translation": gettext_lazy("did not publish a translation"),
    "set-aside-translation": gettext_lazy("left a translation as it is"),
    "delete-translation": gettext_lazy("took a translation of post %(number)s away"),
    "restore-translation": gettext_lazy("brought a translation of post %(number)s back"),
    "sanction": gettext_lazy("decided about a reported member"),
    "silence": gettext_lazy("silenced a member for %(time)s"),
    "suspend": gettext_lazy("suspended a member for %(time)s"),
    "lift": gettext_lazy("ended a silence or a suspension"),
}
# A post that waited when this was done to it had no number yet.
WORDS_WITHOUT_NUMBER: Mapping[str, Promise] = {
    "delete-post": gettext_lazy("took a post away"),
    "restore-post": gettext_lazy("brought a post back"),
    "edit-post": gettext_lazy("changed the text of a post"),
    "refuse-post": gettext_lazy("did not publish a post"),
    "delete-translation": gettext_lazy("took a translation away"),  # before numbers were noted with these
}


@dataclass(frozen=True, slots=True)
class Line:
    """`reason` "" where it is not for who reads."""

    who: str
    text: str
    reason: str
    moment: str
    machine_moment: str
    link: str
    link_text: str
    link_lang: str
    member: str = ""
    member_id: int = 0


def lines(
    entries: Iterable[LogEntry],
    topics: Mapping[int, Topic],
    categories: Mapping[int, str],
    *,
    full: bool = False,
) -> list[Line]:
    """`topics`, `categories`: those that who reads may see, by id. `full`: for facilitators."""
    return [line(entry, topics, categories, full=full) for entry in entries]


def line(
    entry: LogEntry, topics: Mapping[int, Topic], categories: Mapping[int, str], *, full: bool = False
) -> Line:
    link, link_text, link_lang = led_to(entry, topics)
    member = entry.member
    return Line(
        who=entry.actor.shown_name if entry.actor else entry.actor_name or _("a former member"),
        text=said_of(entry) % values_of(entry, categories),
        reason=entry.reason if full or entry.action not in OF_POSTS else "",
        moment=moment_in_words(entry.at),
        machine_moment=entry.at.isoformat(timespec="seconds"),
        link=link,
        link_text=link_text,
        link_lang=link_lang,
        member=member.shown_name if full and member else "",
        member_id=member.pk if full and member else 0,
    )


def said_of(entry: LogEntry) -> str:
    words = WORDS.get(entry.action, entry.action)
    return str(words if entry.data.get("number") else WORDS_WITHOUT_NUMBER.get(entry.action, words))


def values_of(entry: LogEntry, categories: Mapping[int, str]) -> dict:
    data = entry.data
    names = settings.LANGUAGE_NAMES
    values = {
        "numbers": data.get("numbers", ""),
        "number": data.get("number", ""),
        "time": days_in_words(int(data.get("days") or 0)),
    }
    for name in ("before", "after"):
        said = data.get(name, "")
        values[name] = (
            categories.get(said, _("another category")) if entry.action == "move" else names.get(said, said)
        )
    return values


def led_to(entry: LogEntry, topics: Mapping[int, Topic]) -> tuple[str, str, str]:
    """An address, its text and its language; "" where there is none."""
    other = topics.get(entry.data.get("to") or entry.data.get("source") or 0)
    if other is not None:
        return topic_address(other.pk, other.slug), other.title, other.language
    if entry.post_id and entry.action in OF_POSTS:
        return post_address(entry.post_id), _("the post"), ""
    return "", "", ""


def topics_named(entries: Iterable[LogEntry]) -> set[int]:
    return {
        value
        for entry in entries
        for name in ("to", "source")
        if isinstance(value := entry.data.get(name), int)
    }
