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


def errors_allowed(word: str) -> int:
    """Letters wrong, missing, too many, or two of them changed over."""
    return 1 if len(word) < 7 else 2


def nearest(word: str, vocabulary: Mapping[str, str]) -> list[str]:
    """Words of `vocabulary` (folded → as it is written) near to `word`, the nearest first; none if it is one."""
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
    found.sort(key=lambda each: (each[1] + (each[0][:1] != plain[:1]), each[0]))
    return [vocabulary[each] for each, _distance, _place in found[:NEAREST]]


def corrected(words: Sequence[Word], vocabulary: Mapping[str, str]) -> list[tuple[Word, ...]]:
    """The query with its unknown words put right, the likeliest first; [] where there is nothing to put right."""
    choices = []
    changed = False
    for word in words:
        near = nearest(word.text, vocabulary)
        changed = changed or bool(near)
        choices.append([Word(each, word.joined) for each in near] or [word])
    return list(islice(product(*choices), MOST)) if changed else []
