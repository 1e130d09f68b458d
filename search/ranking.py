"""What makes a hit come first: all numbers in one place. Pure.

Held by the judged queries of `tests/search/relevance/`: whoever changes a number runs those.
"""

import math
from datetime import datetime

# What a word counts for where it stands. The columns of the index, in their order.
FIELDS = {"title": 10.0, "names": 4.0, "summary": 4.0, "body": 1.0, "files": 0.5}
HEAD = ("title", "names", "summary")  # short, and about one thing: what stands in them belongs together
OWN_LANGUAGE = 1.6  # a text in the reader's language; one in another counts once
ARCHIVED = 0.6  # what stands in collections that were taken down, or in a closed conversation
# Hits closer than this factor are as good as each other: the newer one comes first.
AS_GOOD = 1.15

# A database looks at no more than this many entries of each section, however common the words are. Where there are
# more, it takes those that hold them in the title and the newest ones, weighed by these instead of word by word.
MOST_CANDIDATES = 3000
TIERS = {"title": FIELDS["title"], "anywhere": FIELDS["body"]}


def weighed(score: float, own_language: bool, archived: bool) -> float:
    """The score of an engine (above 0, the higher the better), with what the engine does not look at."""
    return score * (OWN_LANGUAGE if own_language else 1.0) * (ARCHIVED if archived else 1.0)


def place(score: float, moment: datetime | str, entry: int) -> tuple:
    """To be sorted by, the best first when reversed."""
    rung = math.floor(math.log(max(score, 1e-9)) / math.log(AS_GOOD))
    return rung, str(moment), entry
