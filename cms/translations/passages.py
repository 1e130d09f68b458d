"""Where a published translation is behind its source: which passages, and where they stand in it. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from cms.translations.replacing import media_changes
from cms.translations.rules import CHANGED, UNTRANSLATED, Known, survey
from cms.translations.segments import BESIDE_THE_TEXT, Segment

ADDED, REMOVED, LEFT_OUT = "added", "removed", "left-out"  # beside `rules.CHANGED`
Row = Mapping[str, Any]
Place = tuple[str, int]  # path in the translation, and which of the texts at that path
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|blockquote|hr|div)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"</?a\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Passage:
    change: str  # CHANGED, ADDED, REMOVED or LEFT_OUT
    text: str  # of the source now, as inline HTML; of what was removed, as it was
    place: Place | None  # what was added stands at its neighbour; None where nothing is near
    media: str = ""  # "picture" or "file", where that is what changed; `text` then says what it is


def passages_behind(source: Sequence[Row], published: Sequence[Row]) -> list[Passage]:
    """In the order of the source, what was removed from it last. `source`: as `Work.segments`, `published`: as
    `TranslatedText.segments`."""
    source = [row for row in source if row["path"] not in BESIDE_THE_TEXT]
    published = [row for row in published if row["path"] not in BESIDE_THE_TEXT]
    known = [Known(row["path"], row["source"], row["target"]) for row in published]
    found = survey([Segment(row["path"], row["text"], row["order"]) for row in source], known, {})
    places = _places(published)
    at: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for known_text, place in zip(known, places, strict=True):
        at[known_text.source, known_text.target].append(place)
    stands = [
        _next(at[each.old_source, each.old_target]) if each.old_target else None for each in found.standings
    ]
    passages = []
    for number, each in enumerate(found.standings):
        if each.state == CHANGED:
            passages.append(Passage(CHANGED, each.segment.text, stands[number]))
        elif each.state == UNTRANSLATED:
            change = LEFT_OUT if each.left_out else ADDED
            passages.append(Passage(change, each.segment.text, _neighbour(found.standings, stands, number)))
    return passages + [
        Passage(REMOVED, gone.source, _next(at[gone.source, gone.target])) for gone in found.removed
    ]


def passages_missing(passages: Sequence[Passage]) -> list[Passage]:
    """Those of which the translation has nothing, changed or not."""
    return [each for each in passages if each.change in (ADDED, LEFT_OUT) and not each.media]


def media_behind(media: Sequence[Row], published: Sequence[Row] | None) -> list[Passage]:
    """The pictures and files that are others in the source now, as `passages_behind` tells of texts.

    `media`: as `Work.media`, `published`: as `TranslatedText.media`.
    """
    return [
        Passage(
            each.change,
            escape(each.place.words),
            None if each.change == ADDED else (each.place.path, 0),
            each.place.kind,
        )
        for each in media_changes(media, published)
    ]


def _places(published: Sequence[Row]) -> list[Place]:
    """Where it says where it stands; else where the source does: a translation made here has the ids of its source."""
    seen: Counter[str] = Counter()
    places = []
    for row in published:
        path, nth = row.get("at") or (row["path"], seen[row["path"]])
        places.append((path, nth))
        seen[row["path"]] += 1
    return places


def _next(places: list[Place]) -> Place | None:
    return (places.pop(0) if len(places) > 1 else places[0]) if places else None


def _neighbour(standings, stands: Sequence[Place | None], number: int) -> Place | None:
    """The nearest text before it in the same field that is translated, else the nearest after it."""
    name = standings[number].segment.path.partition(".")[0]
    order = [*range(number - 1, -1, -1), *range(number + 1, len(standings))]
    return next(
        (stands[i] for i in order if stands[i] and standings[i].segment.path.partition(".")[0] == name), None
    )


def mark_texts(html: str, marks: Mapping[int, str]) -> tuple[str, set[int]]:
    """`html` (rich text) with each of `marks` after the paragraph, or in the list item, of that number; and those set.

    Texts are counted as the translation library cuts them: what stands between two block elements is one.
    """
    parts, placed, number, start, waiting = [], set(), 0, 0, ""
    for tag in _BLOCK.finditer(html):
        run = html[start : tag.start()]
        parts.append(run)
        if _TAG.sub("", run).strip():
            if number in marks:
                waiting = marks[number]
                placed.add(number)
            number += 1
        within = tag.group().lower().startswith(("</li", "<ul", "<ol", "<p", "<h", "<blockquote"))
        parts += [waiting, tag.group()] if within else [tag.group(), waiting]
        waiting, start = "", tag.end()
    parts.append(html[start:])
    return "".join(parts), placed


def without_links(text: str) -> str:
    """Inline HTML of a segment for showing: its links are numbers that lead nowhere."""
    return _LINK.sub("", text)
