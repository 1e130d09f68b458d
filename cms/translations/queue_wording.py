"""How a translation stands, in the words of the queue."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.dates import written_date
from cms.translations import rules
from cms.translations.queries.queue_rows import QueuedTask


def label_in_words(task: QueuedTask) -> str:
    """The one label of a translation, with what belongs to it: who and until when, how much has changed."""
    if task.label == rules.CLAIMED:
        return claimed_in_words(task)
    if task.label == rules.OUTDATED:
        return outdated_in_words(task)
    return str(label_names()[task.label])


def label_names() -> dict[str, object]:
    """Every label a translation can have, in the order of its way. Names are translated when they are shown."""
    names = dict([*rules.CONTENT_STATES, *rules.WORK_STATES])
    order = (
        *(rules.MISSING, rules.PARTIAL, rules.OUTDATED, rules.QUEUED, rules.CLAIMED, rules.IN_PROGRESS),
        *(rules.IN_REVIEW, rules.CHANGES_REQUESTED, rules.PUBLISHED),
    )
    return {key: names[key] for key in order}


def claimed_in_words(task: QueuedTask) -> str:
    """ "claimed by Ana until 3 May"."""
    if not task.holder or task.claim_expires_at is None:
        return _("claimed")
    return _("claimed by %(name)s until %(day)s") % {
        "name": task.holder,
        "day": day_in_words(task.claim_expires_at),
    }


def outdated_in_words(task: QueuedTask) -> str:
    """ "outdated: 3 segments, 42 words changed"."""
    segments = ngettext("%(number)s segment", "%(number)s segments", task.segments_changed) % {
        "number": task.segments_changed
    }
    return ngettext(
        "outdated: %(segments)s, %(number)s word changed",
        "outdated: %(segments)s, %(number)s words changed",
        task.words_changed,
    ) % {"segments": segments, "number": task.words_changed}


def day_in_words(moment) -> str:
    return written_date(timezone.localdate(moment))
