"""What could be said for a segment: words that were said before for the same or nearly the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from cms.translations import rules
from cms.translations.inline import link_ids, plain_text
from cms.translations.linked_words import with_links_of
from cms.translations.markup import Piece, as_shown, difference
from cms.translations.matching import best_matches, similarity
from cms.translations.models import SegmentDraft, TranslationTask
from cms.translations.queries.memory import AT_LEAST, Remembered, Wanted, remembered
from cms.translations.queries.texts import latest_drafts, survey_of
from cms.translations.rules import Standing, Survey

MOST = 9  # suggestions: each is taken with one digit
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


def suggestions_for(task: TranslationTask, key: str) -> list[Suggestion]:
    """Numbered, the best first; [] for a segment that is not there. Six queries.

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
    """Of what was published, on this page or another. At most five queries."""
    for each in remembered(wanted):
        rank = SAME_PLACE if each.here else ELSEWHERE
        source = "" if each.score == 100 else each.entry.source
        yield Suggestion(0, rules.MEMORY, each.entry.target, each.score, _where(each), source, rank)


def _where(each: Remembered) -> str:
    year = str(each.entry.approved_at.year)
    if each.here:
        return _("published here before, %(year)s") % {"year": year}
    if each.entry.title:
        return _("from “%(title)s”, %(year)s") % {"title": each.entry.title, "year": year}
    return _("from the memory, %(year)s") % {"year": year}


def _percent(score: int) -> int:
    """What differs in mark-up alone is not the same."""
    return min(score, 99)


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
    candidates = [(key, plain_text(each.segment.text)) for key, each in others.items()]
    for match in best_matches(plain_text(source), candidates, at_least=AT_LEAST, limit=MOST):
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
