"""A search: what a person typed, asked of the engine, and what they may see of the answer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Exists
from django.utils import timezone

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from forum.queries.categories import categories_for
from search.asking import Query
from search.backends.front import engine
from search.engines import EVERYBODY, SECTIONS, Asked, Hit, Hits, Word
from search.filters import Filters
from search.models import Entry
from search.queries.glossary import expansions_of
from search.queries.spelling import corrections
from search.registry import Shown, source_named
from search.sources.posts import access_to
from search.sources.shared import SharedSource, shown_together

PAGE_SIZE = 10
MOST_TRIES = 5  # other words that are tried where nothing is found
OVERVIEW = 4  # hits of each section, where none is chosen


@dataclass(frozen=True, slots=True)
class Found:
    """A hit that the reader may see."""

    hit: Hit
    entry: Entry
    shown: Shown


@dataclass(frozen=True, slots=True)
class Answer:
    """`asked`: the question that was answered, which may be wider than the one that was typed."""

    asked: Asked
    hits: Hits
    rows: dict[str, list[Found]]  # by section, in the order of the sections
    did_you_mean: str = ""  # other words, that find something


def find(query: Query, filters: Filters, user, language: str) -> Answer:
    """A search server is asked at most twice: for what was typed, and where that is not found, for all else."""
    asked = question(query, filters, user, language)
    hits, meant = engine().answer(asked), ""
    if not hits.found:
        asked, hits, meant = otherwise(asked, hits)
    return Answer(asked, hits, seen(hits, user, language), meant)


def otherwise(asked: Asked, hits: Hits) -> tuple[Asked, Hits, str]:
    """(the question that is answered after all, its answer, what may have been meant)."""
    wider = [replace(asked, any_word=True)] if len(asked.words) > 1 else []
    tries = put_right(asked)
    answers = engine().answer_all([*wider, *tries])
    if wider:
        some = next(answers)
        if some.found:
            asked, hits = wider[0], some
    # Only what finds something that this reader may see is offered.
    meant = next((said(each.words) for each, found in zip(tries, answers, strict=True) if found.found), "")
    return asked, hits, meant


def put_right(asked: Asked) -> list[Asked]:
    """The same with other words, the likeliest first."""
    if not asked.words or asked.phrases or asked.codes:
        return []
    plain = replace(asked, any_word=False, expansions=(), section="", chosen={}, window=(0, 1))
    return [replace(plain, words=words) for words in corrections(asked.words)[:MOST_TRIES]]


def said(words: tuple[Word, ...]) -> str:
    return "".join(word.text + ("-" if word.joined else " ") for word in words).strip()


def question(query: Query, filters: Filters, user, language: str) -> Asked:
    size = PAGE_SIZE if filters.section else OVERVIEW
    start = (filters.page - 1) * size
    return Asked(
        words=query.words,
        phrases=query.phrases,
        codes=query.codes,
        language=language,
        languages=tuple(sorted(languages_in_use(), key=lambda code: code != language)),
        access=readable(user),
        open_languages=frozenset(open_language_codes()),
        section=filters.section,
        chosen={facet: frozenset(keys) for facet, keys in filters.chosen.items() if keys},
        expansions=() if filters.typed else expansions_of(query.words, language),
        window=(start, start + size),
        now=timezone.now(),
    )


def readable(user) -> frozenset[str]:
    """What somebody sees, as entries say it. No query of its own once the categories are kept."""
    return frozenset([EVERYBODY, *(access_to(category.pk) for category in categories_for(user))])


@kept_until_change
def languages_in_use() -> frozenset[str]:
    """Those that entries are written in. One query."""
    codes = list(settings.LANGUAGE_NAMES)
    there = {code: Exists(Entry.objects.filter(language=code)) for code in codes}
    row = Entry.objects.order_by().annotate(**{f"has_{code}": test for code, test in there.items()})
    found = row.values(*(f"has_{code}" for code in codes)).first()
    written = {code for code in codes if found and found[f"has_{code}"]}
    return frozenset(written | set(open_language_codes()))


def seen(hits: Hits, user, language: str) -> dict[str, list[Found]]:
    """The hits as they are now, without any that the reader may not see after all: an index can lag behind."""
    wanted = [hit.entry for rows in hits.rows.values() for hit in rows]
    entries = Entry.objects.in_bulk(wanted) if wanted else {}
    known = shown_now(entries.values(), user, language)
    return {
        section: [
            Found(hit, entries[hit.entry], known[entries[hit.entry].ref])
            for hit in hits.rows.get(section, ())
            if hit.entry in entries and entries[hit.entry].ref in known
        ]
        for section in SECTIONS
    }


def shown_now(entries: Iterable[Entry], user, language: str) -> dict[str, Shown]:
    """By name of the entry, what may be shown of it. One query for each source, one for all shared entries."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        by_source[entry.ref.partition(":")[0]].append(entry.object)
    shared: dict[SharedSource, list[int]] = {}
    known: dict[str, Shown] = {}
    for name, pks in by_source.items():
        source = source_named(name)
        if isinstance(source, SharedSource):
            shared[source] = pks
        else:
            known |= {f"{name}:{pk}": shown for pk, shown in source.shown(pks, user, language).items()}
    if shared:
        together = shown_together(shared, language)
        known |= {f"{name}:{pk}": shown for (name, pk), shown in together.items()}
    return known
