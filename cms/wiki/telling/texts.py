"""For those who write: what became of a text of theirs, or of another's for a page they work on."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.accounts.models import User
from cms.core.visibility import visible_pages
from cms.notifications.kinds import Kind, Line, Words
from cms.notifications.models import Notification
from cms.wiki.deciders import decides_on_all
from cms.wiki.models import Submission
from cms.wiki.notices import TEXTS
from cms.wiki.rules import CHANGES_REQUESTED, DECLINED, PUBLISHED

from .sayings import foreign, reader_address, sentences, what_changed

Told = Sequence[Notification]


def texts_kind() -> Kind:
    return Kind(
        TEXTS, gettext_lazy("What becomes of the texts I work on"), words, still_visible=still_readable
    )


def words(told: Told) -> Words:
    last = told[-1].data
    place = address_of(last)
    return Words(
        subject=subject(last) % {"title": last["title"]},
        title=last["title"],
        lang=foreign(last["lang"]),
        address=place,
        lines=[
            Line(
                sentences(sentence(each), _("The change: %(change)s.") % {"change": what_changed(each.data)}),
                place,
                each.data.get("reason", ""),
            )
            for each in told
        ],
    )


def address_of(data: dict) -> str:
    """The author's own screen of the text; for others, the page's history."""
    if not data["own"]:
        return reader_address("history", data["page"])
    return reader_address("submission", data["submission"])


def subject(data: dict) -> str:
    if data["said"] == PUBLISHED:
        return _("Published: %(title)s")
    if data["said"] == CHANGES_REQUESTED:
        return _("Changes requested: %(title)s")
    if data["said"] == DECLINED:
        return _("Declined: %(title)s")
    return _("The page has changed: %(title)s")


def sentence(told: Notification) -> str:
    data = told.data
    known = {"who": told.actor_name or _("An editor"), "author": data["author"] or _("a reader")}
    if data["said"] == PUBLISHED:
        return _("%(who)s has published your text.") % known
    if data["said"] == CHANGES_REQUESTED and data["own"]:
        return _("%(who)s asks you for changes before your text is published.") % known
    if data["said"] == CHANGES_REQUESTED:
        return _("%(who)s has asked for changes to a text of %(author)s for a page you work on.") % known
    if data["said"] == DECLINED and data["own"]:
        return _("%(who)s has declined your text. It stays on record, and you can read it.") % known
    if data["said"] == DECLINED:
        return _("%(who)s has declined a text of %(author)s for a page you work on.") % known
    return _("It changed in the same places as your text: choose between both, field by field.")


def still_readable(user: User, told: Told) -> list[Notification]:
    """Of one's own texts; of others', on pages one may read, or that were never public. One query, and for roles."""
    readable = Submission.objects.filter(pk__in=[each.data["submission"] for each in told])
    if not decides_on_all(user):
        pages = visible_pages(Page.objects.all(), user)
        readable = readable.filter(
            Q(author=user) | Q(page__in=pages) | Q(page__live=False, page__first_published_at=None)
        )
    found = set(readable.values_list("pk", flat=True))
    return [each for each in told if each.data["submission"] in found]
