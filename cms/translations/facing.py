"""Two languages of a work, text by text. Pure.

The original's texts are the spine: what is known of a translation (`TranslatedText.segments`) says which of its texts
belongs to which of them, and whether the source has changed since; what is not known is paired by place and kind.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cms.translations.alignment import Places, Row, align, in_order
from cms.translations.rules import CHANGED, Known, survey
from cms.translations.segments import Segment


@dataclass(frozen=True, slots=True)
class Matched:
    """A translation's texts beside those of its original, by places. `behind`: of the source, changed since."""

    pairs: Places
    behind: frozenset[int]


def matched(source: Sequence[Row], target: Sequence[Row], published: Sequence[Row]) -> Matched:
    """In the order of the source; every place of both occurs once."""
    if not published:
        return Matched(align(source, target), frozenset())
    known = [Known(row["path"], row["source"], row["target"]) for row in published]
    found = survey([Segment(row["path"], row["text"], row["order"]) for row in source], known, {})
    stands = _stands(target, published)
    partner: dict[int, int] = {}
    behind = set()
    for place, each in enumerate(found.standings):
        places = stands[each.old_source, each.old_target] if each.old_target else []
        if places:
            partner[place] = places.pop(0)
            if each.state == CHANGED:
                behind.add(place)
    left = [place for place in range(len(source)) if place not in partner]
    used = set(partner.values())
    others = [place for place in range(len(target)) if place not in used]
    for one, other in align([source[place] for place in left], [target[place] for place in others]):
        if (
            one is not None
            and other is not None
            and source[left[one]]["path"] == target[others[other]]["path"]
        ):
            partner[left[one]] = others[other]
    return Matched(in_order(partner, len(source), len(target)), frozenset(behind))


def _stands(target: Sequence[Row], published: Sequence[Row]) -> dict[tuple[str, str], list[int]]:
    """(source, words) → where the translation shows these words now."""
    by_path: dict[str, list[int]] = defaultdict(list)
    by_words: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(target):
        by_path[row["path"]].append(place)
        by_words[row["text"]].append(place)
    stands: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in published:
        path, nth = row.get("at") or (row["path"], 0)
        at = by_path.get(path, [])[nth : nth + 1]
        elsewhere = by_words.get(row["target"], [])
        # The same words in several places say nothing of which of them it is.
        candidates = [*at, *(elsewhere if len(elsewhere) == 1 else ())]
        # One cell may stand for several of the source that read the same here.
        same = [place for place in candidates if target[place]["text"] == row["target"]]
        if same:
            stands[row["source"], row["target"]].append(same[0])
    return stands


def through_source(one: Matched, other: Matched) -> Places:
    """Two translations, paired by what they translate."""
    others = {source: target for source, target in other.pairs if source is not None}
    pairs: Places = []
    for source, mine in one.pairs:
        theirs = others.get(source) if source is not None else None
        if mine is not None or theirs is not None:
            pairs.append((mine, theirs))
    return pairs + [(None, target) for source, target in other.pairs if source is None]
