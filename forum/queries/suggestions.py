"""What the site's memory and checks say of the translation of a post, passage by passage."""

from typing import NamedTuple

from cms.translations.checks import Finding
from cms.translations.queries.suggestions import Suggestion
from cms.translations.short_texts import ShortText, findings_of_text, suggestions_for_text
from forum.passages import paired, passages

MOST_PASSAGES = 8  # each asks the memory three times
MOST = 2  # suggestions for each
MOST_FINDINGS = 12


class OfPassage(NamedTuple):
    number: int  # from 1, as they stand in the post
    html: str
    suggestions: list[Suggestion]


def suggestions_of(html: str, source_language: str, language: str) -> list[OfPassage]:
    """For the first passages of a post, those for which something is known."""
    found = []
    for number, passage in enumerate(passages(html)[:MOST_PASSAGES], 1):
        known = suggestions_for_text(ShortText(passage.html, source_language), language)[:MOST]
        if known:
            found.append(OfPassage(number, passage.html, known))
    return found


def findings_of(html: str, source_language: str, translation: str, language: str) -> list[Finding]:
    """What is to be said of a translation, where both are built alike; each thing once."""
    found: dict[tuple[str, str], Finding] = {}
    for source, words in paired(html, translation):
        for finding in findings_of_text(ShortText(source, source_language), language, words):
            found.setdefault((finding.code, finding.detail), finding)
    return list(found.values())[:MOST_FINDINGS]
