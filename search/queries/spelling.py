"""What somebody may have meant who found nothing."""

import threading

from search.engines import Word
from search.models import TitleWord
from search.spelling import corrected

_lock = threading.Lock()
_known: dict[str, str] = {}  # folded → written
_read_up_to = 0


def vocabulary() -> dict[str, str]:
    """The words of titles. One query; in this process, words are read once."""
    global _read_up_to
    with _lock:
        rows = TitleWord.objects.filter(pk__gt=_read_up_to).order_by("pk")
        for pk, folded, written in rows.values_list("pk", "folded", "written"):
            _known[folded] = written
            _read_up_to = pk
        return _known


def corrections(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Other words to try, the likeliest first: whether they find anything is not known yet."""
    return corrected(words, vocabulary())
