"""The tags of a translation: only those that texts have, whole, and no fewer than in the source."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .findings import Note
from .markup import Markup
from .pair import Pair


def tags_not_allowed(pair: Pair) -> Iterator[Note]:
    """What the source has itself cannot be held against its translation."""
    known = set(pair.source_markup.faults)
    faults = [fault for fault in dict.fromkeys(pair.target_markup.faults) if fault not in known]
    if faults:
        shown = ", ".join(fault[:40] for fault in faults[:3])
        yield Note(
            _("The formatting is damaged near %(tags)s. Please set it again with the buttons.")
            % {"tags": shown},
            shown,
        )


_FAMILIES = {"strong": "b", "em": "i"}
# Slanted letters are not of these scripts: what is slanted in the source is often marked otherwise.
_UPRIGHT = frozenset(["ar", "fa", "he", "ja", "ko", "th", "ur", "zh"])


def formatting_lost(pair: Pair) -> Iterator[Note]:
    source, target = _formats(pair.source_markup), _formats(pair.target_markup)
    names = {"b": _("bold"), "i": _("italic"), "code": _("code"), "abbr": _("abbreviation")}
    lost = [name for name in names if target[name] < source[name]]
    if pair.target_language in _UPRIGHT and "i" in lost:
        lost.remove("i")
    if lost:
        shown = ", ".join(names[name] for name in lost)
        yield Note(
            _("The source has formatting that the translation has not: %(formats)s.") % {"formats": shown},
            " ".join(lost),
        )


def _formats(markup: Markup) -> Counter[str]:
    counted: Counter[str] = Counter()
    for name, times in markup.tags.items():
        counted[_FAMILIES.get(name, name)] += times
    return counted
