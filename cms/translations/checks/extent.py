"""How long a translation is."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .findings import Note
from .pair import Pair

# A character of these says as much as so many letters.
_DENSE = (
    (re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"), 3),
    (re.compile("[\u3040-\u30ff\uac00-\ud7af]"), 2),
)
SHORT, LONG = 40, 120  # letters
BOUNDS_OF_SHORT = (0.35, 3.0)
BOUNDS = (0.45, 2.2)


def too_long(pair: Pair) -> Iterator[Note]:
    length = len(pair.target_plain.strip())
    if pair.longest is not None and length > pair.longest:
        yield Note(
            _("This field holds %(longest)s characters; the translation has %(length)s. Please shorten it.")
            % {"longest": pair.longest, "length": length},
            str(pair.longest),
        )


def strange_length(pair: Pair) -> Iterator[Note]:
    source, target = weight(pair.source_plain), weight(pair.target_plain)
    if max(source, target) < SHORT:
        return
    low, high = BOUNDS if source >= LONG else BOUNDS_OF_SHORT
    # A few words cannot grow out of all measure by themselves.
    source = max(source, 12)
    if target < low * source:
        yield Note(_("The translation is much shorter than the source. Is something left out?"), "short")
    elif target > high * source:
        yield Note(_("The translation is much longer than the source. Is there something too much?"), "long")


def weight(text: str) -> int:
    """The length in letters of an alphabet."""
    text = " ".join(text.split())
    return len(text) + sum((each - 1) * len(dense.findall(text)) for dense, each in _DENSE)
