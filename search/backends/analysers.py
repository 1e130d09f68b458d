"""How a search server analyses: the settings and the mapping of our index. Pure.

A field of each kind for each language, with its own analyser; letter case and accents are folded first, so that what
is typed without them meets what is written with them, and the same words are left out as on every other engine. What
must be found exactly (phrases, codes) is taken apart by `search.analysis` instead. Only filters that both
Elasticsearch and OpenSearch ship are used; `.ci/search-server` has the same for the server of tests.
"""

import functools
import hashlib
import json
from typing import Any

from cms.translations.stems import base_language
from search.analysis import ELIDED
from search.engines import FACETS
from search.ranking import FIELDS
from search.stop_words import STOP_WORDS

# Language → what is done to a word after folding.
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "de": "light_german",
    "en": "english",
    "es": "light_spanish",
    "fr": "light_french",
    "it": "light_italian",
    "pt": "light_portuguese",
}
OTHER = "other"  # a language without a stemmer: its words are looked for as they stand
# Before folding: a letter that stands for two, or a way of writing it.
BEFORE_FOLDING = {"ar": ["decimal_digit", "arabic_normalization"], "de": ["german_normalization"]}
FACET_NAMES = sorted({facet for facets in FACETS.values() for facet in facets})


def column(field: str, language: str) -> str:
    """The field of the index that holds what stands in `field` of texts of `language`."""
    base = base_language(language)
    return f"{field}_{base if base in STEMMERS else OTHER}"


def index_settings() -> dict[str, Any]:
    filters: dict[str, Any] = {}
    analyzers: dict[str, Any] = {
        f"text_{OTHER}": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}
    }
    for language, stemmer in STEMMERS.items():
        chain = ["lowercase"]
        if language == "en":
            filters["possessive_en"] = {"type": "stemmer", "language": "possessive_english"}
            chain.insert(0, "possessive_en")
        if language in ELIDED:
            articles = {"type": "elision", "articles": ELIDED[language], "articles_case": True}
            filters[f"elision_{language}"] = articles
            chain.append(f"elision_{language}")
        chain += [*BEFORE_FOLDING.get(language, []), "asciifolding"]
        filters[f"stop_{language}"] = {"type": "stop", "stopwords": sorted(STOP_WORDS.get(language, ()))}
        filters[f"stem_{language}"] = {"type": "stemmer", "language": stemmer}
        chain += [f"stop_{language}", f"stem_{language}"]
        analyzers[f"text_{language}"] = {"type": "custom", "tokenizer": "standard", "filter": chain}
    return {
        "index": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "1s",
            # A deletion is remembered for longer than any write of an older state can be on its way.
            "gc_deletes": "1h",
            # Of a section the first entries are a fair sample, with all languages of a work: a work's number is a hash.
            "sort": {"field": ["section", "work"], "order": ["asc", "asc"]},
        },
        "analysis": {"filter": filters, "analyzer": analyzers},
    }


def mapping() -> dict[str, Any]:
    keyword = {"type": "keyword"}
    properties: dict[str, Any] = {
        "key": {"type": "long"},
        "section": keyword,
        "language": keyword,
        "access": keyword,
        "work": {"type": "long"},
        # Seconds: servers do not agree on what a number is where a date is asked for.
        "moment": {"type": "long"},
        "until": {"type": "long"},
        "archived": {"type": "boolean"},
        "own_code": keyword,
        "codes": keyword,
        # Words that `search.analysis` made: parted by blanks, each as it is.
        "words": {"type": "text", "analyzer": "whitespace", "norms": False},
        "title_words": {"type": "text", "analyzer": "whitespace", "norms": False},
    }
    properties |= {f"facet_{name}": keyword for name in FACET_NAMES}
    for language in (*STEMMERS, OTHER):
        for field in FIELDS:
            properties[f"{field}_{language}"] = {"type": "text", "analyzer": f"text_{language}"}
    # The texts stand in the database: nothing is ever read back from here but keys.
    return {"dynamic": "strict", "_source": {"enabled": False}, "properties": properties}


@functools.cache
def made_for() -> str:
    """Names the above: an index that was made for other settings is another index."""
    return hashlib.sha256(json.dumps([index_settings(), mapping()], sort_keys=True).encode()).hexdigest()[:10]
