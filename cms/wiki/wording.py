"""What is said of a text on its way: who decides, how long it usually takes, what is asked of whom."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from cms.accounts.roles import REVIEWER_PREFIX
from cms.wiki.models import Submission
from cms.wiki.rules import CHANGES_REQUESTED, DECLINED, DRAFT, PUBLISHED

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def who_decides(group: str, others: Sequence[str]) -> str:
    """The group that decides, in words; by name where it is one person. `others`: its members but the author."""
    if len(others) == 1:
        return others[0]
    prefix, _space, code = group.rpartition(" ")
    if prefix != REVIEWER_PREFIX:
        return _("the editors")
    code = code.strip("()")
    return _("the reviewers (%(language)s)") % {"language": language_in_words(code)}


def language_in_words(code: str) -> str:
    """The name of a language in the interface's, as it stands within a sentence."""
    try:
        name = str(get_language_info(code)["name_translated"])
        # Where a language writes its own name small, as French does, it writes those of the others so.
        small = get_language_info(get_language() or code)["name_local"][:1].islower()
        return name[:1].lower() + name[1:] if small else name
    except KeyError:
        return settings.LANGUAGE_NAMES.get(code, code)


def usual_wait_in_words(wait: timedelta | None) -> str:
    """How long a decision takes, rounded up; "" where none is known."""
    if wait is None:
        return ""
    if wait <= HOUR:
        return _("usually decided within an hour")
    if wait <= DAY:
        hours = ceil(wait / HOUR)
        return ngettext(
            "usually decided within %(number)s hour", "usually decided within %(number)s hours", hours
        ) % {"number": hours}
    days = ceil(wait / DAY)
    return ngettext(
        "usually decided within %(number)s day", "usually decided within %(number)s days", days
    ) % {"number": days}


def place_in_words(place: int) -> str:
    """`place` counts from 1."""
    if place == 1:
        return _("next in the queue")
    return ngettext(
        "%(number)s text before it in the queue", "%(number)s texts before it in the queue", place - 1
    ) % {"number": place - 1}


def what_became(submission: Submission) -> str:
    """What was decided of a text, by whom and when; "" where nothing was."""
    who = submission.decided_by.shown_name if submission.decided_by else _("An editor")
    when = ""
    if submission.decided_at:
        when = date_format(timezone.localtime(submission.decided_at), "SHORT_DATETIME_FORMAT")
    known = {"who": who, "when": when, "author": submission.author_name}
    if submission.state == PUBLISHED:
        return _("%(who)s approved it on %(when)s.") % known
    if submission.state == DECLINED and submission.decided_by_id:
        return _("%(who)s declined it on %(when)s.") % known
    if submission.state == DECLINED:
        return _("%(author)s put it away.") % known
    if submission.state == CHANGES_REQUESTED and when:
        return _("%(who)s requested changes on %(when)s.") % known
    if submission.state == CHANGES_REQUESTED:
        return _("The page changed in the same places: %(author)s has to choose between both texts.") % known
    if submission.state == DRAFT:
        return _("%(author)s took it back to go on writing.") % known
    return ""
