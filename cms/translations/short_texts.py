"""Texts that are no works, translated with the same memory, glossary and checks: posts of a forum, say.

Whoever owns such texts keeps them, their translations, and which version each was made from; here is what translating
one takes.
"""

from dataclasses import dataclass

from cms.translations.checks import Finding, check
from cms.translations.models import MemoryEntry
from cms.translations.queries.glossary import term_index
from cms.translations.queries.memory import Wanted
from cms.translations.queries.suggestions import Suggestion, from_memory, ranked
from cms.translations.services.drafting import checked_words
from cms.translations.services.remembering import remember_words


@dataclass(frozen=True, slots=True)
class ShortText:
    """`text`: inline HTML, one paragraph. `version` counts up with every change of it."""

    text: str
    language: str
    version: int = 1

    def changed_since(self, version: int) -> bool:
        """Whether a translation that was made from `version` is behind."""
        return self.version > version


def suggestions_for_text(short: ShortText, language: str) -> list[Suggestion]:
    """What the memory knows for it in `language`, the best first. At most five queries."""
    return ranked(from_memory(Wanted(short.text, short.language, language)), short.text)


def findings_of_text(
    short: ShortText, language: str, words: str, longest: int | None = None
) -> list[Finding]:
    """What is to be said of a translation of it, errors first. At most one query."""
    return check(
        short.text,
        words,
        source_language=short.language,
        target_language=language,
        terms=term_index(short.language, language),
        longest=longest,
    )


def remember_pair(
    short: ShortText, language: str, words: str, *, place: str, title: str = "", author_name: str = ""
) -> MemoryEntry:
    """Keep a translation for the suggestions of other texts: of what everybody may read, and only once they may.

    `place` names the text ("forum.post.12"), `title` what it is shown as coming from. Raises `ValidationError` for
    words that no segment may hold.
    """
    return remember_words(
        short.text,
        checked_words(words, short.text),
        short.language,
        language,
        place=place,
        title=title,
        author_name=author_name,
    )


def forget_pairs(place: str) -> int:
    """What was kept of the text at `place` is not offered any more. Returns how many pairs there were."""
    return MemoryEntry.objects.filter(path=place, work_key=None).delete()[0]
