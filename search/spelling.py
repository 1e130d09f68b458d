"""What somebody may have meant who typed a word that no title holds: the nearest words that titles do hold. Pure."""

from collections.abc import Mapping, Sequence
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import folded
from search.engines import Word

SHORTEST = 4  # letters; shorter words are near to too many others
NEAREST = 3  # words offered for one
MOST = 3  # corrected queries that are tried
Vocabulary = Mapping[str, Mapping[str, str]]
"""Words of titles: folded → language → as it is written there."""


def errors_allowed(word: str) -> int:
    """Letters wrong, missing, too many, or two of them changed over."""
    return 1 if len(word) < 7 else 2


def nearest(word: str, vocabulary: Vocabulary, language: str) -> list[str]:
    """Words of `vocabulary` near to `word`, the nearest first, of those `language`'s own; none if it is one."""
    plain = folded(word)
    if len(plain) < SHORTEST or plain in vocabulary or not plain.isalpha():
        return []
    found = process.extract(
        plain,
        vocabulary.keys(),
        scorer=OSA.distance,
        score_cutoff=errors_allowed(plain),
        limit=NEAREST * 4,
    )
    # Few get the first letter wrong.
    found.sort(
        key=lambda each: (each[1] + (each[0][:1] != plain[:1]), language not in vocabulary[each[0]], each[0])
    )
    return [
        vocabulary[each].get(language) or next(iter(vocabulary[each].values()))
        for each, _distance, _place in found[:NEAREST]
    ]


def corrected(words: Sequence[Word], vocabulary: Vocabulary, language: str) -> list[tuple[Word, ...]]:
    """The query with its unknown words put right, the likeliest first; [] where there is nothing to put right."""
    choices = []
    changed = False
    for word in words:
        near = nearest(word.text, vocabulary, language)
        changed = changed or bool(near)
        choices.append([Word(each, word.joined) for each in near] or [word])
    return list(islice(product(*choices), MOST)) if changed else []
