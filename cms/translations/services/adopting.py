"""Takes over translations that were published some other way: before this queue, or straight from the editor."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from cms.translations.alignment import align
from cms.translations.extraction import source_rows
from cms.translations.inline import plain_text
from cms.translations.matching import word_count
from cms.translations.models import TranslatedText, TranslationTask
from cms.translations.replacing import as_shown, expected
from cms.translations.rules import SAME_PAGE
from cms.wiki.queries.pages import current_publication


def adopt(task: TranslationTask, target: Any, written: TranslatedText | None = None) -> TranslatedText:
    """Make the words that `target`, a live row, shows now the published translation of `task`.

    `written`: what was submitted, if it came that way: its source is what it was translated from, and whoever wrote
    a segment stays named where it reads as they wrote it. Otherwise the source is the one it was measured against
    before, or, at first, today's. So with pictures and files: one that stands on the page in place of the source's
    stays there when it is translated again.
    """
    shown, media = source_rows(target)
    rows = _rows(task, written, shown)
    text = written or TranslatedText(task=task, source_version=_version(task))
    text.segments = rows
    text.media = as_shown(_media(task, written), media)
    if written is not None:
        task.replacements = {}  # they went into it
    text.words = _words(task, rows) if written is not None else 0
    text.published_at = timezone.now()
    text.settled_draft = _settled(task, written)
    _credit(task, text, target)
    text.save()
    task.baseline = text
    return text


def _rows(task: TranslationTask, written: TranslatedText | None, shown: Sequence[dict]) -> list[dict]:
    """Each text of the source with what is `shown` of it in the translation; with no words where nothing is."""
    source = _source(task, written)
    places = _places(shown)
    told = {(row["path"], row["source"]): row for row in (written or task.baseline or _nothing()).segments}
    by_place = _paired(source, shown, told)
    rows = []
    for place, row in enumerate(source):
        other = by_place.get(place)
        target_words = shown[other]["text"] if other is not None else ""
        before = told.get((row["path"], row["text"]), {})
        same = before.get("target") == target_words
        rows.append(
            {
                "path": row["path"],
                "source": row["text"],
                "block": row.get("block", ""),
                "target": target_words,
                "author": before.get("author", "") if same else "",
                "origin": before.get("origin", SAME_PAGE) if same else SAME_PAGE,
                "links": before.get("links", {}),
                "at": places[other] if other is not None else [],
            }
        )
    return rows


def _paired(source: Sequence[dict], shown: Sequence[dict], told: Mapping[tuple, dict]) -> dict[int, int]:
    """Place in the source → place in what is shown. What reads as it was written is known by that; the rest is aligned.

    Cells of a table that read the same in the translation are one text there, and stand for all of them.
    """
    by_words: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(shown):
        by_words[_block(row["path"]), row["text"]].append(place)
    partner: dict[int, int] = {}
    for place, row in enumerate(source):
        before = told.get((row["path"], row["text"]), {})
        at = before.get("at") or [row["path"]]
        candidates = by_words.get((_block(at[0]), before.get("target", "")), [])
        if candidates:
            partner[place] = candidates.pop(0) if len(candidates) > 1 else candidates[0]
    left = [place for place in range(len(source)) if place not in partner]
    taken = set(partner.values())
    others = [place for place in range(len(shown)) if place not in taken]
    for one, other in align([source[place] for place in left], [shown[place] for place in others]):
        if one is not None and other is not None:
            partner[left[one]] = others[other]
    return partner


def _block(path: str) -> str:
    return ".".join(path.split(".")[:2])


def _places(shown: Sequence[dict]) -> list[list]:
    """Where each text of the translation stands: [path, which of those at that path]."""
    seen: Counter[str] = Counter()
    places = []
    for row in shown:
        places.append([row["path"], seen[row["path"]]])
        seen[row["path"]] += 1
    return places


def _words(task: TranslationTask, rows: Sequence[dict]) -> int:
    """Of the source, in what reads otherwise than the translation before, or is translated from another text."""
    before = Counter((row["source"], row["target"]) for row in (task.baseline or _nothing()).segments)
    new = Counter((row["source"], row["target"]) for row in rows if row["target"]) - before
    language = task.work.source_locale.language_code
    return sum(word_count(plain_text(source), language) * times for (source, _target), times in new.items())


def _credit(task: TranslationTask, text: TranslatedText, target: Any) -> None:
    """Who corrects a translation directly joins those who made it, and does not take their place."""
    before = task.baseline
    if text.submission_id is None and text.revision_id is None and before is not None:
        text.revision_id, text.submission_id = before.revision_id, before.submission_id
        text.reviewed_by_id, text.reviewer_name = before.reviewed_by_id, before.reviewer_name
        text.translators = [
            *before.translators,
            *(n for n in _writers(target) if n not in before.translators),
        ]
    elif not text.translators:
        text.translators = _writers(target)


def _settled(task: TranslationTask, written: TranslatedText | None) -> int:
    """A direct publication leaves what a translator has under way as it is."""
    if written is None:
        return task.baseline.settled_draft if task.baseline else 0
    return task.drafts.aggregate(last=Max("pk"))["last"] or 0


def _nothing() -> TranslatedText:
    return TranslatedText(segments=[])


def _source(task: TranslationTask, written: TranslatedText | None) -> list[dict]:
    made_from = written or task.baseline
    if made_from is None:
        return task.work.segments
    return [
        {"path": row["path"], "text": row["source"], "block": row.get("block", "")}
        for row in made_from.segments
    ]


def _media(task: TranslationTask, written: TranslatedText | None) -> list[dict]:
    if written is not None and written.media is not None:
        return written.media
    return expected(task.work.media, task.baseline.media if task.baseline else None)


def _version(task: TranslationTask) -> int:
    return task.baseline.source_version if task.baseline else task.work.version


def _writers(target: Any) -> list[str]:
    """Who wrote what is public now. The wiki's copy of it may not be taken yet: the revision knows too."""
    copy = current_publication(target.pk) if hasattr(target, "published_revisions") else None
    live = getattr(target, "live_revision", None)
    if copy is not None and (live is None or copy.revision_id in (None, live.pk)):
        return [copy.author_name] if copy.author_name else []
    return [live.user.shown_name] if live is not None and live.user is not None else []
