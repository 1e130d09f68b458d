"""What somebody may have meant who found nothing, or little."""

import threading
from collections.abc import Mapping

from search.engines import Word
from search.models import TitleWord
from search.spelling import corrected

AGAIN = 200  # rows that are read again: of two made at the same time, the earlier one may be committed later


class Vocabulary:
    """The words of titles, as far as this process has read them: folded → language → written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._known: dict[str, dict[str, str]] = {}
        self._read_up_to = 0

    def words(self) -> Mapping[str, Mapping[str, str]]:
        """One query. What is given is never changed: another thread may still be looking through it."""
        with self._lock:
            rows = TitleWord.objects.filter(pk__gt=self._read_up_to - AGAIN).order_by("pk")
            new: dict[str, dict[str, str]] = {}
            for pk, folded, language, written in rows.values_list("pk", "folded", "language", "written"):
                self._read_up_to = max(pk, self._read_up_to)
                known = new.get(folded) or self._known.get(folded, {})
                if language not in known:
                    new[folded] = {**known, language: written}
            if new:
                self._known = self._known | new
            return self._known


vocabulary = Vocabulary()


def corrections(words: tuple[Word, ...], language: str) -> list[tuple[Word, ...]]:
    """Other words to try, the likeliest first: whether they find anything is not known yet."""
    return corrected(words, vocabulary.words(), language)
