"""What was written for a segment, by whom and from what."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from cms.translations.markup import Piece, as_shown, difference
from cms.translations.models import SegmentDraft, TranslationTask
from cms.translations.queries.texts import keys_of
from cms.translations.rules import ORIGINS, Standing

LONGEST = 100  # savings


@dataclass(frozen=True, slots=True)
class Saving:
    draft: SegmentDraft
    text: SafeString  # as it is shown; "" where the words were taken away
    change: list[Piece]  # from the saving before, [] for the first
    earlier_source: bool  # written for the source as it was before

    @property
    def origin_label(self) -> str:
        return str(dict(ORIGINS).get(self.draft.origin, ""))


def history_of(task: TranslationTask, standing: Standing) -> list[Saving]:
    """The savings of a segment, and of the one it was before its source changed; the last first. One query."""
    key = standing.segment.key
    newest = SegmentDraft.objects.filter(task=task, key__in=keys_of(standing)).order_by("-pk")[:LONGEST]
    savings: list[Saving] = []
    before = ""
    for draft in reversed(newest):
        change = difference(before, draft.text) if before and draft.text else []
        savings.append(Saving(draft, as_shown(draft.text), change, draft.key != key))
        before = draft.text
    return savings[::-1]


def savings_since(task: TranslationTask, draft_id: int) -> list[SegmentDraft]:
    """What was saved after a saving, by anybody, the last of each segment. One query."""
    rows = SegmentDraft.objects.filter(task=task, pk__gt=draft_id).order_by("pk")[:500]
    return list({row.key: row for row in rows}.values())
