"""Units of a file as they are read: what may not be taken is left out and named. Both formats end here."""

from django.utils.translation import gettext as _

from cms.translations.inline import NotInline, normalise_inline, plain_text
from cms.translations.segments import LONGEST

from .values import MOST_UNITS, FileRefused, IncomingFile, IncomingUnit, Problem

SHOWN = 60  # characters of a source text that name its segment


def named(source: str, why: str) -> str:
    """`why`, preceded by the first words of the segment it is about."""
    # Cut before it is read: the text may be anything.
    words = " ".join(plain_text(source[: 4 * SHOWN]).split())
    short = words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
    return _("“%(text)s”: %(reason)s") % {"text": short, "reason": why}


class Gathering:
    """Takes units one by one. Raises `FileRefused` once there are too many."""

    def __init__(self) -> None:
        self._units: dict[object, IncomingUnit] = {}
        self._twice: set[object] = set()
        self._problems: list[Problem] = []
        self._seen = 0

    def count(self) -> None:
        self._seen += 1
        if self._seen > MOST_UNITS:
            raise FileRefused(
                _("The file has more than %(number)s texts. That is more than any document has.")
                % {"number": MOST_UNITS}
            )

    def leave_out(self, key_or_position: str, source: str, why: str) -> None:
        self._problems.append(Problem(key_or_position, named(source, why)))

    def add(self, position: str, unit: IncomingUnit) -> None:
        """`position`: where it stands in the file, for what has no key."""
        name = unit.key or position
        try:
            target = _checked(unit.target)
        except NotInline as error:
            self.leave_out(name, unit.source, str(error))
            return
        unit = IncomingUnit(unit.key, unit.path, unit.source, target, unit.state)
        identity = unit.key or (unit.path, unit.source)
        if identity in self._twice:
            return
        before = self._units.setdefault(identity, unit)
        if before.target != target:
            self._twice.add(identity)
            del self._units[identity]
            self.leave_out(
                name,
                unit.source,
                _("It stands in the file twice, with different translations. Neither was taken."),
            )

    def finish(
        self, work: str, source_language: str, target_language: str, source_version: int
    ) -> IncomingFile:
        if not self._units and not self._problems:
            raise FileRefused(_("There is nothing to translate in this file."))
        return IncomingFile(
            work,
            source_language,
            target_language,
            source_version,
            tuple(self._units.values()),
            tuple(self._problems),
        )


def _checked(target: str) -> str:
    """Canonical. Raises `NotInline`."""
    if len(target) > LONGEST:
        raise NotInline(
            _("This is longer than a segment can be: %(number)s characters at most.") % {"number": LONGEST}
        )
    return normalise_inline(target)


def version_in(text: str) -> int:
    """The number of a version as a file gives it; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
