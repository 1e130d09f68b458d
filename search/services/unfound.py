"""Counting what people look for and do not find, without knowing who does.

Words are written down once they were looked for three times: by different people, or on different days. Until then
there is a counter under a keyed digest, in the cache, which forgets.

Left out are queries with e-mail addresses, links, long numbers, quoted phrases or reference codes, those of more than
`MOST_WORDS` words, and those with a word of a member's shown name or user name. Nothing tells the name of anybody else
from other words: it is listed if three people look for it.
"""

import re
from datetime import timedelta

from django.core.cache import caches
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.accounts.models import User
from cms.core.tries import may_try, visitor_digest
from search.analysis import folded, is_stop_word, tidy, tokens
from search.asking import Query
from search.models import Unfound
from search.stop_words import STOP_WORDS

THRESHOLD = 3  # times before anything is written down
MOST_WORDS, LONGEST = 6, 60
NOTED_IN_AN_HOUR = 20  # by one visitor: who asks more is a machine
DAY = 24 * 60 * 60
REMEMBERED = 30 * DAY  # seconds: what is looked for three times in a month is missed
KEPT = timedelta(days=180)
SHORTEST_NAME = 3  # letters; shorter parts of names are initials and particles
PRIVATE = re.compile(r"@|://|www\.|\d[\d .()-]{4,}\d")  # addresses, telephone numbers


def note_unfound(request: HttpRequest, query: Query, language: str) -> None:
    """Count a query whose words were not found, or not together. Of one visitor it counts once a day."""
    words = " ".join(word.text for word in query.words).casefold()
    if query.phrases or query.codes or not is_countable(query, words):
        return
    if not may_try(request, "search.unfound", NOTED_IN_AN_HOUR, 60 * 60):
        return
    # Kept pages stand in this cache: whoever asks for thousands of words pushes out those, not counters of tries.
    cache = caches["pages"]
    name = digest(f"{language} {words}")
    if not cache.add(f"search-unfound:{name}:{visitor_digest(request, 'search.unfound')}", 1, DAY):
        return
    cache.add(f"search-unfound:{name}", 0, REMEMBERED)
    try:
        times = cache.incr(f"search-unfound:{name}")
    except ValueError:  # pushed out between the two steps
        return
    if times >= THRESHOLD and not holds_a_name(words, names_of_members()):
        write_down(words, language)


def is_countable(query: Query, words: str) -> bool:
    return 0 < len(query.words) <= MOST_WORDS and len(words) <= LONGEST and not PRIVATE.search(query.text)


def names_of_members() -> frozenset[str]:
    """The words of all shown names and user names, folded: each, and all of one name written as one. One query."""
    found: set[str] = set()
    rows = User.objects.order_by().values_list("display_name", "username")
    for name in (name for row in rows.iterator() for name in row if name):
        parts = [token.folded for token in tokens(tidy(name))]
        found.update(parts)
        found.add("".join(parts))
    return frozenset(word for word in found if is_telling(word))


def is_telling(word: str) -> bool:
    """Whether a part of a name tells who is meant: the "de" of many names does not."""
    return len(word) >= SHORTEST_NAME and not any(is_stop_word(word, each) for each in STOP_WORDS)


def holds_a_name(words: str, names: frozenset[str]) -> bool:
    return any(folded(word) in names for word in words.split())


def digest(text: str) -> str:
    return salted_hmac("search.unfound", text, algorithm="sha256").hexdigest()[:32]


def write_down(words: str, language: str) -> None:
    today = timezone.now().date()
    known = Unfound.objects.filter(words=words, language=language)
    if not known.update(times=F("times") + 1, last_day=today):
        Unfound.objects.bulk_create(
            [Unfound(words=words, language=language, times=THRESHOLD, last_day=today)], ignore_conflicts=True
        )


def forget_unfound() -> None:
    """What nobody looked for lately, and what has become a member's name since."""
    Unfound.objects.filter(last_day__lt=timezone.now().date() - KEPT).delete()
    names = names_of_members()
    rows = Unfound.objects.order_by().values_list("pk", "words")
    Unfound.objects.filter(pk__in=[pk for pk, words in rows if holds_a_name(words, names)]).delete()
