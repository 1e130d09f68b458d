"""The source changed, and the translation still says the same."""

from collections.abc import Collection

from django.db import transaction

from cms.accounts.models import User
from cms.translations.models import TranslatedText, TranslationTask
from cms.translations.queries.rights import may_review
from cms.translations.queries.texts import media_standings, survey_of
from cms.translations.queries.works import is_public
from cms.translations.replacing import confirmed as confirmed_media
from cms.translations.replacing import media_changes
from cms.translations.rules import SAME_PAGE, Standing
from cms.translations.segments import segment_key

from .claiming import NotInReach, lock_task
from .counting import recount
from .drafting import SourceMoved, require_hand


@transaction.atomic
def confirm_unchanged(user: User, task_id: int, keys: Collection[str] | None = None) -> TranslationTask:
    """Take segments of the published translation for translated from today's source. `keys` None: all that changed,
    pictures and files too; they are named by keys of their own.

    Readers see the same words as before, and no longer that they are behind. What was removed from the source stays
    to be done: the translation shows it until it is published anew. Raises as `drafting.require_hand` (a reviewer
    needs no claim), and `SourceMoved` for a key that is not among what changed.
    """
    task = lock_task(task_id)
    if task.in_review or not may_review(user, task.target_locale.language_code):
        require_hand(user, task)
    if task.baseline is None or not is_public(task.work):
        raise NotInReach
    found = survey_of(task)
    changed = {each.segment.key: each for each in found.standings if _is_behind(each)}
    confirmed = changed if keys is None else {key: changed[key] for key in keys if key in changed}
    media = {each.place.key: each.place.path for each in media_standings(task) if each.behind}
    paths = [path for key, path in media.items() if keys is None or key in keys]
    if keys is not None and len(confirmed) + len(paths) < len(set(keys)):
        raise SourceMoved
    still_behind = {each.old_source for key, each in changed.items() if key not in confirmed}
    still_behind |= {known.source for known in found.removed}
    task.baseline = _renewed(task, task.baseline, confirmed, still_behind, paths, user)
    recount(task)
    return task


def _is_behind(each: Standing) -> bool:
    return bool(each.old_target) and each.moved_on


def _renewed(
    task: TranslationTask,
    before: TranslatedText,
    confirmed: dict[str, Standing],
    still_behind: set[str],
    paths: Collection[str],
    user: User,
) -> TranslatedText:
    rows = _confirmed_rows(task, before, confirmed, user)
    used = {(row["path"], row["source"]) for row in rows}
    rows += [
        row
        for row in before.segments
        if row["source"] in still_behind and (row["path"], row["source"]) not in used
    ]
    media = None if before.media is None else confirmed_media(task.work.media, before.media, paths)
    whole = not still_behind and not media_changes(task.work.media, media)
    return TranslatedText.objects.create(
        task=task,
        submission=before.submission,
        revision_id=before.revision_id,
        source_version=task.work.version if whole else before.source_version,
        segments=rows,
        media=media,
        translators=before.translators,
        reviewed_by=before.reviewed_by,
        reviewer_name=before.reviewer_name,
        settled_draft=before.settled_draft,
        published_at=before.published_at,
    )


def _confirmed_rows(
    task: TranslationTask, before: TranslatedText, confirmed: dict[str, Standing], user: User
) -> list[dict]:
    """Of today's source: what was confirmed, with the words readers have, and what is as it was."""
    known = {(row["path"], row["source"]): row for row in before.segments}
    places = {(row["source"], row["target"]): row["at"] for row in before.segments if row.get("at")}
    rows = []
    for row in task.work.segments:
        each = confirmed.get(segment_key(row["path"], row["text"]))
        if each is not None:
            rows.append(
                {
                    "path": row["path"],
                    "source": row["text"],
                    "block": row["block"],
                    "target": each.old_target,
                    "author": user.shown_name,
                    "origin": SAME_PAGE,
                    "links": {},
                    "at": places.get((each.old_source, each.old_target), []),
                }
            )
        elif (row["path"], row["text"]) in known:
            rows.append(known[row["path"], row["text"]])
    return rows
