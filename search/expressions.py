"""A query as a tree of what must stand in an entry, for engines whose index holds the words of `analysis`. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cms.translations.stems import base_language
from search.analysis import Group, folded, groups, is_code
from search.engines import Asked, Expansion, Word


class Leaf(NamedTuple):
    """`kind`: "stem" (in the fields), "head" (a stem in those of `HEAD`), "words" (as they stand, one after the other),
    "mark".
    """

    kind: str
    value: str | tuple[str, ...]


class All(NamedTuple):
    parts: tuple["Node", ...]


class Any(NamedTuple):
    parts: tuple["Node", ...]


class Near(NamedTuple):
    """One of the stems `these` and one of `those` in one field, at most `APART` other stems between them."""

    these: tuple[str, ...]
    those: tuple[str, ...]


Node = Leaf | All | Any | Near
# Stop words have no stem, other words one or two: in "economía popular, social y solidaria" two stand between.
APART = 3


def every(parts: Iterable[Node | None]) -> Node | None:
    """All of them; those that say nothing are left out."""
    found = tuple(dict.fromkeys(part for part in parts if part is not None))
    return None if not found else found[0] if len(found) == 1 else All(found)


def either(parts: Iterable[Node | None]) -> Node | None:
    found = tuple(dict.fromkeys(part for part in parts if part is not None))
    return None if not found else found[0] if len(found) == 1 else Any(found)


def token(stem: str, language: str) -> str:
    """A stem as it stands in the index: those of one language do not meet those of another."""
    return stem if is_code(stem) else f"{base_language(language)}.{stem}"


def direct(asked: Asked, languages: Sequence[str] | None = None) -> Node | None:
    """What an entry must hold; with `languages`, in texts of those only. None: nothing can."""
    known = tuple(languages or asked.languages)
    words = either(in_language(asked.words, language, asked.any_word) for language in known)
    if asked.words and words is None:
        return None
    limit = either(Leaf("mark", f"language={each}") for each in known) if languages and not words else None
    return every([words, *_as_it_stands(asked, known), limit])


def expanded(asked: Asked) -> Node | None:
    """What an entry holds that only the expansions find. Phrases and codes hold for those too."""
    found = either(
        every([in_language(each.words, each.language), *_near_each_other(each)]) for each in asked.expansions
    )
    return found and every([found, *_as_it_stands(asked, asked.languages)])


def _near_each_other(expansion: Expansion) -> Iterator[Node | None]:
    """Each word of a term to the next one. What stands in the head of a text is about the same anyway."""
    for start, end in expansion.terms:
        for before, after in pairwise(groups(expansion.words[start:end], expansion.language)):
            these = _tokens((alternative[-1] for alternative in before), expansion.language)
            those = _tokens((alternative[0] for alternative in after), expansion.language)
            head = every(either(Leaf("head", stem) for stem in stems) for stems in (these, those))
            yield either([Near(these, those), head])


def _tokens(choices: Iterable[tuple[str, ...]], language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token(stem, language) for stems in choices for stem in stems))


def _as_it_stands(asked: Asked, languages: Sequence[str]) -> Iterator[Node | None]:
    for code in asked.codes:
        yield Leaf("stem", code.lower())
    for phrase in asked.phrases:
        yield Leaf("words", phrase)
        # Its words are asked for besides: what matters in which field they stand. Where they are stop words in one of
        # the languages, they stand in no field of its texts.
        words = tuple(map(Word, phrase))
        fields = [every(_groups(words, language)) for language in languages]
        if all(fields):
            yield either(fields)


def in_language(words: tuple[Word, ...], language: str, any_word: bool = False) -> Node | None:
    parts = _groups(words, language)
    if parts:
        return either(parts) if any_word else every(parts)
    # Nothing but stop words: as they stand, in texts of that language.
    plain = [Leaf("words", (folded(word.text),)) for word in words]
    return every([*plain, Leaf("mark", f"language={language}")]) if plain else None


def _groups(words: tuple[Word, ...], language: str) -> list[Node | None]:
    return [_group(group, language) for group in groups(words, language)]


def _group(group: Group, language: str) -> Node | None:
    return either(
        every(either(Leaf("stem", token(stem, language)) for stem in stems) for stems in alternative)
        for alternative in group
    )


def filed(asked: Asked, leave_out: str = "") -> Node | None:
    """What an entry must be filed under; `leave_out`: without the choice in one facet."""
    return every(
        either(Leaf("mark", f"{facet}={value}") for value in sorted(values))
        for facet, values in asked.chosen.items()
        if values and facet != leave_out
    )


def leaves(node: Node | None) -> list[Leaf]:
    if node is None:
        return []
    if isinstance(node, Leaf):
        return [node]
    if isinstance(node, Near):
        return []
    return [leaf for part in node.parts for leaf in leaves(part)]
