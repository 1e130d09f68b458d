"""What a search server is asked. Pure: values in, dictionaries out. How its answer is read: `answers`.

Words reach the server only inside "match" and "term" queries, which have no syntax: nothing that somebody types can
be an operator there.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from search.analysis import folded, is_stop_word, tied
from search.backends.analysers import column
from search.backends.documents import seconds
from search.engines import FACETS, FORUM, SECTIONS, Asked, Expansion, Word
from search.ranking import ARCHIVED, AS_GOOD, FIELDS, OWN_LANGUAGE

Body = dict[str, Any]

FACET_VALUES = 500  # of a facet; a server gives ten where it is not told
REACHABLE = 10_000  # hits of a section that can be paged through: a server refuses to go further
MOST_INNER_HITS = 100  # a server refuses more
# Counted exactly up to about so many works; more, to within some percent.
EXACTLY, EXACTLY_IN_FACETS = 10_000, 1_000
FACETED = 2_000  # entries whose facets are counted, the best ones: a facet of all would take most of the time
NOT_DIRECT = 1e-6  # what only an expansion finds comes after everything else
CODE, MENTIONED_CODE, PHRASE_IN_TITLE = 50.0, 5.0, 10.0
ELSEWHERE = 0.3  # what a word counts for in the fields it stands in besides its best one
DECADE = 10 * 365 * 24 * 3600


def nothing() -> Body:
    return {"match_none": {}}


def all_of(parts: Iterable[Body]) -> Body:
    return {"bool": {"must": list(parts)}}


def any_of(parts: Iterable[Body]) -> Body:
    return {"bool": {"should": list(parts), "minimum_should_match": 1}}


def best_of(parts: Iterable[Body]) -> Body:
    return {"dis_max": {"queries": list(parts)}}


def word_in(text: str, language: str) -> Body:
    fields = [f"{column(field, language)}^{weight}" for field, weight in FIELDS.items()]
    return {"multi_match": {"query": text, "fields": fields, "type": "best_fields", "tie_breaker": ELSEWHERE}}


def groups_in(words: tuple[Word, ...], language: str) -> list[Body]:
    """What each word, or each group of words that may be written in one, must be found as."""
    found = []
    at = 0
    while at < len(words):
        length = tied(words, at)
        parts = [word.text for word in words[at : at + length]]
        sayable = [word_in(part, language) for part in parts if not is_stop_word(part, language)]
        together = [word_in("".join(parts), language)] if length > 1 else []
        apart = [all_of(sayable) if len(sayable) > 1 else sayable[0]] if sayable else []
        if together or apart:
            found.append(best_of([*together, *apart]) if together and apart else (together or apart)[0])
        at += length
    return found


def in_language(words: tuple[Word, ...], language: str, any_word: bool = False) -> Body:
    groups = groups_in(words, language)
    if groups:
        return any_of(groups) if any_word else all_of(groups)
    # Nothing but stop words: as they stand, in texts of that language.
    plain = [{"match": {"words": folded(word.text)}} for word in words]
    return {"bool": {"must": plain, "filter": [{"term": {"language": language}}]}}


def phrases_and_codes(asked: Asked) -> list[Body]:
    found = []
    for phrase in asked.phrases:
        text = {"query": " ".join(phrase)}
        in_title = {"match_phrase": {"title_words": text | {"boost": PHRASE_IN_TITLE}}}
        found.append(best_of([{"match_phrase": {"words": text}}, in_title]))
    for code in asked.codes:
        name = code.lower()
        own = {"constant_score": {"filter": {"term": {"own_code": name}}, "boost": CODE}}
        mentioned = {"constant_score": {"filter": {"term": {"codes": name}}, "boost": MENTIONED_CODE}}
        found.append(best_of([own, mentioned]))
    return found


def columns_of(languages: Iterable[str]) -> list[str]:
    """One language for each set of fields: two without a stemmer share theirs."""
    return list({column("", language): language for language in languages}.values())


def direct(asked: Asked) -> Body:
    """What an entry must hold."""
    parts = phrases_and_codes(asked)
    if asked.words:
        languages = columns_of([asked.language, *asked.languages])
        parts.insert(0, best_of(in_language(asked.words, each, asked.any_word) for each in languages))
    return {"bool": {"must": parts, "_name": "direct"}} if parts else nothing()


def expanded(asked: Asked, expansion: Expansion, place: int) -> Body:
    parts = [in_language(expansion.words, expansion.language), *phrases_and_codes(asked)]
    only = [{"term": {"language": expansion.language}}]
    name = {"_name": f"expansion {place}"}
    return {"bool": {"must": parts, "filter": only, "boost": NOT_DIRECT, **name}}


def matched(asked: Asked) -> Body:
    found = [direct(asked)] if not asked.empty else []
    found += [expanded(asked, each, place) for place, each in enumerate(asked.expansions) if each.words]
    return any_of(found) if found else nothing()


def visible(asked: Asked, without: Iterable[int] = ()) -> Body:
    """A filter: what this reader may see. `without`: entries that were withdrawn, which the index still holds."""
    open_here: list[Body] = [
        {"term": {"section": FORUM}},
        {"terms": {"language": sorted(asked.open_languages)}},
    ]
    hidden: list[Body] = [{"range": {"until": {"lte": moment_of(asked)}}}]
    withdrawn = sorted(without)
    if withdrawn:
        hidden.append({"terms": {"key": withdrawn}})
    access = {"terms": {"access": sorted(asked.access)}}
    return {"bool": {"filter": [access, any_of(open_here)], "must_not": hidden}}


def moment_of(asked: Asked) -> int:
    return seconds(asked.now or datetime.now(UTC))


def chosen(asked: Asked, leave_out: str = "") -> Body:
    """A filter: what was chosen of the section's facets, but for one of them."""
    return {
        "bool": {
            "filter": [
                {"terms": {f"facet_{name}": sorted(values)}}
                for name, values in sorted(asked.chosen.items())
                if values and name != leave_out and name in FACETS.get(asked.section, ())
            ]
        }
    }


