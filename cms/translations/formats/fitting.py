"""What of a file still fits the source as it is now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.translations.inline import plain_text
from cms.translations.segments import Segment

from .values import IncomingFile, Problem, beginning


@dataclass(frozen=True, slots=True)
class Fitted:
    taken: dict[str, str]  # key → target
    left_out: list[Problem]  # those of the file, and what the source no longer has


def fit(incoming: IncomingFile, current: Sequence[Segment]) -> Fitted:
    """Which words go to which segment: by key, else by place and source, else by a source that stands once."""
    by_key = {segment.key: segment for segment in current}
    by_text: dict[str, list[Segment]] = defaultdict(list)
    for each in current:
        by_text[each.text].append(each)
    taken: dict[str, str] = {}
    left_out = list(incoming.problems)
    for unit in incoming.units:
        segment: Segment | None = by_key.get(unit.key)
        if segment is None:
            alike = by_text.get(unit.source, [])
            here = [each for each in alike if each.path == unit.path]
            segment = (here or alike)[0] if len(here or alike) == 1 else None
        if segment is None:
            left_out.append(
                Problem(
                    beginning(plain_text(unit.source)),
                    _("The source has changed since this file was made, and has these words no more."),
                )
            )
        else:
            taken.setdefault(segment.key, unit.target)
    return Fitted(taken, left_out)
