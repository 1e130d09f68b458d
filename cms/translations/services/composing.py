"""The whole translation, made of what is published and what was drafted since."""

from dataclasses import dataclass
from typing import Any

from cms.accounts.models import User
from cms.translations import rules
from cms.translations.models import SegmentDraft, TranslatedText, TranslationTask
from cms.translations.outlets import give_address, target_for
from cms.translations.queries.media import replacements_of
from cms.translations.queries.texts import latest_drafts, media_standings, survey_of
from cms.translations.rendering import render
from cms.translations.replacing import as_submitted
from cms.translations.rules import known_key
from cms.translations.segments import segment_key

from .works import original_as_public


class Incomplete(Exception):
    """Some segments have no words yet. `keys`: theirs."""

    def __init__(self, keys: list[str]):
        super().__init__(f"{len(keys)} without words")
        self.keys = keys


@dataclass(frozen=True, slots=True)
class Rendered:
    target: Any  # the page or entry with the translated words, not saved
    texts: dict[str, str]
    drafts: dict[str, SegmentDraft]


def rendered(task: TranslationTask) -> Rendered:
    """The translation as it would be published. Raises `Incomplete`, `SourceGone`, `NoParentYet`."""
    original = original_as_public(task.work)
    drafts = latest_drafts(task)
    found = survey_of(task, drafts)
    if not found.complete:
        raise Incomplete([each.segment.key for each in found.standings if not each.text])
    texts = found.texts()
    target = target_for(task.work, original, task.target_locale)
    render(original, target, texts, links_of(task, drafts), replacements_of(task))
    give_address(target)
    return Rendered(target, texts, drafts)


def links_of(task: TranslationTask, drafts: dict[str, SegmentDraft]) -> dict[str, dict[str, str]]:
    """Key → the addresses chosen for links: of the drafts, else of what is published."""
    chosen = {known_key(row): row.get("links", {}) for row in task.baseline.segments} if task.baseline else {}
    return {**chosen, **{key: draft.links for key, draft in drafts.items()}}


def written_text(task: TranslationTask, user: User, made: Rendered) -> TranslatedText:
    """What is submitted, to be kept until it is published: each segment with who wrote it. Not saved."""
    before = {known_key(row): row for row in task.baseline.segments} if task.baseline else {}
    links = links_of(task, made.drafts)
    rows = []
    for row in task.work.segments:
        key = segment_key(row["path"], row["text"])
        draft, old = made.drafts.get(key), before.get(key, {})
        drafted = draft is not None and draft.text == made.texts[key]
        rows.append(
            {
                "path": row["path"],
                "source": row["text"],
                "block": row["block"],
                "target": made.texts[key],
                "author": draft.author_name if drafted and draft else old.get("author", ""),
                "origin": draft.origin if drafted and draft else old.get("origin", rules.SAME_PAGE),
                "links": links.get(key, {}),
            }
        )
    return TranslatedText(
        task=task,
        source_version=task.work.version,
        segments=rows,
        media=as_submitted(media_standings(task)),
        translators=_translators(rows, user),
    )


def _translators(rows: list[dict], user: User) -> list[str]:
    """Names, who wrote most words first; whoever hands it in at least."""
    words: dict[str, int] = {}
    for row in rows:
        if row["author"]:
            words[row["author"]] = words.get(row["author"], 0) + len(row["target"].split())
    return sorted(words, key=lambda name: -words[name]) or [user.shown_name]