def weighed(asked: Asked, question: Body) -> Body:
    """The reader's language first, archived last, and of two that are as good the newer one."""
    functions = [
        {"filter": {"term": {"language": asked.language}}, "weight": OWN_LANGUAGE},
        {"filter": {"term": {"archived": True}}, "weight": ARCHIVED},
    ]
    kept = {"function_score": {"query": question, "functions": functions, "score_mode": "multiply"}}
    decay = {"scale": DECADE, "decay": 0.5, "origin": moment_of(asked)}
    newer = [{"weight": 1.0}, {"gauss": {"moment": decay}, "weight": AS_GOOD - 1.0}]
    return {
        "function_score": {"query": kept, "functions": newer, "score_mode": "sum", "boost_mode": "multiply"}
    }


def works(exactly: int) -> Body:
    return {"cardinality": {"field": "work", "precision_threshold": exactly}}


def searches(asked: Asked, without: Iterable[int] = ()) -> list[Body]:
    """One for each section whose hits are asked for, in their order, and one that counts the others."""
    condition = visible(asked, without)
    wanted = [asked.section] if asked.section else SECTIONS
    found = [section_search(asked, section, condition) for section in wanted]
    others = [section for section in SECTIONS if section not in wanted]
    if others:
        only = [condition, {"terms": {"section": others}}]
        found.append(
            {
                "size": 0,
                "track_total_hits": False,
                "query": {"bool": {"must": [matched(asked)], "filter": only}},
                "aggs": {
                    "sections": {
                        "terms": {"field": "section", "size": len(SECTIONS)},
                        "aggs": {"works": works(EXACTLY)},
                    }
                },
            }
        )
    return found


def section_search(asked: Asked, section: str, condition: Body) -> Body:
    start, stop = asked.window
    start = max(0, min(start, REACHABLE))
    size = max(0, min(stop, REACHABLE) - start)
    question = {
        "bool": {"must": [matched(asked)], "filter": [condition, {"term": {"section": section}}]},
    }
    aggregations: Body = {"total": works(EXACTLY)}
    if section == asked.section:
        aggregations |= facets(asked, section)
    body: Body = {
        "size": size,
        "from": start if size else 0,
        "track_total_hits": False,
        "query": weighed(asked, question),
        "aggs": aggregations,
        "docvalue_fields": ["key"],
        # One of each work, with how many of its entries were found.
        "collapse": {"field": "work", "inner_hits": inner_hits(asked, section)},
        "sort": [{"_score": "desc"}, {"moment": "desc"}, {"key": "desc"}],
        "track_scores": True,
    }
    if section == asked.section and any(asked.chosen.values()):
        body["post_filter"] = chosen(asked)
    return body


def facets(asked: Asked, section: str) -> Body:
    """What is left of the section by what was chosen, and the facets' values: "left" has those of facets in which
    nothing was chosen; each of the others has its own, as it would be without its choice.
    """
    narrowing = [name for name in FACETS[section] if asked.chosen.get(name)]
    free = [name for name in FACETS[section] if name not in narrowing]
    left = {"filter": chosen(asked), "aggs": sample(free) | {"works": works(EXACTLY)}}
    alone = {
        f"facet {name}": {"filter": chosen(asked, leave_out=name), "aggs": sample([name])}
        for name in narrowing
    }
    return {"left": left, **alone}


def sample(names: Iterable[str]) -> Body:
    values = {
        f"facet {name}": {
            "terms": {"field": f"facet_{name}", "size": FACET_VALUES},
            "aggs": {"works": works(EXACTLY_IN_FACETS)},
        }
        for name in names
    }
    return {"best": {"sampler": {"shard_size": FACETED}, "aggs": values}} if values else {}


def inner_hits(asked: Asked, section: str) -> Body:
    """Of each work: a row for each language it may be found in, of a conversation their number alone."""
    if section == FORUM:
        return {"name": "found", "size": 0}
    size = min(max(1, len(asked.open_languages)), MOST_INNER_HITS)
    return {"name": "found", "size": size, "docvalue_fields": ["key", "language"]}
