"""That the copy of somebody's data, which took some time, is there."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts.models import User
from cms.notifications.kinds import Kind, Line, Words
from cms.notifications.models import Notification
from forum.addresses import my_data_address
from forum.models import DataExport
from forum.notices import COPIES

from .sayings import page_language


def copies_kind() -> Kind:
    return Kind(COPIES, gettext_lazy("Copies of my data that are ready"), words, still_visible=still_there)


def still_there(user: User, told: Sequence[Notification]) -> list[Notification]:
    return list(told) if DataExport.objects.filter(pk=user.pk, ready_at__isnull=False).exists() else []


def words(told: Sequence[Notification]) -> Words:
    address = my_data_address(page_language())
    said = _("The copy of what the forum holds of you is ready. It is kept for seven days.")
    return Words(
        subject=_("Your copy is ready"),
        title=_("A copy of my data"),
        address=address,
        lines=[Line(said, address)],
    )
