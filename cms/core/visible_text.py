"""Names and titles that people type: on one line, seen by whoever reads them, and turning nothing that stands beside
them. Plain Python."""

import re
import unicodedata

# Not the space that does not break, which French writes before some signs.
_SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
# Keyboards seldom have that one: where French writes it, a usual space becomes it, and no line begins with a colon.
_FRENCH = re.compile(r" (?=[:;!?»](?:\s|$))|(?<=«) ")
# What no page and no mail shows, and Unicode's embeddings, overrides and isolates, which would turn what stands around
# a title. Marks (U+200E, U+200F, U+061C) turn nothing and are needed, as are the joiners.
_NEVER = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Letters and a sign by their kind that nobody sees.
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def storable(text: str) -> str:
    """Without the NUL that PostgreSQL takes in no text."""
    return text.replace("\0", "")


def one_line(text: str) -> str:
    """Without space around it; "" for a text in which nothing can be seen."""
    shown = _NEVER.sub("", _SPACE.sub(" ", text))
    tidy = _FRENCH.sub("\N{NO-BREAK SPACE}", _SPACE.sub(" ", shown).strip())
    return tidy if is_seen(tidy) else ""


def is_seen(text: str) -> bool:
    """Whether there is a letter, a digit or a sign in it."""
    return any(unicodedata.category(each)[0] in "LNPS" and each not in _BLANK for each in text)
