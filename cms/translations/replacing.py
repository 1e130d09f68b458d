"""Pictures and files that stand in for those of the original: what is chosen, what readers see, what has changed. Pure.

`media`: as `Work.media`; `published`: as `TranslatedText.media`; `drafts`: as `TranslationTask.replacements`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any

from cms.translations.segments import segment_key

PICTURE, FILE = "picture", "file"
CHANGED, ADDED, REMOVED = "changed", "added", "removed"
Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class MediaPlace:
    """Where the original shows a picture or gives a file."""

    path: str
    kind: str
    id: int  # of the original's
    block: str = ""
    words: str = ""  # of the original, that say what it is

    @property
    def key(self) -> str:
        """What names it in addresses. 16 hexadecimal digits."""
        return segment_key(self.path, self.kind)


@dataclass(frozen=True, slots=True)
class MediaStanding:
    """What stands at a place in the translation. `chosen`: 0 for the original's own."""

    place: MediaPlace
    shown: int | None = None  # what readers of the translation see now; None: nothing, or nobody knows
    chosen: int = 0
    instead_of: int = 0  # what the original showed there when it was chosen
    by: str = ""  # who chose it, while it is not published
    at: str = ""
    drafted: bool = False  # chosen, and not published yet
    was: int = 0  # of the original, when the translation was published; 0: nobody knows

    @property
    def now(self) -> int:
        """What readers will see when the translation is published."""
        return self.chosen or self.place.id

    @property
    def source_changed(self) -> bool:
        """The original shows another one than that which was replaced: does the replacement still fit?"""
        return bool(self.chosen) and self.instead_of != self.place.id

    @property
    def behind(self) -> bool:
        """The original shows another one than when the translation was published."""
        return bool(self.was) and self.was != self.place.id

    @property
    def changes(self) -> bool:
        return self.shown is not None and self.now != self.shown


@dataclass(frozen=True, slots=True)
class MediaChange:
    change: str
    place: MediaPlace  # of what was removed, as it was


def place_of(row: Row) -> MediaPlace:
    return MediaPlace(row["path"], row["kind"], row["id"], row.get("block", ""), row.get("words", ""))


def standings(media: Rows, published: Rows | None, drafts: Mapping[str, Row]) -> list[MediaStanding]:
    """One for each place of the original, in its order."""
    public = {row["path"]: row for row in published or ()}
    return [_standing(place_of(row), public.get(row["path"]), drafts.get(row["path"])) for row in media]


def _standing(place: MediaPlace, public: Row | None, draft: Row | None) -> MediaStanding:
    shown, was = (public["shown"], public["source"]) if public else (None, 0)
    if draft is not None:
        return MediaStanding(
            place,
            shown,
            draft["id"],
            draft["instead_of"],
            draft.get("by", ""),
            draft.get("at", ""),
            True,
            was,
        )
    # Where the translation shows what the original showed then, it follows the original.
    if shown is None or shown == was:
        return MediaStanding(place, shown, was=was)
    return MediaStanding(place, shown, shown, was, was=was)


def chosen(found: Iterable[MediaStanding]) -> dict[str, int]:
    """Path → id of what stands in for the original's."""
    return {each.place.path: each.chosen for each in found if each.chosen}


def lost(media: Rows, drafts: Mapping[str, Row]) -> int:
    """How many were chosen for places that the original has no more."""
    paths = {row["path"] for row in media}
    return sum(1 for path, row in drafts.items() if path not in paths and row["id"])


def as_submitted(found: Iterable[MediaStanding]) -> list[dict[str, Any]]:
    """What `TranslatedText.media` keeps of a translation that is handed in as it stands."""
    return [_published_row(each.place, each.place.id, each.now) for each in found]


def _published_row(place: MediaPlace, source: int, shown: int | None) -> dict[str, Any]:
    return {
        "path": place.path,
        "kind": place.kind,
        "block": place.block,
        "words": place.words,
        "source": source,
        "shown": shown,
    }


def as_shown(expected: Rows, target: Rows) -> list[dict[str, Any]]:
    """`expected` (rows of a published translation) with what its page, `target` (as `media_rows` reads it), shows.

    Places in lists and texts are named after their file: there what was expected is looked for, and what nobody
    expected takes the place of what is missing, where that is one for one.
    """
    at = {row["path"]: row["id"] for row in target}
    there: dict[str, list[int]] = {}
    for row in target:
        there.setdefault(_list_of(row), []).append(row["id"])
    rows: list[dict[str, Any]] = []
    missing: dict[str, list[int]] = {}
    for row in expected:
        if not _is_listed(row):
            rows.append({**row, "shown": at.get(row["path"])})
            continue
        others = there.get(_list_of(row), [])
        shown = next((each for each in (row["shown"], row["source"]) if each in others), None)
        if shown is not None:
            others.remove(shown)
        rows.append({**row, "shown": shown})
        if shown is None:
            missing.setdefault(_list_of(row), []).append(len(rows) - 1)
    for name, places in missing.items():
        if len(places) == len(there.get(name, [])):
            for number, pk in zip(places, there[name], strict=True):
                rows[number]["shown"] = pk
    return rows


def _is_listed(row: Row) -> bool:
    return row["path"].endswith(f".{row['id'] if 'id' in row else row['source']}")


def _list_of(row: Row) -> str:
    return row["path"].rpartition(".")[0] if _is_listed(row) else ""


def expected(media: Rows, before: Rows | None) -> list[dict[str, Any]]:
    """Rows to be filled by `as_shown` of a page that was written some other way.

    What it was measured by before stays; at first it is today's original.
    """
    if before is not None:
        return [dict(row) for row in before]
    return [_published_row(place_of(row), row["id"], row["id"]) for row in media]


def confirmed(media: Rows, published: Rows, paths: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """`published`, taken for made from today's original: at `paths`, or wherever the original shows another one."""
    wanted = None if paths is None else set(paths)
    now = {row["path"]: row for row in media}
    return [
        {**row, "source": now[row["path"]]["id"], "shown": row["shown"]}
        if row["path"] in now and (wanted is None or row["path"] in wanted)
        else dict(row)
        for row in published
    ]


def media_changes(media: Rows, published: Rows | None) -> list[MediaChange]:
    """What the original shows otherwise than when the translation was published; [] where nobody knows.

    What only stands elsewhere now has not changed.
    """
    if published is None:
        return []
    now, then = {row["path"]: row for row in media}, {row["path"]: row for row in published}
    added = [row for path, row in now.items() if path not in then]
    removed = [row for path, row in then.items() if path not in now]
    for row in list(added):
        same = next(
            (each for each in removed if (each["kind"], each["source"]) == (row["kind"], row["id"])), None
        )
        if same is not None:
            added.remove(row)
            removed.remove(same)
    return [
        *(MediaChange(CHANGED, place_of(row)) for row in media if _differs(row, then.get(row["path"]))),
        *(MediaChange(ADDED, place_of(row)) for row in added),
        *(MediaChange(REMOVED, place_of({**row, "id": row["source"]})) for row in removed),
    ]


def _differs(row: Row, then: Row | None) -> bool:
    return then is not None and then["source"] != row["id"]


def fingerprint(drafts: Mapping[str, Row]) -> str:
    """What was chosen so far, in few letters: whether somebody decides on what was seen. "" for nothing."""
    if not drafts:
        return ""
    said = sorted((path, row["id"]) for path, row in drafts.items())
    return sha256(dumps(said).encode()).hexdigest()[:16]
