"""In which language a text seems to be written: proposed to its author, never decided. No database."""

import re
from collections.abc import Container
from functools import cache
from typing import Any

FEWEST = 20  # letters: of less, nothing is said
# What is in no language, or in somebody else's: code, addresses, quotations.
_NO_WORDS = re.compile(
    r"^(?:```|~~~).*?^(?:```|~~~)|`[^`\n]*`|\]\([^)\s]*\)|https?://\S+|^[ ]{0,3}>.*?$",
    re.MULTILINE | re.DOTALL,
)


def detected_language(text: str, among: Container[str]) -> str:
    """A code of `among`, or "" where the text is short or mixed, or its language is another."""
    words = _NO_WORDS.sub(" ", text)
    if sum(letter.isalpha() for letter in words[:2000]) < FEWEST or (detector := _detector()) is None:
        return ""
    try:
        reliable, _size, found = detector.detect("".join(filter(str.isprintable, words)))
    except detector.error:
        return ""
    code = found[0][1]
    return code if reliable and code in among else ""


@cache
def _detector() -> Any:
    """Loaded when it is first needed. None on machines for which it is not made: nothing is proposed there."""
    try:
        import pycld2
    except ImportError:
        return None
    return pycld2
