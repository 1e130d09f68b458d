"""Brackets and quotation marks that are opened and not closed, or the other way round."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .findings import Note
from .pair import Pair

_BRACKETS = dict(zip(")]}）】」』》〉", "([{（【「『《〈", strict=True))
# "a)", "12)" at the beginning of what is listed; faces.
_LISTED = re.compile(r"(?:^|(?<=[\s;,.(]))\w{1,3}\)|[:;]-?[)(]")
_INCHES = re.compile(r"(?<=\d)[\"”″]")


def brackets_unbalanced(pair: Pair) -> Iterator[Note]:
    stray = stray_bracket(pair.target_prose)
    if stray and not stray_bracket(pair.source_prose):
        yield Note(_("A bracket has no counterpart: %(bracket)s") % {"bracket": stray}, stray)


def stray_bracket(text: str) -> str:
    """The first bracket without its other half, or ""."""
    return _stray(text) and _stray(_LISTED.sub("", text))


def _stray(text: str) -> str:
    opened: list[str] = []
    for bracket in re.findall(r"[()\[\]{}（）【】「」『』《》〈〉]", text):
        if bracket not in _BRACKETS:
            opened.append(bracket)
        elif not opened or opened.pop() != _BRACKETS[bracket]:
            return bracket
    return opened[0] if opened else ""


def quotes_unbalanced(pair: Pair) -> Iterator[Note]:
    stray = stray_quote(pair.target_prose)
    if stray and not stray_quote(pair.source_prose):
        yield Note(_("A quotation mark has no counterpart: %(mark)s") % {"mark": stray}, stray)


def stray_quote(text: str) -> str:
    """Which kind of quotation mark stands there an odd number of times, or "". Apostrophes cannot be told."""
    text = _INCHES.sub("", text) if text.count('"') % 2 or len(re.findall("[“”„‟]", text)) % 2 else text
    for opening, closing in ("«»", "‹›"):
        if text.count(opening) != text.count(closing):
            return opening if text.count(opening) > text.count(closing) else closing
    # Languages differ in which of these opens and which closes.
    curly = re.findall("[“”„‟]", text)
    if len(curly) % 2:
        return curly[-1]
    return '"' if text.count('"') % 2 else ""
