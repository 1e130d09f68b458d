"""A search: what a person typed, asked of the engine, and what they may see of the answer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from forum.queries.categories import categories_for
from search.analysis import compared, stems
from search.asking import Query
from search.backends.front import engine
from search.engines import DIRECT, EVERYBODY, SECTIONS, Asked, Hit, Hits, Word
from search.filters import Filters
from search.models import Entry, Waiting
from search.queries.glossary import expansions_of
from search.queries.spelling import corrections
from search.registry import Shown, source_named
from search.sources.pages import PageSource
from search.sources.posts import PostSource, TranslationSource, access_to, shown_in_forum
from search.sources.shared import SharedSource, shown_together

PAGE_SIZE = 10
FEW = 3  # results, among which there may be none that was meant
MOST_TRIES = 5  # other words that are tried where nothing is found, or little
OVERVIEW = 4  # hits of each section, where none is chosen


@dataclass(frozen=True, slots=True)
class Found:
    """A hit that the reader may see."""

    hit: Hit
    entry: Entry
    shown: Shown
    outdated: bool = False  # it changed, and its entry is to be made anew: the texts there are not shown


@dataclass(frozen=True, slots=True)
class Answer:
    """`asked`: the question that was answered, which may be wider than the one that was typed."""

    asked: Asked
    hits: Hits
    rows: dict[str, list[Found]]  # by section, in the order of the sections
    did_you_mean: str = ""  # other words, that find something
    unfound: bool = False  # nothing holds all the words that were typed, in whichever section


def find(query: Query, filters: Filters, user, language: str) -> Answer:
    """A search server is asked at most twice: for what was typed, and where little is found, for all else."""
    asked = question(query, filters, user, language)
    hits, meant = engine().answer(asked), ""
    if hits.too_slow:
        return Answer(asked, hits, {})
    unfound = not hits.found
    if not found_in(asked.section, hits):
        asked, hits, meant = otherwise(asked, hits)
    elif are_few(hits):
        asked, hits, meant = instead_of(asked, hits, [], rather(asked))
    rows = seen(hits, user, language)
    return Answer(
        asked, hits, {section: named_first(rows[section], query.text) for section in rows}, meant, unfound
    )


def named_first(rows: list[Found], text: str) -> list[Found]:
    """What bears the very name that was typed comes before what has it in its name: a database weighs both alike."""
    name = compared(text)
    return sorted(rows, key=lambda each: each.hit.expansion != DIRECT or compared(each.shown.title) != name)


def are_few(hits: Hits) -> bool:
    """So few that other words may be meant. Of few topics with very many posts that is not asked: a second request told
    them apart, and there is no third."""
    return 0 < hits.found <= FEW and not hits.at_least and not hits.asked_again


def found_in(section: str, hits: Hits) -> int:
    return hits.totals.get(section, 0) if section else hits.found


def otherwise(asked: Asked, hits: Hits) -> tuple[Asked, Hits, str]:
    """(the question that is answered after all, its answer, what may have been meant). Where the open section alone has
    nothing, the others keep what they have.
    """
    tries = put_right(asked) if not hits.found else rather(asked) if are_few(hits) else []
    return instead_of(asked, hits, [wide(asked)] if len(asked.words) + len(asked.codes) > 1 else [], tries)


def instead_of(
    asked: Asked, hits: Hits, wider: Sequence[Asked], tries: Sequence[Asked]
) -> tuple[Asked, Hits, str]:
    answers, first = engine().answer_otherwise(wider, tries) if wider or tries else ([], None)
    for other, some in zip(wider, answers, strict=True):
        if some.found and not hits.found:
            asked, hits = other, some
        elif here := found_in(asked.section, some):
            totals = {**hits.totals, asked.section: here}
            at_least = hits.at_least | (some.at_least & {asked.section})
            asked, hits = other, replace(some, totals=totals, at_least=at_least)
    # Only what finds something that this reader may see is offered.
    return asked, hits, "" if first is None else said(tries[first].words)


def wide(asked: Asked) -> Asked:
    """One word will do, and a code without any: "file no. IF2010-03". What means nothing in the reader's language is not
    looked for in others either: "del" is no stop word in French.
    """
    if asked.codes:
        return replace(asked, words=(), codes=asked.codes[:1], any_word=True)
    telling = tuple(word for word in asked.words if stems(word.text, asked.language))
    return replace(asked, words=telling or asked.words, any_word=True)


def rather(asked: Asked) -> list[Asked]:
    """What may have been meant by words that few texts hold: others may be misspelt alike. Another form of the same
    words finds the same, and is not offered.
    """
    return [each for each in put_right(asked) if are_others(each.words, asked)]


def are_others(words: tuple[Word, ...], asked: Asked) -> bool:
    """Whether texts in the reader's language are found by other stems."""
    found, typed = (
        {stem for word in each for stem in stems(word.text, asked.language)} for each in (words, asked.words)
    )
    return not found <= typed


def put_right(asked: Asked) -> list[Asked]:
    """The same with other words, the likeliest first."""
    if not asked.words or asked.phrases or asked.codes:
        return []
    plain = replace(asked, any_word=False, expansions=(), section="", chosen={}, window=(0, 1))
    return [replace(plain, words=words) for words in corrections(asked.words, asked.language)[:MOST_TRIES]]


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
    entries = entries_now(wanted) if wanted else {}
    known = shown_now((entry for entry, _outdated in entries.values()), user, language)
    found: dict[str, list[Found]] = {section: [] for section in SECTIONS}
    for section in SECTIONS:
        for hit in hits.rows.get(section, ()):
            entry, outdated = entries.get(hit.entry, (None, False))
            if entry is not None and entry.ref in known:
                found[section].append(Found(hit, entry, known[entry.ref], outdated))
    return found


def entries_now(keys: Sequence[int]) -> dict[int, tuple[Entry, bool]]:
    """By key, (the entry, whether what it shows has changed since it was made). One query."""
    ref = Concat("source", Value(":"), Cast("object", CharField()))
    changed = Waiting.objects.annotate(ref=ref).filter(object=OuterRef("object"), ref=OuterRef("ref"))
    rows = Entry.objects.filter(pk__in=keys).annotate(outdated=Exists(changed))
    return {entry.pk: (entry, entry.outdated) for entry in rows}


def shown_now(entries: Iterable[Entry], user, language: str) -> dict[str, Shown]:
    """By name of the entry, what may be shown of it. At most three queries: pages, shared entries, the forum."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        by_source[entry.ref.partition(":")[0]].append(entry.object)
    shared: dict[SharedSource, list[int]] = {}
    said: dict[str, list[int]] = {}
    known: dict[str, Shown] = {}
    for name, pks in by_source.items():
        source = source_named(name)
        if isinstance(source, SharedSource):
            shared[source] = pks
        elif isinstance(source, PostSource | TranslationSource):
            said[name] = pks
        elif isinstance(source, PageSource):
            known |= {f"{name}:{pk}": shown for pk, shown in source.shown(pks).items()}
    if shared:
        together = shown_together(shared, language)
        known |= {f"{name}:{pk}": shown for (name, pk), shown in together.items()}
    if said:
        known |= shown_in_forum(said.get(PostSource.name, []), said.get(TranslationSource.name, []), user)
    return known
