"""What could be said for a segment: words that were said before for the same or nearly the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cms.translations import rules
from cms.translations.inline import link_ids, plain_text
from cms.translations.linked_words import with_links_of
from cms.translations.markup import Piece, as_shown, difference
from cms.translations.matching import best_matches, length_window, similarity
from cms.translations.models import MemoryEntry, SegmentDraft, TranslationTask
from cms.translations.queries.texts import latest_drafts, survey_of
from cms.translations.queries.works import withheld_keys
from cms.translations.rules import Standing, Survey
from cms.translations.segments import source_hash
from cms.translations.stems import comparable

AT_LEAST = 70  # percent
MOST = 9  # suggestions: each is taken with one digit
LOOKED_AT = (
    1500  # entries of the memory, of those as long or longer, and of those shorter; the nearest in length
)
SAME_PLACE, ELSEWHERE, BEFORE, ON_PAGE = 0, 1, 2, 3  # the order among equally similar ones


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` is inline HTML that the segment may hold; `score` the percent its source is like this one."""

    number: int
    origin: str
    text: str
    score: int
    note: str  # where it comes from, in words
    source: str = ""  # what it was said for, where that is not the same
    rank: int = 0

    @property
    def shown(self) -> str:
        return as_shown(self.text)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text to find words for. `path` and `work_key`: its place, where it has one."""

    text: str
    source_language: str
    target_language: str
    path: str = ""
    work_key: UUID | None = None

    @property
    def length(self) -> int:
        return len(comparable(plain_text(self.text)))


def suggestions_for(task: TranslationTask, key: str) -> list[Suggestion]:
    """Numbered, the best first; [] for a segment that is not there. Five queries.

    `task` with its work, both locales and the baseline.
    """
    drafts = latest_drafts(task)
    found = survey_of(task, drafts)
    standing = next((each for each in found.standings if each.segment.key == key), None)
    if standing is None:
        return []
    wanted = Wanted(
        standing.segment.text,
        task.work.source_locale.language_code,
        task.target_locale.language_code,
        standing.segment.path,
        task.work.translation_key,
    )
    offered = [*from_memory(wanted), *_from_before(standing), *_from_page(standing, found, drafts)]
    return ranked(offered, wanted.text, standing.text)


def ranked(offered: Iterable[Suggestion], source: str, words: str = "") -> list[Suggestion]:
    """Each wording once, with links that `source` has, and not what is there already (`words`)."""
    links = link_ids(source)
    kept: dict[str, Suggestion] = {}
    for each in sorted(offered, key=lambda each: (-each.score, each.rank)):
        text = with_links_of(each.text, links)
        if text and text != words:
            kept.setdefault(text, replace(each, text=text))
    return [replace(each, number=number) for number, each in enumerate(list(kept.values())[:MOST], 1)]


def from_memory(wanted: Wanted) -> Iterator[Suggestion]:
    """Of what was published: the same text first, then what is like it. Four queries, whatever the memory's size."""
    pair = MemoryEntry.objects.filter(
        source_language=wanted.source_language, target_language=wanted.target_language
    )
    if withheld := withheld_keys(wanted.target_language):
        pair = pair.exclude(work_key__in=withheld)
    name = source_hash(wanted.text)
    for entry in pair.filter(source_hash=name).order_by("-approved_at")[:50]:
        here = entry.path == wanted.path and entry.work_key == wanted.work_key
        yield _remembered(entry, 100, SAME_PLACE if here else ELSEWHERE)
    alike = _about_as_long(pair.exclude(source_hash=name), wanted.length)
    matches = best_matches(_plain(wanted.text), alike, at_least=AT_LEAST, limit=MOST)
    entries = MemoryEntry.objects.in_bulk([match.id for match in matches]) if matches else {}
    for match in matches:
        # Gone meanwhile: nothing to offer.
        if match.id in entries:
            yield replace(
                _remembered(entries[match.id], _percent(match.score), ELSEWHERE),
                source=entries[match.id].source,
            )


def _about_as_long(pair: QuerySet[MemoryEntry], length: int) -> Iterator[tuple[int, str]]:
    """Id and plain source of the entries whose length is nearest, of equal ones the newest first. Two queries.

    From the length outwards both ways along the index, so that a memory a hundred times as large is read no further:
    sorted by their distance, all that might be alike would be read.
    """
    low, high = length_window(length, AT_LEAST)
    longer = pair.filter(length__gte=length, length__lte=high).order_by("length", "-pk")
    shorter = pair.filter(length__gte=low, length__lt=length).order_by("-length", "-pk")
    fields = ("pk", "length", "source")
    rows = [row for found in (longer, shorter) for row in found.values_list(*fields)[:LOOKED_AT]]
    rows.sort(key=lambda row: (abs(row[1] - length), -row[0]))
    return ((pk, _plain(source)) for pk, _length, source in rows)


def _plain(text: str) -> str:
    """As `plain_text`, without its pains where there is nothing to read."""
    return plain_text(text) if "<" in text or "&" in text else text


def _percent(score: int) -> int:
    """What differs in markup alone is not the same."""
    return min(score, 99)


def _remembered(entry: MemoryEntry, score: int, rank: int) -> Suggestion:
    return Suggestion(0, rules.MEMORY, entry.target, score, _where(entry, rank), rank=rank)


def _where(entry: MemoryEntry, rank: int) -> str:
    year = str(entry.approved_at.year)
    if rank == SAME_PLACE:
        return _("published here before, %(year)s") % {"year": year}
    if entry.title:
        return _("from “%(title)s”, %(year)s") % {"title": entry.title, "year": year}
    return _("from the memory, %(year)s") % {"year": year}


def _from_before(standing: Standing) -> Iterator[Suggestion]:
    """What readers have now, where the source changed."""
    segment = standing.segment
    if not standing.old_target or standing.old_source == segment.text:
        return
    score = _percent(similarity(plain_text(standing.old_source), plain_text(segment.text)))
    note = _("the published translation, of the original as it was")
    yield Suggestion(0, rules.SAME_PAGE, standing.old_target, score, note, standing.old_source, BEFORE)


def _from_page(standing: Standing, found: Survey, drafts: dict[str, SegmentDraft]) -> Iterator[Suggestion]:
    """Other segments of the same work that have words, published or written meanwhile."""
    source = standing.segment.text
    others = {
        each.segment.key: each
        for each in found.standings
        if each.text and each.segment.key != standing.segment.key
    }
    candidates = [(key, _plain(each.segment.text)) for key, each in others.items()]
    for match in best_matches(_plain(source), candidates, at_least=AT_LEAST, limit=MOST):
        each = others[match.id]
        same = each.segment.text == source
        score, shown = (100, "") if same else (_percent(match.score), each.segment.text)
        draft = drafts.get(match.id)
        if draft is not None and draft.text == each.text:
            # Words of a machine stay words of a machine, wherever they are taken.
            note = _("from this text, not published yet")
            yield Suggestion(0, draft.origin, each.text, score, note, shown, ON_PAGE)
        else:
            note = _("from this text, as it is published")
            yield Suggestion(0, rules.SAME_PAGE, each.text, score, note, shown, ON_PAGE)


def source_change(suggestion: Suggestion, source: str) -> list[Piece]:
    """From what the suggestion was said for to `source`, word by word; [] for the same."""
    return difference(suggestion.source, source) if suggestion.source else []
