"""What somebody typed into the search box, read: words, "quoted phrases", reference codes. Pure.

Nothing they can type is an error, and nothing has a meaning of its own but quotation marks: operators and wildcards
of search engines are words or nothing.
"""

import re
from dataclasses import dataclass

from search.analysis import Token, tidy, tokens
from search.engines import Word

LONGEST = 200  # characters of a query that are looked at
MOST_WORDS = 12
MOST_PHRASES = 4
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_QUOTED = re.compile(r"\"([^\"]*)\"|“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»")


@dataclass(frozen=True, slots=True)
class Query:
    """`text`: as it is shown; `cut`: it was longer, or had more words than are looked for."""

    text: str = ""
    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    codes: tuple[str, ...] = ()
    cut: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to look for."""
        return not (self.words or self.phrases or self.codes)


def cleaned(text: str) -> tuple[str, bool]:
    """(the query on one line, without control characters, not too long; whether something was cut off)."""
    beginning = tidy(UNPRINTABLE.sub(" ", text[: LONGEST * 4]))
    return beginning[:LONGEST].strip(), len(beginning) > LONGEST or len(text) > LONGEST * 4


def read(text: str) -> Query:
    shown, cut = cleaned(text)
    phrases: list[tuple[str, ...]] = []
    codes: list[str] = []

    def take_phrase(match: re.Match) -> str:
        quoted = next(filter(None, match.groups()), "")
        found = list(tokens(quoted))
        if len(found) == 1 and found[0].is_code:
            return f" {quoted} "
        if found:
            phrases.append(tuple(token.folded for token in found))
        return " "

    words: list[Word] = []
    rest = _QUOTED.sub(take_phrase, shown)
    for token in tokens(rest):
        if token.is_code:
            codes.append(token.folded.upper())
        else:
            words.append(word_of(rest, token))
    words = list(dict.fromkeys(words))
    return Query(
        shown,
        tuple(words[:MOST_WORDS]),
        tuple(dict.fromkeys(phrases))[:MOST_PHRASES],
        tuple(dict.fromkeys(codes))[:MOST_PHRASES],
        cut or len(words) > MOST_WORDS or len(phrases) > MOST_PHRASES,
    )


def word_of(text: str, token: Token) -> Word:
    return Word(text[token.start : token.end], token.joined)


def words_in(text: str) -> tuple[Word, ...]:
    """The words of a term."""
    return tuple(word_of(text, token) for token in tokens(text) if not token.is_code)
