"""What somebody typed into the search box, read: words, "quoted phrases", reference codes. Pure.

Nothing they can type is an error, and nothing has a meaning of its own but quotation marks: operators and wildcards
of search engines are words or nothing.
"""

import re
from dataclasses import dataclass

from search.analysis import CODE_KINDS, Token, tidy, tokens
from search.engines import Word

LONGEST = 200  # characters of a query that are looked at
MOST_WORDS = 12
MOST_PHRASES = 4
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
# A reference code as people type it who have it on paper: IF2010/03, IF_2010_03, IF2010 - 03, IF2010 n° 3, IF201003. Not
# what goes on like a date.
_TYPED_CODE = re.compile(
    rf"(?<![^\W_]){CODE_KINDS}[ ._/:‐-―−-]?(?P<year>(?:19|20)[0-9]{{2}})"
    r"(?: ?[._/:‐-―−-] ?(?P<number>[0-9]{1,3})| ?(?ai:n[°ºo]\.?|№|#) ?(?P<named>[0-9]{1,3})|(?P<close>[0-9]{2,3}))"
    r"(?![^\W_]|[-./][0-9])"
)
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


def with_codes(text: str) -> str:
    """The same with reference codes as texts write them: "IF2010-03"."""

    def written(match: re.Match) -> str:
        return f"{match['kind']}{match['year']}-{match['number'] or match['named'] or match['close']}"

    return _TYPED_CODE.sub(written, text)


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
    rest = _QUOTED.sub(take_phrase, with_codes(shown))
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
