"""What something costs, in a measure that is the same on a slow machine and on a busy one.

A bound in seconds fails where the machine is slow, not where the code is. Here the CPU of the work is set
against the CPU of a fixed piece of Python that is run before and after it: a ratio within one run, as the
bench makes them. A bound guards against growth out of proportion (a pattern that tries every beginning to the
end, each with each), so it stands at several times what is measured.
"""

from collections.abc import Callable
from time import process_time
from typing import Any

STANDARD = 20_000


def standard_piece() -> float:
    """Seconds of CPU of the piece all is measured by: words cut, looked up and put together, some 10 ms."""
    begun = process_time()
    seen: dict[str, int] = {}
    for number in range(STANDARD):
        for word in f"a {number % 97} b".split():
            seen[word] = seen.get(word, 0) + 1
    return process_time() - begun


def pieces(work: Callable[[], Any]) -> tuple[float, Any]:
    """How many standard pieces `work` costs (CPU of this process), and what it returns.

    The dearer of the pieces before and after counts: where the machine slows down in between, the work is not
    blamed for it.
    """
    before = standard_piece()
    begun = process_time()
    result = work()
    spent = process_time() - begun
    return spent / max(before, standard_piece()), result
