"""For those who watch: what was published, with the difference in words."""

from collections.abc import Sequence

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.accounts.models import User
from cms.core.page_cache.stamp import kept_until_change
from cms.core.visibility import visible_pages
from cms.notifications.kinds import Kind, Line, Words
from cms.notifications.models import Notification
from cms.notifications.rules import DAILY
from cms.wiki.diff_display import in_words
from cms.wiki.models import PublishedRevision
from cms.wiki.models.watch import PAGE
from cms.wiki.notices import WATCHED
from cms.wiki.queries.comparisons import compared, kept_diff
from cms.wiki.queries.revisions import versions
from cms.wiki.services.comparing import keep_diff
from cms.wiki.services.watching import unwatch

from .sayings import foreign, reader_address, sentences, what_changed

LINES = 8  # of a difference
Told = Sequence[Notification]


def watched_kind() -> Kind:
    return Kind(
        WATCHED,
        gettext_lazy("Changes of what I watch"),
        words,
        default_frequency=DAILY,
        still_visible=still_public,
        leave=leave,
    )


def words(told: Told) -> Words:
    last = told[-1].data
    if len(told) == 1 and last["number"] == 1:
        subject = _("New: %(title)s")
    else:
        subject = ngettext("Changed: %(title)s", "Changed several times: %(title)s", len(told))
    return Words(
        subject=subject % {"title": last["title"]},
        title=last["title"],
        lang=foreign(last["lang"]),
        address=reader_address("languages", last["page"]),
        lines=[line(each) for each in told],
    )


def line(told: Notification) -> Line:
    data = told.data
    known = {"author": told.actor_name}
    if data["number"] == 1:
        said = _("A new page by %(author)s:") if told.actor_name else _("A new page:")
    else:
        said = _("Changed by %(author)s:") if told.actor_name else _("Changed:")
    if data["older"]:
        place = reader_address("compare", data["page"], data["older"], data["version"])
    else:
        place = reader_address("revision", data["page"], data["version"])
    return Line(sentences(said % known, what_changed(data)), place, "\n".join(difference(data)))


def difference(data: dict) -> list[str]:
    """In the active language. Three queries the first time it is asked between two changes of the site."""
    if not data["older"]:
        return []
    kept, key = _kept_words(), (data["older"], data["version"], get_language())
    if key not in kept:
        kept[key] = _difference(data["page"], data["older"], data["version"])
    return kept[key]


@kept_until_change
def _kept_words() -> dict[tuple, list[str]]:
    """Most who watch a page are told in one of few languages."""
    return {}


def _difference(page_id: int, old_id: int, new_id: int) -> list[str]:
    found = versions(page_id, old_id, new_id)
    if old_id not in found or new_id not in found:
        return []  # nothing that anybody may read
    old, new = found[old_id], found[new_id]
    diff = kept_diff(old, new)
    if diff is None:
        diff = compared(old, new)
        keep_diff(old.pk, new.pk, diff)
    return in_words(diff, LINES)


def still_public(user: User, told: Told) -> list[Notification]:
    """What `user` may read now. One query, and those for what is kept from whom."""
    copies = PublishedRevision.objects.visible_to(user).filter(pk__in=[each.data["version"] for each in told])
    found = set(copies.values_list("pk", flat=True))
    return [each for each in told if each.data["version"] in found]


def leave(user: User, about: str) -> str:
    """Stop telling `user` of the page, whatever made them hear of it. Returns its title, if they may read it."""
    _kind, _colon, key = about.partition(":")
    if not key.isdecimal() or not unwatch(user, PAGE, key):
        return ""
    pages = visible_pages(Page.objects.all(), user)
    return pages.filter(pk=int(key)).values_list("title", flat=True).first() or ""
