"""A translation out to a file, and a file back into a translation."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.translations import rules
from cms.translations.formats import (
    CHANGED,
    DRAFT,
    MISSING,
    PUBLISHED,
    FileRefused,
    OutgoingFile,
    OutgoingUnit,
    Problem,
    fit,
    read_file,
)
from cms.translations.formats.gathering import named
from cms.translations.models import TranslationTask
from cms.translations.queries.texts import survey_of

from .drafting import save_many

STATES = {
    rules.UNTRANSLATED: MISSING,
    rules.CHANGED: CHANGED,
    rules.DRAFTED: DRAFT,
    rules.FRESH: PUBLISHED,
}


@dataclass(frozen=True, slots=True)
class Imported:
    written: int  # segments that say something new now
    left_out: list[Problem]


def outgoing(task: TranslationTask) -> OutgoingFile:
    """What a translator takes along: every segment, with the words there are. `task` with its work and baseline."""
    return OutgoingFile(
        work=str(task.work.translation_key),
        title=task.work.title,
        source_language=task.work.source_locale.language_code,
        target_language=task.target_locale.language_code,
        source_version=task.work.version,
        units=tuple(_unit(each) for each in survey_of(task).standings),
    )


def _unit(each: rules.Standing) -> OutgoingUnit:
    changed = each.state == rules.CHANGED
    return OutgoingUnit(
        key=each.segment.key,
        path=each.segment.path,
        source=each.segment.text,
        target=each.old_target if changed else each.text,
        note=_("The source has changed since this was translated.") if changed else "",
        state=STATES[each.state],
        previous_source=each.old_source if changed else "",
    )


def import_file(user: User, task: TranslationTask, name: str, content: bytes) -> Imported:
    """Keep what a file, called `name` by whoever sends it, says as drafts. Nothing is written of a file that is refused.

    Raises `FileRefused` (it cannot be read, or is of another work or language), and as `drafting.require_hand`.
    """
    incoming = read_file(name, content)
    if incoming.work and incoming.work != str(task.work.translation_key):
        raise FileRefused(_("This file is the translation of another document."))
    target = task.target_locale.language_code
    if incoming.target_language and _base(incoming.target_language) != _base(target):
        raise FileRefused(
            _("This file is in another language: “%(code)s”.") % {"code": incoming.target_language[:20]}
        )
    fitted = fit(incoming, task.work.source)
    written, refused = save_many(user, task.pk, fitted.taken, rules.FILE)
    sources = {segment.key: segment.text for segment in task.work.source}
    left_out = [
        *fitted.left_out,
        *(Problem(key, named(sources.get(key, key), why)) for key, why in refused.items()),
    ]
    return Imported(written, left_out)


def _base(code: str) -> str:
    return code.replace("_", "-").partition("-")[0].lower()
