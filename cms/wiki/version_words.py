"""What is said of a published version, in the reader's language."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.dates import written_date
from cms.wiki.rules import SIGNIFICANCES

SIGNIFICANCE_NAMES = dict(SIGNIFICANCES)


def version_name(number: int) -> str:
    return _("Version %(number)s") % {"number": number}


def written_day(moment: datetime) -> str:
    return written_date(timezone.localtime(moment).date())


def written_moment(moment: datetime) -> str:
    """`12 May 2026, 10:05`, in the site's time zone."""
    local = timezone.localtime(moment)
    return f"{written_date(local.date())}, {local:%H:%M}"


def significance_name(code: str) -> str:
    return str(SIGNIFICANCE_NAMES.get(code, code))


def length(words: int) -> str:
    return ngettext("%(count)s word", "%(count)s words", words) % {"count": _number(words)}


def change_of_length(words: int | None) -> str:
    """`12 words longer`; "" where there is nothing to compare with."""
    if words is None:
        return ""
    if words == 0:
        return _("of the same length")
    if words > 0:
        told = ngettext("%(count)s word longer", "%(count)s words longer", words)
    else:
        told = ngettext("%(count)s word shorter", "%(count)s words shorter", -words)
    return told % {"count": _number(abs(words))}


def notes(approved_alone: bool, reverted_to: int | None) -> list[str]:
    """What else is to be known of how a version came about."""
    said = []
    if reverted_to:
        said.append(_("reverted to version %(number)s") % {"number": reverted_to})
    if approved_alone:
        said.append(_("approved by its author, since no other editor could"))
    return said


def names(people: Iterable[object]) -> list[str]:
    """Names as they were kept; anything else that stands among them is passed over."""
    return [name.strip() for name in people if isinstance(name, str) and name.strip()]


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
