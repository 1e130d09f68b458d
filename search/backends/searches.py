"""The searches that answer one question of a reader, all sent in one request. Pure. How they are read: `answers`.

Finding and counting are searches apart, and neither looks at all that matches: the best entries are found without
looking at those that cannot be among them, which a server does only where it has nothing to count, to group or to
sort by; and counting ends after `COUNTED` entries. So a word in every second text costs little more than a rare one.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from search.backends.questions import Body, chosen, hidden, matched, moment_of, readable
from search.engines import FACETS, FORUM, SECTIONS, Asked
from search.ranking import ARCHIVED, AS_GOOD, OWN_LANGUAGE

REACHABLE = 10_000  # entries that can be paged through: a server refuses to go further
# So many entries are looked at, and two more for each work that is to be shown; where those hold too few works, more.
ENTRIES, OF_A_WORK, TIMES = 40, 2, 10
WEIGHED = 200  # the best entries, that language, age and archive can put in another order
# Entries of a section that are counted, in the index's own order: that of a hash of their works (`analysers`). Where there
# are more, they are a sample that prefers nothing, and the numbers are told as "more than". So few, because counting is
# what a question with facets costs most; and told to be exact up to `EXACTLY`, a server in fact is up to 1,536, and
# estimates beyond. To be exact further it takes twice the memory, for each value of a facet.
COUNTED = 1_500
EXACTLY = 1_000
FACET_VALUES = 500  # of a facet; a server gives ten where it is not told
DECADE = 10 * 365 * 24 * 3600
SHOWN = ("key", "work", "language")


class Purpose(Enum):
    BEST = auto()  # the best entries, of which those are that will be shown
    TOPICS = auto()  # the topics to show, where the best posts are of too few
    TOTAL = auto()  # how many works the section has, whatever was chosen
    LEFT = auto()  # how many are left by what was chosen, and the values of the facets without a choice
    FACET = auto()  # the values of a facet with a choice, as they would be without it
    OWN = auto()  # which works are found in the reader's language too
    ANY = auto()  # whether anything is found


@dataclass(frozen=True, slots=True)
class Search:
    purpose: Purpose
    section: str
    body: Body


def searches(asked: Asked, without: Iterable[int] = ()) -> list[Search]:
    """For each section a search that counts, and for those whose hits are asked for one that finds."""
    left_out = tuple(without)
    found = []
    for section in SECTIONS:
        if asked.section in ("", section):
            found.append(best(asked, section, left_out, entries_for(asked.window[1])))
        if asked.section == section:
            found += narrowed(asked, left_out)
        else:
            found.append(Search(Purpose.TOTAL, section, counting(asked, section, left_out)))
    return found


def all_at_once(asked: Asked, without: Iterable[int] = ()) -> list[Search]:
    """As `searches`, for a question that gets no second request."""
    found = searches(asked, without)
    if asked.section in ("", FORUM):
        found.append(topics(asked, without))
    return found


def entries_for(works: int) -> int:
    """How many entries are looked at, to show so many works."""
    return min(ENTRIES + max(0, works) * OF_A_WORK, REACHABLE)


def more(asked: Asked, section: str, without: Iterable[int]) -> Search:
    """Where the entries that were looked at hold too few works. A work has an entry for each language, a topic may have
    any number."""
    if section == FORUM:
        return topics(asked, without)
    return best(asked, section, without, min(entries_for(asked.window[1]) * TIMES, REACHABLE))


def best(asked: Asked, section: str, without: Iterable[int], entries: int) -> Search:
    body = {
        "size": entries,
        "track_total_hits": False,
        "query": scored(asked, section, without),
        "rescore": {
            "window_size": WEIGHED,
            "query": {
                "rescore_query": weighed(asked),
                "score_mode": "multiply",
                # No factor is below 1 then: the best stay before all that were not weighed.
                "rescore_query_weight": math.ceil(1 / ARCHIVED),
            },
        },
        # Else what is stored of each hit would be read.
        "stored_fields": "_none_",
        "docvalue_fields": [*SHOWN],
    }
    return Search(Purpose.BEST, section, body)


def topics(asked: Asked, without: Iterable[int]) -> Search:
    """The topics to show, each by its best post, with how many of its posts were found: all that match are looked at."""
    start, stop = (min(max(0, each), REACHABLE) for each in asked.window)
    body = {
        "size": max(0, stop - start),
        "from": start,
        "track_total_hits": False,
        "query": weighed(asked, scored(asked, FORUM, without)),
        "collapse": {"field": "work", "inner_hits": {"name": "found", "size": 0}},
        "docvalue_fields": [*SHOWN],
    }
    return Search(Purpose.TOPICS, FORUM, body)


def scored(asked: Asked, section: str, without: Iterable[int]) -> Body:
    narrowing = chosen(asked) if section == asked.section else []
    return {
        "bool": {
            "must": [matched(asked)],
            "filter": [*readable(asked, section), *narrowing],
            "must_not": hidden(asked, without),
        }
    }


def weighed(asked: Asked, question: Body | None = None) -> Body:
    """The reader's language first, archived last, and of two that are as good the newer one: by what factor, or with a
    `question`, its score times that.
    """
    functions = [
        {"filter": {"term": {"language": asked.language}}, "weight": OWN_LANGUAGE},
        {"filter": {"term": {"archived": True}}, "weight": ARCHIVED},
    ]
    kept = {
        "function_score": {
            "query": question or {"match_all": {}},
            "functions": functions,
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }
    decay = {"scale": DECADE, "decay": 0.5, "origin": moment_of(asked)}
    newer = [{"weight": 1.0}, {"exp": {"moment": decay}, "weight": AS_GOOD - 1.0}]
    return {
        "function_score": {"query": kept, "functions": newer, "score_mode": "sum", "boost_mode": "multiply"}
    }


def narrowed(asked: Asked, without: Iterable[int]) -> list[Search]:
    """The counts of the section that is open. Each choice is a search of its own: it counts up to `COUNTED` of what
    that choice leaves, however much there is without it."""
    section = asked.section
    narrowing = [name for name in FACETS[section] if asked.chosen.get(name)]
    free = [name for name in FACETS[section] if name not in narrowing]
    left = counting(asked, section, without, chosen(asked), free)
    if not narrowing:
        return [Search(Purpose.LEFT, section, left)]
    return [
        Search(Purpose.TOTAL, section, counting(asked, section, without)),
        Search(Purpose.LEFT, section, left),
        *(
            Search(
                Purpose.FACET,
                section,
                counting(asked, section, without, chosen(asked, leave_out=name), [name]),
            )
            for name in narrowing
        ),
    ]


def counting(
    asked: Asked,
    section: str,
    without: Iterable[int],
    narrowing: Iterable[Body] = (),
    facets: Iterable[str] = (),
) -> Body:
    values = {
        f"facet {name}": {
            "terms": {"field": f"facet_{name}", "size": FACET_VALUES},
            "aggs": {"works": works()},
        }
        for name in facets
    }
    return {
        "size": 0,
        "track_total_hits": False,
        "terminate_after": COUNTED,
        "query": {
            "bool": {
                "filter": [matched(asked), *readable(asked, section), *narrowing],
                "must_not": hidden(asked, without),
            }
        },
        "aggs": {"works": works()} | values,
    }


def works() -> Body:
    return {"cardinality": {"field": "work", "precision_threshold": EXACTLY}}


def in_own_language(asked: Asked, without: Iterable[int], shown: Iterable[int]) -> Search:
    """Which of some works, by their numbers, are found in the reader's language too."""
    numbers = sorted(shown)
    only: list[Body] = [
        {"terms": {"access": sorted(asked.access)}},
        {"term": {"language": asked.language}},
        {"terms": {"work": numbers}},
        *(chosen(asked) if asked.section else ()),
    ]
    body = {
        "size": len(numbers),
        "track_total_hits": False,
        "query": {
            "bool": {
                "must": [matched(asked)],
                "filter": only,
                "must_not": [*hidden(asked, without), {"term": {"section": FORUM}}],
            }
        },
        "stored_fields": "_none_",
        "docvalue_fields": [*SHOWN],
    }
    return Search(Purpose.OWN, "", body)


def any_found(asked: Asked, without: Iterable[int] = ()) -> Search:
    """Whether this reader may see anything that matches, in any section."""
    somewhere = [{"bool": {"filter": readable(asked, section)}} for section in SECTIONS]
    body = {
        "size": 1,
        "track_total_hits": False,
        "terminate_after": 1,
        "query": {
            "bool": {
                "filter": [matched(asked), {"bool": {"should": somewhere, "minimum_should_match": 1}}],
                "must_not": hidden(asked, without),
            }
        },
    }
    return Search(Purpose.ANY, "", body)
