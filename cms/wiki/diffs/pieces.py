"""Two texts as one: what stays, what goes, what comes, in runs that a reader can follow."""

from collections.abc import Iterator
from itertools import accumulate

from .values import ADDED, EQUAL, REMOVED, Piece
from .words import Run, Tokens, common_runs, tokens

SHORT_RUN = 4  # words: no longer run between two changes is swallowed by them


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that are not ADDED make `old`, those that are not REMOVED make `new`."""
    if old == new:
        return (Piece(EQUAL, old),) if old else ()
    a, b = tokens(old), tokens(new)
    runs = tidy(common_runs(a.words, b.words), a, b)
    return tuple(_collected(_raw_pieces(runs, a, b)))


def replaced(old: str, new: str) -> tuple[Piece, ...]:
    """For what is one value: the one went, the other came."""
    if old == new:
        return (Piece(EQUAL, old),) if old else ()
    return tuple(piece for piece in (Piece(REMOVED, old), Piece(ADDED, new)) if piece.text)


def tidy(runs: list[Run], a: Tokens, b: Tokens) -> list[Run]:
    """Without the short runs between two changes at least twice as long: they happen to be equal."""
    letters_a = [0, *accumulate(map(len, a.words))]
    letters_b = [0, *accumulate(map(len, b.words))]

    def change(before: Run, after: Run) -> int:
        gone = letters_a[after.i] - letters_a[before.i + before.length]
        come = letters_b[after.j] - letters_b[before.j + before.length]
        return max(gone, come)

    def is_chance(before: Run, run: Run, after: Run) -> bool:
        size = letters_a[run.i + run.length] - letters_a[run.i]
        return run.length <= SHORT_RUN and 2 * size <= min(change(before, run), change(run, after))

    kept = [Run(0, 0, 0)]
    for run in [*runs, Run(len(a.words), len(b.words), 0)]:
        kept.append(run)
        while len(kept) > 2 and is_chance(*kept[-3:]):
            del kept[-2]
    return [run for run in kept if run.length]


def _raw_pieces(runs: list[Run], a: Tokens, b: Tokens) -> Iterator[Piece]:
    i = j = 0
    for run in [*runs, Run(len(a.words), len(b.words), 0)]:
        yield Piece(REMOVED, a.text(i, run.i))
        yield Piece(ADDED, b.text(j, run.j))
        i, j = run.i + run.length, run.j + run.length
        if a.spaces[run.i : i] == b.spaces[run.j : j]:
            yield Piece(EQUAL, a.text(run.i, i))
            continue
        for place in range(run.length):
            yield from _spaces(a.spaces[run.i + place], b.spaces[run.j + place])
            yield Piece(EQUAL, a.words[run.i + place])
    yield from _spaces(a.end, b.end)


def _spaces(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        yield Piece(EQUAL, old)
    else:
        yield Piece(REMOVED, old)
        yield Piece(ADDED, new)


def _collected(raw: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours joined: between two equal pieces at most one that went, then one that came."""
    same = gone = come = ""
    for piece in raw:
        if piece.op == REMOVED:
            gone += piece.text
        elif piece.op == ADDED:
            come += piece.text
        elif piece.text:
            if gone or come:
                same, gone, come, after = _spaces_outside(same, gone, come)
                yield from _written(same, gone, come)
                same, gone, come = after, "", ""
            same += piece.text
    same, gone, come, after = _spaces_outside(same, gone, come)
    yield from _written(same, gone, come)
    yield from _written(after, "", "")


def _written(same: str, gone: str, come: str) -> Iterator[Piece]:
    for op, text in ((EQUAL, same), (REMOVED, gone), (ADDED, come)):
        if text:
            yield Piece(op, text)


def _spaces_outside(same: str, gone: str, come: str) -> tuple[str, str, str, str]:
    """The same, with the space that both begin or end with told as staying: lines begin and end with words."""
    after = ""
    if gone and come:
        while gone and come and gone[0] == come[0] and gone[0].isspace():
            same, gone, come = same + gone[0], gone[1:], come[1:]
        while gone and come and gone[-1] == come[-1] and gone[-1].isspace():
            after, gone, come = gone[-1] + after, gone[:-1], come[:-1]
    return same, gone, come, after
