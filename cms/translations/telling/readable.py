"""For readers: what they asked for can be read in their language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.accounts.models import User
from cms.core.visibility import visible_pages
from cms.notifications.kinds import Kind, Line, Words
from cms.notifications.models import Notification
from cms.translations.notices import READABLE
from cms.wiki.telling.sayings import foreign, reader_address

from .work import language_name

Told = Sequence[Notification]


def readable_kind() -> Kind:
    return Kind(
        READABLE,
        gettext_lazy("Translations I asked for"),
        words,
        still_visible=still_public,
    )


def words(told: Told) -> Words:
    last = told[-1].data
    place = reader_address("languages", last["page"])
    return Words(
        subject=_("You can read it now: %(title)s") % {"title": last["title"]},
        title=last["title"],
        lang=foreign(last["lang"]),
        address=place,
        lines=[
            Line(
                _("You asked for it in %(language)s: here it is.")
                % {"language": language_name(each.data["target"])},
                reader_address("languages", each.data["page"]),
            )
            for each in told
        ],
    )


def still_public(user: User, told: Told) -> list[Notification]:
    """What `user` may read now. One query, and those for what is kept from whom."""
    pages = Page.objects.filter(pk__in=[each.data["page"] for each in told])
    found = set(visible_pages(pages, user).values_list("pk", flat=True))
    return [each for each in told if each.data["page"] in found]
