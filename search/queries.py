"""What is found: documents in the visitor's language, by the search library's default backend."""

import re

from wagtail.models import Locale

from initiatives.catalogue import Work
from initiatives.models import Document
from initiatives.queries.catalogue import catalogue

LONGEST = 200  # characters of a query that are looked at
MOST = 200  # hits that can be paged through
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")

# What backends are asked: words only. Quotation marks and operators mean different things to each, and
# an unbalanced one is an error to SQLite's.
WORD = re.compile(r"[^\W_]+")


def clean_query(text: str) -> str:
    """The query as it is searched and shown: on one line, without control characters, not too long."""
    return UNPRINTABLE.sub(" ", text[: LONGEST * 4]).strip()[:LONGEST].strip()


def found_works(query: str, language: str) -> list[Work]:
    """Public works whose page in `language` holds all words of `query`, the closest first; at most `MOST`.

    The index cannot tell who may see a page. The catalogue holds public pages only, and sorts the others out.
    """
    words = " ".join(WORD.findall(query))
    if not words:
        return []
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None:
        return []
    hits = Document.objects.filter(locale=locale, live=True).search(words, operator="and")[:MOST]
    found = catalogue()
    ranks = (found.rank_of_page.get(hit.pk) for hit in hits)
    return [found.works[rank] for rank in ranks if rank is not None]
