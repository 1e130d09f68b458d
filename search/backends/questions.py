"""What a search server looks for: which entries match, and which of them somebody may see. Pure: values in,
dictionaries out. The searches that are made of it: `searches`.

Words reach the server only inside "match" and "term" queries, which have no syntax: nothing that somebody types can
be an operator there.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from search.analysis import folded, is_stop_word, tied
from search.backends.analysers import column
from search.backends.documents import seconds
from search.engines import FACETS, FORUM, Asked, Expansion, Word
from search.expressions import APART
from search.ranking import FIELDS, HEAD

Body = dict[str, Any]

NOT_DIRECT = 1e-6  # what only an expansion finds comes after everything else
CODE, MENTIONED_CODE, PHRASE_IN_TITLE = 50.0, 5.0, 10.0
MOST_CLAUSES = 900  # of a query; OpenSearch refuses more than 1,024
ELSEWHERE = 0.3  # what a word counts for in the fields it stands in besides its best one


def nothing() -> Body:
    return {"match_none": {}}


def all_of(parts: Iterable[Body]) -> Body:
    return {"bool": {"must": list(parts)}}


def any_of(parts: Iterable[Body]) -> Body:
    return {"bool": {"should": list(parts), "minimum_should_match": 1}}


def best_of(parts: Iterable[Body]) -> Body:
    return {"dis_max": {"queries": list(parts)}}


def word_in(text: str, language: str, among: Iterable[str] = tuple(FIELDS)) -> Body:
    fields = [f"{column(field, language)}^{FIELDS[field]}" for field in among]
    return {"multi_match": {"query": text, "fields": fields, "type": "best_fields", "tie_breaker": ELSEWHERE}}


def tied_together(words: Sequence[Word]) -> Iterator[list[str]]:
    """Each word by itself, or with those that it may be written in one with."""
    at = 0
    while at < len(words):
        length = tied(tuple(words), at)
        yield [word.text for word in words[at : at + length]]
        at += length


def groups_in(words: Sequence[Word], language: str) -> list[Body]:
    """What each word, or each group of words that may be written in one, must be found as."""
    found = []
    for parts in tied_together(words):
        sayable = [word_in(part, language) for part in parts if not is_stop_word(part, language)]
        together = [word_in("".join(parts), language)] if len(parts) > 1 else []
        apart = [all_of(sayable) if len(sayable) > 1 else sayable[0]] if sayable else []
        if together or apart:
            found.append(best_of([*together, *apart]) if together and apart else (together or apart)[0])
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
    # Named where it must be told from what an expansion finds: naming costs something with each hit.
    name = {"_name": "direct"} if asked.expansions else {}
    return {"bool": {"must": parts, **name}} if parts else nothing()


def expanded(asked: Asked, expansion: Expansion, place: int) -> Body:
    parts = [in_language(expansion.words, expansion.language), *phrases_and_codes(asked)]
    only = [{"term": {"language": expansion.language}}, *near_each_other(expansion)]
    name = {"_name": f"expansion {place}"}
    return {"bool": {"must": parts, "filter": only, "boost": NOT_DIRECT, **name}}


def near_each_other(expansion: Expansion) -> Iterator[Body]:
    """Each word of a term to the next one. What stands in the head of a text is about the same anyway."""
    language = expansion.language
    for start, end in expansion.terms:
        groups = [
            parts
            for parts in tied_together(expansion.words[start:end])
            if len(parts) > 1 or not is_stop_word(parts[0], language)
        ]
        for before, after in pairwise(groups):
            these, those = {before[-1], "".join(before)}, {after[0], "".join(after)}
            near = [near_in(f"{this} {that}", language) for this in sorted(these) for that in sorted(those)]
            head = [
                any_of(word_in(text, language, HEAD) for text in sorted(texts)) for texts in (these, those)
            ]
            yield any_of([*near, all_of(head)])


def near_in(pair: str, language: str) -> Body:
    phrase = {
        "query": pair,
        "fields": [column(field, language) for field in FIELDS],
        "type": "phrase",
        # The other way round, two words are two moves apart before anything stands between them.
        "slop": APART + 2,
    }
    return {"multi_match": phrase}


def matched(asked: Asked) -> Body:
    """What is typed, and its expansions; of very many, of many words each, those that a server still takes."""
    found = [direct(asked)] if not asked.empty else []
    room = MOST_CLAUSES - clauses(found)
    for place, each in enumerate(asked.expansions):
        if each.words:
            body = expanded(asked, each, place)
            room -= clauses(body)
            if room < 0:
                break
            found.append(body)
    return any_of(found) if found else nothing()


def clauses(body: Any) -> int:
    """How many a server counts, about: one for each field in which a word is looked for."""
    if isinstance(body, list):
        return sum(map(clauses, body))
    if not isinstance(body, dict):
        return 0
    if "multi_match" in body:
        return len(body["multi_match"]["fields"])
    return sum(map(clauses, body.values()))


def hidden(asked: Asked, without: Iterable[int] = ()) -> list[Body]:
    """What is not to be found. `without`: entries that were withdrawn, which the index still holds."""
    found: list[Body] = [{"range": {"until": {"lte": moment_of(asked)}}}]
    withdrawn = sorted(without)
    if withdrawn:
        found.append({"terms": {"key": withdrawn}})
    return found


def readable(asked: Asked, section: str) -> list[Body]:
    """Filters: what this reader may see of a section."""
    found: list[Body] = [{"term": {"section": section}}, {"terms": {"access": sorted(asked.access)}}]
    if section != FORUM:
        found.append({"terms": {"language": sorted(asked.open_languages)}})
    return found


def moment_of(asked: Asked) -> int:
    return seconds(asked.now or datetime.now(UTC))


def chosen(asked: Asked, leave_out: str = "") -> list[Body]:
    """Filters: what was chosen of the section's facets, but for one of them."""
    return [
        {"terms": {f"facet_{name}": sorted(values)}}
        for name, values in sorted(asked.chosen.items())
        if values and name != leave_out and name in FACETS.get(asked.section, ())
    ]
